# From which module each command comes, where only Windows' own folder is looked into.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  $before = $env:PSModulePath
  $env:PSModulePath = "$PSHOME\Modules"
  try {
    $found = @(foreach ($name in @($Data.names)) {
      @{ name = $name; source = [string](Get-Command -Name $name -ErrorAction Stop).Source }
    })
  } finally { $env:PSModulePath = $before }
  @{ found = $found }
}
