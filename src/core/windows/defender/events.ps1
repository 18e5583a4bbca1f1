# Events of the named channels as XML, newest first, at most as many as asked for. Data in, for each channel: name, events
# (pairs of numbers, from and to), after (a record's number) or since (a time), below (a record's number). Reads only.
# Needs FullLanguage for ToXml(): in Constrained Language Mode each channel that has something says so.
param($Json)
Invoke-Request $Json {
  param($Data)
  # Nothing of that kind is an answer.
  function Find-Event {
    param([string]$Channel, [string]$Filter, [int]$Most)
    try {
      Get-WinEvent -LogName $Channel -FilterXPath $Filter -MaxEvents $Most -ErrorAction Stop
    } catch {
      if ([string]$_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw }
    }
  }
  $channels = @(foreach ($asked in @($Data.channels)) {
    $answer = @{ channel = [string]$asked.name; newest = $null; records = @(); error = $null }
    try {
      $conditions = @()
      $after = [long]0
      $newest = [long]1
      if ($null -ne $asked.after) {
        $newest = [long]0
        $last = @(Find-Event $answer.channel '*' 1)
        if ($last.Count -gt 0) { $newest = [long]$last[0].RecordId }
        $answer.newest = $newest
        # A bookmark beyond the newest record: the log was cleared.
        if ([long]$asked.after -le $newest) { $after = [long]$asked.after }
        $conditions += "EventRecordID>$after"
      } elseif ([string]$asked.since -cmatch '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$') {
        $conditions += "TimeCreated[@SystemTime>='$($asked.since)']"
      } else {
        throw 'neither a record nor a time'
      }
      if ($null -ne $asked.below) { $conditions += "EventRecordID<$([long]$asked.below)" }
      $kinds = @(foreach ($pair in @($asked.events)) { "(EventID>=$([int]$pair[0]) and EventID<=$([int]$pair[1]))" })
      $conditions += "($($kinds -join ' or '))"
      if ($newest -gt $after) {
        $filter = "*[System[$($conditions -join ' and ')]]"
        $answer.records = @(Find-Event $answer.channel $filter ([int]$Data.most) | ForEach-Object {
          @{ recordId = [long]$_.RecordId; at = $_.TimeCreated; xml = $_.ToXml() }
        })
      }
    } catch { $answer.error = ConvertTo-ErrorData $_ }
    $answer
  })
  @{ channels = $channels }
}
