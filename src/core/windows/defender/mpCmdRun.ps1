# Runs Defender's own program for one of three purposes. Data in: operation (check, scan, restore) and a full path, which
# is handed over as one argument of an array and never as text. A scan repairs and removes nothing.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  $path = [string]$Data.path
  $arguments = switch -CaseSensitive ([string]$Data.operation) {
    'check' { '-CheckExclusion', '-Path', $path }
    'scan' { '-Scan', '-ScanType', '3', '-File', $path, '-DisableRemediation' }
    'restore' { '-Restore', '-FilePath', $path }
    default { throw 'no such operation' }
  }
  # The newest platform, by the order of versions: 4.18.9 is older than 4.18.10, and -0 may follow.
  $platforms = Join-Path -Path $env:ProgramData -ChildPath 'Microsoft\Windows Defender\Platform' -ErrorAction Stop
  $program = Join-Path -Path $env:ProgramFiles -ChildPath 'Windows Defender\MpCmdRun.exe' -ErrorAction Stop
  $newest = [version]'0.0'
  $edition = -1
  if (Test-Path -LiteralPath $platforms) {
    foreach ($folder in @(Get-ChildItem -LiteralPath $platforms -ErrorAction Stop)) {
      $name = [string]$folder.Name
      if ($name -cnotmatch '^([0-9]{1,9}(\.[0-9]{1,9}){1,3})(-[0-9]{1,9})?$') { continue }
      $parts = $name -split '-'
      $version = [version]$parts[0]
      $number = 0
      if ($parts.Count -gt 1) { $number = [int]$parts[1] }
      if ($version -lt $newest -or ($version -eq $newest -and $number -le $edition)) { continue }
      $candidate = Join-Path -Path $platforms -ChildPath "$name\MpCmdRun.exe" -ErrorAction Stop
      if (-not (Test-Path -LiteralPath $candidate)) { continue }
      $program = $candidate
      $newest = $version
      $edition = $number
    }
  }
  if (-not (Test-Path -LiteralPath $program)) {
    return @{ found = $false; exitCode = $null; output = @() }
  }
  # It reads no input, which would be the session's own.
  $output = @(& $program $arguments | ForEach-Object { [string]$_ })
  @{ found = $true; exitCode = $LASTEXITCODE; output = $output }
}
