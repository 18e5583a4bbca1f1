# The closed vocabulary, on the elevated side: which plan is one. The whole of it is looked at before its first step, and
# one step that is none makes all of it none. What a value may be is decided later, by the rules.
Set-StrictMode -Version 3.0
$maxSteps = 128
function Test-Name($Value, [string]$Pattern) {
  $Value -is [string] -and $Value -cmatch $Pattern
}
function Test-Shape($Value, [string[]]$Names) {
  if ($Value -isnot [hashtable]) { return $false }
  $have = [System.Collections.Generic.List[string]]::new()
  foreach ($key in $Value.get_Keys()) { $have.Add($key) }
  if ($have.Count -ne $Names.Count) { return $false }
  foreach ($name in $Names) {
    if (-not $have.Contains($name)) { return $false }
  }
  $true
}
function Test-ExclusionShape($Value) {
  if (-not (Test-Shape $Value @('kind', 'value'))) { return $false }
  if (-not (Test-Name $Value.kind '\A(?:path|process|extension|ip)\z')) { return $false }
  $Value.value -is [string] -and $Value.value.Length -ge 1 -and $Value.value.Length -le $maxValueLength
}
function Test-TaskName($Value) {
  Test-Name $Value '\A[A-Za-z0-9][A-Za-z0-9-]{0,79}\z'
}
# Seconds since 1970, up to the year 9999.
function Test-Second($Value) {
  ($Value -is [int] -or $Value -is [long]) -and $Value -ge 0 -and $Value -le 253402300799
}
function Test-Step($Step) {
  if ($Step -isnot [hashtable] -or $Step['kind'] -isnot [string]) { return $false }
  if ($Step.kind.Equals('readPreferences')) { return Test-Shape $Step @('kind') }
  if ($Step.kind.Equals('addExclusion') -or $Step.kind.Equals('removeExclusion')) {
    return (Test-Shape $Step @('kind', 'exclusion')) -and (Test-ExclusionShape $Step.exclusion)
  }
  if ($Step.kind.Equals('removeExpiry')) { return (Test-Shape $Step @('kind', 'task')) -and (Test-TaskName $Step.task) }
  if ($Step.kind.Equals('registerExpiry')) {
    if (-not (Test-Shape $Step @('kind', 'task', 'exclusion', 'at'))) { return $false }
    return (Test-TaskName $Step.task) -and (Test-ExclusionShape $Step.exclusion) -and (Test-Second $Step.at)
  }
  $false
}
# Empty where every step is one.
function Get-PlanRefusal($Plan) {
  if (-not (Test-Shape $Plan @('id', 'steps'))) { return 'a plan that is none' }
  if (-not (Test-Name $Plan.id '\A[A-Za-z0-9-]{1,64}\z')) { return 'a batch without a name' }
  $steps = @($Plan.steps)
  if ($steps.Count -eq 0) { return 'an empty batch' }
  if ($steps.Count -gt $maxSteps) { return 'too many steps' }
  foreach ($step in $steps) {
    if (-not (Test-Step $step)) { return 'a step that is none' }
  }
  ''
}
