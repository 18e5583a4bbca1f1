# Tries, without an administrator's rights, to exclude the selfcheck's own folder. What comes of it is the answer.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  Add-MpPreference -ExclusionPath ([string]$Data.path) -ErrorAction Stop
  @{ refused = $false }
}
