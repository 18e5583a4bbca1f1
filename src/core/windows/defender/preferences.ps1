# The lists of exclusions as Defender shows them to this account, and what the organisation's policies list. Reads only.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  # A key that is not there is an answer: nothing is listed.
  function New-FailedPart {
    param($Record)
    if ([string]$Record.CategoryInfo.Category -eq 'ObjectNotFound') { return @{ ok = $true; value = $null } }
    @{ ok = $false; error = (ConvertTo-ErrorData $Record) }
  }
  # The names of a key's values are the entries.
  function Read-Name {
    param([string]$Key)
    $own = 'PSPath', 'PSParentPath', 'PSChildName', 'PSDrive', 'PSProvider', '(default)'
    try {
      $item = Get-ItemProperty -LiteralPath $Key -ErrorAction Stop
      if ($null -eq $item) { return @{ ok = $true; value = $null } }
      $names = @(foreach ($property in $item.PSObject.Properties) {
        if ($own -cnotcontains $property.Name) { [string]$property.Name }
      })
      @{ ok = $true; value = $names }
    } catch { New-FailedPart $_ }
  }
  $fields = 'ExclusionPath', 'ExclusionProcess', 'ExclusionExtension', 'ExclusionIpAddress', 'DisableRealtimeMonitoring'
  try {
    $preferences = @{ ok = $true; value = (Get-MpPreference -ErrorAction Stop | Select-Object -Property $fields -First 1) }
  } catch { $preferences = @{ ok = $false; error = (ConvertTo-ErrorData $_) } }
  $policies = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows Defender'
  try {
    $policyManager = @{ ok = $true; value = (Get-ItemProperty -LiteralPath "$policies\Policy Manager" -ErrorAction Stop | Select-Object -Property 'ExcludedPaths', 'ExcludedProcesses', 'ExcludedExtensions') }
  } catch { $policyManager = New-FailedPart $_ }
  try {
    $policy = @{ ok = $true; value = (Get-ItemProperty -LiteralPath $policies -ErrorAction Stop | Select-Object -Property 'HideExclusionsFromLocalAdmins') }
  } catch { $policy = New-FailedPart $_ }
  @{
    preferences = $preferences
    policy = $policy
    paths = Read-Name "$policies\Exclusions\Paths"
    processes = Read-Name "$policies\Exclusions\Processes"
    extensions = Read-Name "$policies\Exclusions\Extensions"
    ipAddresses = Read-Name "$policies\Exclusions\IpAddresses"
    policyManager = $policyManager
  }
}
