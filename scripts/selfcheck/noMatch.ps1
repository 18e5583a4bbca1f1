# Asks Defender's log for an event that it never has.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  $found = @(Get-WinEvent -LogName 'Microsoft-Windows-Windows Defender/Operational' -FilterXPath '*[System[EventID=64999]]' -MaxEvents 1 -ErrorAction Stop)
  @{ found = $found.Count }
}
