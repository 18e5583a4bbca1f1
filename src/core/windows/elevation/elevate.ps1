# Asks Windows to start the elevated helper: the prompt is Windows' own, what is started is the system's PowerShell with a
# command line that nobody can change afterwards. That it was started is all that this says.
# Start-Process keeps of a refusal only its sentence, in Windows' language, so it is compared with what Windows has for
# ERROR_CANCELLED here and now. Constrained Language Mode gives no access to that sentence: there a no is an error.
param($Json)
Invoke-Request $Json {
  param($Data)
  $mode = [string]$ExecutionContext.SessionState.LanguageMode
  $cancelled = $null
  if ($mode -eq 'FullLanguage') {
    $cancelled = (New-Object -TypeName System.ComponentModel.Win32Exception -ArgumentList 1223 -ErrorAction Stop).Message
  }
  try {
    $process = Start-Process -FilePath $Data.powershell -ArgumentList $Data.arguments -Verb RunAs -WindowStyle Hidden -PassThru -ErrorAction Stop
  } catch {
    if ($null -ne $cancelled -and $_.Exception.Message.Contains($cancelled)) { return @{ declined = $true } }
    throw
  }
  $id = $null
  if ($null -ne $process) { $id = [int]$process.Id }
  @{ pid = $id; language = $mode }
}
