# Says what host this is. Its output is made UTF-8 where the language mode allows: answers are ASCII anyway, but what
# Windows writes beside them is not.
param($Json)
Invoke-Request $Json {
  param($Data)
  $mode = [string]$ExecutionContext.SessionState.LanguageMode
  if ($mode -eq 'FullLanguage') {
    [Console]::OutputEncoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false -ErrorAction Stop
  }
  @{ languageMode = $mode; version = [string]$PSVersionTable.PSVersion }
}
