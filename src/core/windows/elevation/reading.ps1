# What Defender says to an administrator: its lists as they are stored, whose an entry is, and whether it skips a path.
# What cannot be told is null or unknown, never empty. The program that is asked is found through Windows' own registry.
Set-StrictMode -Version 3.0
$parameterOf = @{ path = 'ExclusionPath'; process = 'ExclusionProcess'; extension = 'ExclusionExtension'; ip = 'ExclusionIpAddress' }
$registryOf = @{ path = 'Paths'; process = 'Processes'; extension = 'Extensions'; ip = 'IpAddresses' }
$policyOf = @{ path = 'ExcludedPaths'; process = 'ExcludedProcesses'; extension = 'ExcludedExtensions'; ip = 'ExcludedIpAddresses' }
$kinds = @('path', 'process', 'extension', 'ip')
# Visibility as Defender shows it to an administrator; Entries are spelt as they are stored.
function Get-Listing {
  $entries = [System.Collections.Generic.List[object]]::new()
  try { $found = @(Get-MpPreference -ErrorAction Stop) }
  catch { return @{ Visibility = 'unavailable'; Entries = @() } }
  if ($found.Count -eq 0 -or $null -eq $found[0]) { return @{ Visibility = 'unavailable'; Entries = @() } }
  foreach ($kind in $kinds) {
    $property = $found[0].PSObject.Properties[$parameterOf[$kind]]
    if ($null -eq $property) { continue }
    foreach ($value in @($property.Value)) {
      if ($null -eq $value) { continue }
      if ($value -cmatch '\A[Nn]/[Aa]:') { return @{ Visibility = 'hidden'; Entries = @() } }
      $entries.Add(@{ kind = $kind; value = [string]$value })
    }
  }
  @{ Visibility = 'known'; Entries = $entries.ToArray() }
}
# The stored spellings of a value.
function Get-Stored($Listing, $Exclusion) {
  foreach ($entry in $Listing.Entries) {
    if ($entry.kind.Equals($Exclusion.kind) -and (Test-SameText $entry.value $Exclusion.value)) { $entry.value }
  }
}
# Null where it cannot be told.
function Test-Listed($Exclusion) {
  $listing = Get-Listing
  if (-not $listing.Visibility.Equals('known')) { return $null }
  @(Get-Stored $listing $Exclusion).Count -gt 0
}
function Get-RegistryValue([string]$Key) {
  try { $item = Get-ItemProperty -LiteralPath ('HKLM:\SOFTWARE\' + $Key) -ErrorAction Stop }
  catch {
    if ($_.CategoryInfo.Category -eq 'ObjectNotFound') { return }
    throw
  }
  if ($null -eq $item) { return }
  $item.PSObject.Properties | Where-Object { $_.Name -cnotmatch '\APS(?:Path|ParentPath|ChildName|Drive|Provider)\z' }
}
# What the organisation's policy lists: Group Policy one value each, device management in one text.
function Get-PolicyEntry {
  $key = 'Policies\Microsoft\Windows Defender\'
  foreach ($kind in $kinds) {
    foreach ($value in @(Get-RegistryValue ($key + 'Exclusions\' + $registryOf[$kind]))) { @{ kind = $kind; value = [string]$value.Name } }
  }
  foreach ($value in @(Get-RegistryValue ($key + 'Policy Manager'))) {
    foreach ($kind in $kinds) {
      if (-not $value.Name.Equals($policyOf[$kind])) { continue }
      foreach ($one in ([string]$value.Value).Split([char]'|')) {
        if ($one.Length -gt 0) { @{ kind = $kind; value = $one } }
      }
    }
  }
}
function Read-Preference {
  $listing = Get-Listing
  $other = 'local'
  $policy = @{ Entries = @() }
  try { $policy.Entries = @(Get-PolicyEntry) }
  catch { $other = 'unknown' }
  $exclusions = [System.Collections.Generic.List[object]]::new()
  foreach ($entry in $listing.Entries) {
    $source = $other
    if (@(Get-Stored $policy $entry).Count -gt 0) { $source = 'policy' }
    $exclusions.Add(@{ kind = $entry.kind; value = $entry.value; source = $source })
  }
  @{ kind = 'preferences'; reading = @{ visibility = $listing.Visibility; exclusions = $exclusions.ToArray() } }
}
# From where only Windows writes: a program's place in the environment would be the user's to choose.
function Find-CheckProgram {
  try { $values = @(Get-RegistryValue 'Microsoft\Windows Defender') }
  catch { $values = @() }
  foreach ($value in $values) {
    if (-not $value.Name.Equals('InstallLocation')) { continue }
    $program = [IO.Path]::Combine([string]$value.Value, 'MpCmdRun.exe')
    if ([IO.File]::Exists($program)) { return $program }
  }
  [IO.Path]::Combine([Environment]::GetFolderPath('ProgramFiles'), 'Windows Defender', 'MpCmdRun.exe')
}
# Looked for once.
$checkProgram = @{ Path = '' }
function Get-CheckProgram {
  if ($checkProgram.Path.Length -eq 0) { $checkProgram.Path = Find-CheckProgram }
  $checkProgram.Path
}
# Asks whether Defender skips the path now, and does not wait for the answer: only paths can be asked for.
function Start-Check($Exclusion) {
  if (-not $Exclusion.kind.Equals('path')) { return }
  $split = Split-ExclusionValue $Exclusion.value
  $path = Read-WinPath $split.Path
  if ($path.Why.Length -gt 0) { return }
  # No path holds a quote; a backslash before the closing one would take it for text.
  $text = (Get-WinPathText $path) -creplace '\\\z', '\\'
  $start = [Diagnostics.ProcessStartInfo]::new((Get-CheckProgram), '-CheckExclusion -Path "' + $text + '"')
  $start.UseShellExecute = $false
  $start.CreateNoWindow = $true
  $start.RedirectStandardOutput = $true
  try { [Diagnostics.Process]::Start($start) }
  catch { return }
}
function Receive-Check($Process) {
  if ($null -eq $Process) { return 'unknown' }
  try {
    if (-not $Process.WaitForExit(30000)) { return 'unknown' }
    if ($Process.ExitCode -eq 0) { return 'excluded' }
    if ($Process.ExitCode -eq 1) { return 'notExcluded' }
    'unknown'
  }
  finally { $Process.Dispose() }
}
