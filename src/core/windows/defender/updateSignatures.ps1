# Fetches new security intelligence, and reads its version before and after.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  function Read-Version {
    try {
      @{ ok = $true; value = (Get-MpComputerStatus -ErrorAction Stop | Select-Object -Property 'AntivirusSignatureVersion' -First 1) }
    } catch { @{ ok = $false; error = (ConvertTo-ErrorData $_) } }
  }
  $before = Read-Version
  $null = Update-MpSignature -ErrorAction Stop
  @{ before = $before; after = (Read-Version) }
}
