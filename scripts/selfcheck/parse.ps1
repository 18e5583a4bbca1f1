# What this PowerShell's own parser says of each text. Runs none of them. Needs FullLanguage.
param($Json)
Invoke-Request $Json {
  param($Data)
  $found = @(foreach ($one in @($Data.texts)) {
    $tokens = $null
    $problems = $null
    $null = [System.Management.Automation.Language.Parser]::ParseInput([string]$one, [ref]$tokens, [ref]$problems)
    @{ problems = @($problems | ForEach-Object { [string]$_.Extent.StartLineNumber + ': ' + [string]$_.ErrorId }) }
  })
  @{ found = $found }
}
