# What the scheduled task runs as SYSTEM when an exclusion ends: removes exactly that entry, and once it is gone the task
# itself. While Defender does not let it go, the task stays and tries again.
param($Json)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$env:PSModulePath = "$PSHOME\Modules"
$end = $Json | ConvertFrom-Json -ErrorAction Stop
$name = [string]$end.parameter
$entry = @{ $name = [string]$end.value }
Remove-MpPreference @entry -ErrorAction Stop
$preference = Get-MpPreference -ErrorAction Stop
foreach ($value in @($preference.$name)) {
  if ([string]::Equals([string]$value, [string]$end.value)) { exit 1 }
}
Unregister-ScheduledTask -TaskPath '\Gangway\' -TaskName ([string]$end.task) -Confirm:$false -ErrorAction Stop
