# Asks an object for a property that it has not.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  $item = ConvertFrom-Json -InputObject '{"there":1}' -ErrorAction Stop
  @{ value = $item.missing }
}
