# Where Windows' registry says that Defender's program is, and the newest folder of its platform.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  $place = [string](Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows Defender' -ErrorAction Stop | Select-Object -Property 'InstallLocation').InstallLocation
  $platforms = Join-Path -Path $env:ProgramData -ChildPath 'Microsoft\Windows Defender\Platform' -ErrorAction Stop
  $names = @()
  if (Test-Path -LiteralPath $platforms) {
    $names = @(Get-ChildItem -LiteralPath $platforms -ErrorAction Stop | ForEach-Object { [string]$_.Name })
  }
  $there = $false
  if ($place.Length -gt 0) {
    $there = Test-Path -LiteralPath (Join-Path -Path $place -ChildPath 'MpCmdRun.exe' -ErrorAction Stop)
  }
  @{ place = $place; there = $there; platforms = $names }
}
