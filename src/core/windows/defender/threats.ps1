# Defender's history of detections, and the names of the threats. Reads only.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  $fields = 'DetectionID', 'ThreatID', 'ProcessName', 'DomainUser', 'Resources', 'InitialDetectionTime', 'LastThreatStatusChangeTime', 'RemediationTime', 'ThreatStatusID', 'ThreatStatusErrorCode', 'CleaningActionID', 'ActionSuccess'
  @{
    detections = @(Get-MpThreatDetection -ErrorAction Stop | Select-Object -Property $fields)
    threats = @(Get-MpThreat -ErrorAction Stop | Select-Object -Property 'ThreatID', 'ThreatName')
  }
}
