# What Windows says of Defender, each source for itself: one that fails hides no other. Reads only.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  function New-FailedPart {
    param($Record)
    @{ ok = $false; error = (ConvertTo-ErrorData $Record) }
  }
  # A key that is not there is an answer: nothing is set.
  function Read-Key {
    param([string]$Key, [string[]]$Names)
    try {
      @{ ok = $true; value = (Get-ItemProperty -LiteralPath $Key -ErrorAction Stop | Select-Object -Property $Names) }
    } catch {
      if ([string]$_.CategoryInfo.Category -eq 'ObjectNotFound') { return @{ ok = $true; value = $null } }
      New-FailedPart $_
    }
  }
  $computerFields = 'AMRunningMode', 'AMServiceEnabled', 'AMProductVersion', 'AMEngineVersion', 'AntivirusEnabled', 'RealTimeProtectionEnabled', 'IsTamperProtected', 'SmartAppControlState'
  try {
    $computer = @{ ok = $true; value = (Get-MpComputerStatus -ErrorAction Stop | Select-Object -Property $computerFields -First 1) }
  } catch { $computer = New-FailedPart $_ }
  try {
    $service = @{ ok = $true; value = @{ Status = [string](Get-Service -Name 'WinDefend' -ErrorAction Stop).Status } }
  } catch { $service = New-FailedPart $_ }
  try {
    $antivirus = @{ ok = $true; value = @(Get-CimInstance -Namespace 'root/SecurityCenter2' -ClassName 'AntiVirusProduct' -ErrorAction Stop | Select-Object -Property 'displayName', 'productState') }
  } catch { $antivirus = New-FailedPart $_ }
  try {
    $preferences = @{ ok = $true; value = (Get-MpPreference -ErrorAction Stop | Select-Object -Property 'PerformanceModeStatus' -First 1) }
  } catch { $preferences = New-FailedPart $_ }
  $policies = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows Defender'
  $switches = 'DisableLocalAdminMerge', 'HideExclusionsFromLocalAdmins', 'HideExclusionsFromLocalUsers'
  @{
    computer = $computer
    service = $service
    antivirus = $antivirus
    preferences = $preferences
    policy = Read-Key $policies $switches
    policyManager = Read-Key "$policies\Policy Manager" $switches
    product = Read-Key 'HKLM:\SOFTWARE\Microsoft\Windows Defender' 'ManagedDefenderProductType'
    features = Read-Key 'HKLM:\SOFTWARE\Microsoft\Windows Defender\Features' 'TPExclusions'
    codeIntegrity = Read-Key 'HKLM:\SYSTEM\CurrentControlSet\Control\CI\Policy' 'VerifiedAndReputablePolicyState'
  }
}
