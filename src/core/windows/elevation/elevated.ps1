# The elevated side: carries out a plan of the closed vocabulary, each value judged by the rules again and each write read
# back. What was seen goes over the pipe as JSON lines; the last one is the record, and the only proof. Needs FullLanguage.
# Of the user who asked it reads nothing: neither his environment nor his part of the registry.
Set-StrictMode -Version 3.0
$taskPath = '\Gangway\'
# Checks that run at the same time.
$maxPending = 4
$defenderLog = 'Microsoft-Windows-Windows Defender/Operational'
function Get-Brief([string]$Text) {
  if ($Text.Length -gt 512) { return $Text.Substring(0, 512) }
  $Text
}
function Get-ErrorText($Record) {
  $data = ConvertTo-ErrorData $Record
  Get-Brief ($data.hresult + ': ' + $data.message)
}
# --- Writing
# The check takes as long as all the rest: it goes on while the next step is done.
function New-ExclusionRecord($Exclusion, $Before, $ErrorText) {
  $after = Test-Listed $Exclusion
  $record = @{ kind = 'exclusion'; before = $Before; after = $after; check = 'unknown'; error = $ErrorText; event = 'unknown' }
  $pending.Add(@{ Exclusion = $Exclusion; Record = $record; Process = (Start-Check $Exclusion) })
  $record
}
# Waits for the checks that were begun, but for so many.
function Complete-Check([int]$Left) {
  while ($pending.Count -gt $Left) {
    $pending[0].Record.check = Receive-Check $pending[0].Process
    $pending.RemoveAt(0)
  }
}
# A step waits for the checks of what it is about to change.
function Wait-Check($Exclusion) {
  foreach ($one in $pending) {
    if (Test-SameText $one.Exclusion.value $Exclusion.value) { return Complete-Check 0 }
  }
  Complete-Check $maxPending
}
function Add-Exclusion($Exclusion, $Added) {
  Wait-Check $Exclusion
  $before = Test-Listed $Exclusion
  $checkBefore = 'unknown'
  if ($null -eq $before) { $checkBefore = Receive-Check (Start-Check $Exclusion) }
  $verdict = Test-Exclusion $Exclusion.kind $Exclusion.value
  if ($verdict.Why.Length -gt 0) { return New-ExclusionRecord $Exclusion $before ('refused: ' + $verdict.Why) }
  if (-not $verdict.Normal.Equals($Exclusion.value)) {
    return New-ExclusionRecord $Exclusion $before 'refused: not in the normal form'
  }
  $entry = @{ $parameterOf[$Exclusion.kind] = $verdict.Normal }
  $problem = $null
  try { Add-MpPreference @entry -ErrorAction Stop }
  catch { $problem = Get-ErrorText $_ }
  $record = New-ExclusionRecord $Exclusion $before $problem
  $ours = $before -eq $false -and $record.after -eq $true
  if ($null -eq $before) {
    # Where the list is shut even here, the effect alone can tell.
    Complete-Check 0
    $ours = $checkBefore.Equals('notExcluded') -and $record.check.Equals('excluded')
  }
  if ($ours) { $Added.Add($Exclusion) }
  $record
}
function Remove-Exclusion($Exclusion) {
  Wait-Check $Exclusion
  $listing = Get-Listing
  $before = $null
  $spellings = @($Exclusion.value)
  if ($listing.Visibility.Equals('known')) {
    $spellings = @(Get-Stored $listing $Exclusion)
    $before = $spellings.Count -gt 0
  }
  $problem = $null
  foreach ($spelling in $spellings) {
    $entry = @{ $parameterOf[$Exclusion.kind] = $spelling }
    try { Remove-MpPreference @entry -ErrorAction Stop }
    catch { $problem = Get-ErrorText $_ }
  }
  New-ExclusionRecord $Exclusion $before $problem
}
# --- The end of an exclusion
# Empty or the task; null where it cannot be told.
function Get-Task([string]$Name) {
  try { return , @(Get-ScheduledTask -TaskPath $taskPath -TaskName $Name -ErrorAction Stop) }
  catch {
    if ($_.CategoryInfo.Category -eq 'ObjectNotFound') { return , @() }
    return $null
  }
}
function New-TaskRecord([string]$Name, $ErrorText) {
  $found = Get-Task $Name
  $present = $null
  if ($null -ne $found) { $present = $found.Count -gt 0 }
  @{ kind = 'task'; present = $present; error = $ErrorText }
}
function Remove-Expiry([string]$Name) {
  $problem = $null
  $found = Get-Task $Name
  if ($null -eq $found -or $found.Count -gt 0) {
    try { Unregister-ScheduledTask -TaskPath $taskPath -TaskName $Name -Confirm:$false -ErrorAction Stop }
    catch { $problem = Get-ErrorText $_ }
  }
  New-TaskRecord $Name $problem
}
function Add-Expiry($Step, $Added) {
  $ours = @{ Entries = $Added.ToArray() }
  $stored = @(Get-Stored $ours $Step.exclusion)
  if ($stored.Count -eq 0) { return @{ kind = 'task'; present = $false; error = 'not added by this batch' } }
  # A task of that name may be someone's who keeps rights on it: it is removed, never overwritten.
  $old = Remove-Expiry $Step.task
  if ($old.present -ne $false) { return @{ kind = 'task'; present = $null; error = 'the old task stays' } }
  $json = ConvertTo-AsciiJson @{ parameter = $parameterOf[$Step.exclusion.kind]; value = $stored[0]; task = $Step.task }
  $json = $json.Replace('''', '\u0027')
  $text = '& {' + $expiryScript.ToString() + '} ''' + $json + ''''
  $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
  $argument = '-NoLogo -NoProfile -NonInteractive -WindowStyle Hidden -EncodedCommand ' + $encoded
  # CreateProcess takes 32,767 characters.
  if ($argument.Length -gt 32000) { return @{ kind = 'task'; present = $false; error = 'too long for a task' } }
  $end = [DateTimeOffset]::FromUnixTimeSeconds($Step.at)
  $boundary = $end.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
  $problem = $null
  try {
    $action = New-ScheduledTaskAction -Execute ([IO.Path]::Combine($PSHOME, 'powershell.exe')) -Argument $argument -ErrorAction Stop
    $trigger = New-ScheduledTaskTrigger -Once -At $end.LocalDateTime -RepetitionInterval ([TimeSpan]::FromHours(1)) -ErrorAction Stop
    $trigger.StartBoundary = $boundary
    $principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest -ErrorAction Stop
    $settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit ([TimeSpan]::FromMinutes(10)) -ErrorAction Stop
    Register-ScheduledTask -TaskPath $taskPath -TaskName $Step.task -Action $action -Trigger $trigger -Principal $principal -Settings $settings -ErrorAction Stop | Out-Null
  }
  catch { $problem = Get-ErrorText $_ }
  $record = New-TaskRecord $Step.task $problem
  if ($record.present -eq $true) {
    $task = (Get-Task $Step.task)[0]
    $same = @($task.Actions).Count -eq 1 -and $argument.Equals([string]@($task.Actions)[0].Arguments)
    if (-not $same) { return @{ kind = 'task'; present = $null; error = 'another task than the one that was registered' } }
  }
  $record
}
# --- Evidence
# Defender logs each change of its settings (5007) with the entry. Its absence says nothing: the log may come later.
function Add-Evidence($Writes, [DateTime]$Since) {
  if ($Writes.Count -eq 0) { return }
  try { $events = @(Get-WinEvent -FilterHashtable @{ LogName = $defenderLog; Id = 5007; StartTime = $Since } -MaxEvents 256 -ErrorAction Stop) }
  catch {
    if ($_.CategoryInfo.Category -ne 'ObjectNotFound') { return }
    $events = @()
  }
  $texts = @($events | ForEach-Object { [string]([xml]$_.ToXml()).DocumentElement.InnerText })
  foreach ($write in $Writes) {
    $entry = Get-FoldedText ('\Exclusions\' + $registryOf[$write.Exclusion.kind] + '\' + $write.Exclusion.value + ' = ')
    $write.Record.event = 'missing'
    foreach ($text in $texts) {
      if ((Get-FoldedText $text).IndexOf($entry, [StringComparison]::Ordinal) -ge 0) { $write.Record.event = 'seen' }
    }
  }
}
# --- The batch
function Invoke-Step($Step, $Added) {
  switch -CaseSensitive -Exact ($Step.kind) {
    'addExclusion' { return Add-Exclusion $Step.exclusion $Added }
    'removeExclusion' { return Remove-Exclusion $Step.exclusion }
    'readPreferences' { return Read-Preference }
    'registerExpiry' { return Add-Expiry $Step $Added }
    'removeExpiry' { return Remove-Expiry $Step.task }
  }
}
# The one who waits may be gone: what was begun is done all the same, ends included.
function Send-Line($Line) {
  $bytes = [Text.Encoding]::ASCII.GetBytes((ConvertTo-AsciiJson $Line) + "`n")
  try { $Pipe.Write($bytes, 0, $bytes.Length) }
  catch [IO.IOException] { return }
}
function Invoke-Batch([string]$Json) {
  $plan = ConvertFrom-RequestData (ConvertFrom-Json -InputObject $Json -ErrorAction Stop).data
  $why = Get-PlanRefusal $plan
  $id = ''
  if ($why.Length -eq 0) { $id = $plan.id }
  if ($why.Length -gt 0) {
    Send-Line @{ nonce = $Nonce; payload = $Payload; batch = $id; refused = $why }
    return
  }
  $since = [DateTime]::Now.AddSeconds(-1)
  $added = [System.Collections.Generic.List[object]]::new()
  $pending = [System.Collections.Generic.List[object]]::new()
  $writes = [System.Collections.Generic.List[object]]::new()
  $records = [System.Collections.Generic.List[object]]::new()
  foreach ($step in @($plan.steps)) {
    $record = Invoke-Step $step $added
    $records.Add($record)
    if ($record.kind.Equals('exclusion')) { $writes.Add(@{ Exclusion = $step.exclusion; Record = $record }) }
    Send-Line @{ nonce = $Nonce; payload = $Payload; batch = $id; step = $records.Count }
  }
  Complete-Check 0
  Add-Evidence $writes $since
  Send-Line @{ nonce = $Nonce; payload = $Payload; batch = $id; records = $records.ToArray() }
}
