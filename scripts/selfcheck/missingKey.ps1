# Asks the registry for a key that is not there.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  @{ value = [string](Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Gangway-is-not-there' -ErrorAction Stop) }
}
