# Gives back what it was given.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  @{ values = @($Data.values) }
}
