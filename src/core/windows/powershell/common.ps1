# What every script of Gangway stands on: data in, one ASCII line out, errors as data. Sent once when a host starts.
# Uses nothing that Constrained Language Mode forbids: no type conversion but to core types, no method but theirs.
# Answers are made of @{} only: 5.1 refuses [pscustomobject] and [ordered] in that mode.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only modules that administrators write: the default begins with a folder of the user's.
$env:PSModulePath = "$PSHOME\Modules;$env:SystemRoot\System32\WindowsPowerShell\v1.0\Modules"
# A text as the inside of a JSON string: ASCII without a quote, whatever it holds. Lone surrogates stay what they are.
function ConvertTo-AsciiText {
  param([string]$Text)
  $plain = $Text.Replace('\', '\\').Replace('"', '\"').Replace('''', '\u0027').Replace("`r", '\r').Replace("`n", '\n')
  # Case-sensitive, since otherwise U+212A passes for a K.
  if ($plain -cnotmatch '[^ -~]') { return $plain }
  $units = foreach ($unit in $plain.ToCharArray()) {
    $code = [int]$unit
    if ($code -lt 32 -or $code -gt 126) { '\u{0:x4}' -f $code } else { $unit }
  }
  return $units -join ''
}
# JSON in ASCII. ConvertTo-Json is not used: 5.1 wraps arrays, writes dates as /Date()/ and cuts what is deep.
# Dates become ISO text in UTC. Throws for what it does not know: project the fields you mean.
function ConvertTo-AsciiJson {
  param($Value, [int]$Depth = 16)
  if ($null -eq $Value) { return 'null' }
  if ($Value -is [string] -or $Value -is [char]) { return '"' + (ConvertTo-AsciiText $Value) + '"' }
  if ($Value -is [bool] -or $Value -is [switch]) {
    if ($Value) { return 'true' }
    return 'false'
  }
  if ($Value -is [enum] -or $Value -is [guid] -or $Value -is [version] -or $Value -is [timespan] -or $Value -is [uri]) {
    return '"' + (ConvertTo-AsciiText ([string]$Value)) + '"'
  }
  if ($Value -is [int] -or $Value -is [byte] -or $Value -is [sbyte] -or $Value -is [int16] -or $Value -is [uint16] -or $Value -is [uint32]) {
    return [string]$Value
  }
  if ($Value -is [long] -or $Value -is [uint64]) {
    # Beyond 2^53 the reader would round.
    if ($Value -gt 9007199254740991 -or $Value -lt -9007199254740991) { return '"' + [string]$Value + '"' }
    return [string]$Value
  }
  if ($Value -is [double] -or $Value -is [float]) {
    $text = $Value.ToString('R', [cultureinfo]::InvariantCulture)
    if ($text -cnotmatch '^-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?$') { throw "a number that JSON has no word for: $text" }
    return $text
  }
  if ($Value -is [decimal]) { return $Value.ToString([cultureinfo]::InvariantCulture) }
  if ($Value -is [datetime]) {
    return '"' + $Value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [cultureinfo]::InvariantCulture) + '"'
  }
  if ($Depth -le 0) { throw 'the answer is nested too deep' }
  if ($Value -is [System.Collections.IDictionary]) {
    $fields = foreach ($key in $Value.Keys) {
      '"' + (ConvertTo-AsciiText ([string]$key)) + '":' + (ConvertTo-AsciiJson $Value[$key] ($Depth - 1))
    }
    return '{' + ($fields -join ',') + '}'
  }
  if ($Value -is [System.Collections.IList]) {
    $items = foreach ($item in $Value) { ConvertTo-AsciiJson $item ($Depth - 1) }
    return '[' + ($items -join ',') + ']'
  }
  if ($Value.PSObject.TypeNames -contains 'System.Management.Automation.PSCustomObject') {
    $fields = foreach ($property in $Value.PSObject.Properties) {
      '"' + (ConvertTo-AsciiText $property.Name) + '":' + (ConvertTo-AsciiJson $property.Value ($Depth - 1))
    }
    return '{' + ($fields -join ',') + '}'
  }
  throw "a value of type $($Value.PSObject.TypeNames[0]) cannot be sent"
}
# The data of a request, as it was before it was made a literal: objects are hashtables, and each text begins with "="
# and holds \uXXXX, so that no JSON reader takes it for a date or mends a lone surrogate.
function ConvertFrom-RequestData {
  param($Value)
  if ($null -eq $Value) { return $null }
  if ($Value -is [string]) { return [regex]::Unescape($Value.Substring(1)) }
  if ($Value -is [array]) {
    $items = @(foreach ($item in $Value) { ConvertFrom-RequestData $item })
    return , $items
  }
  if ($Value.PSObject.TypeNames -contains 'System.Management.Automation.PSCustomObject') {
    $result = @{}
    foreach ($property in $Value.PSObject.Properties) {
      $result[$property.Name] = ConvertFrom-RequestData $property.Value
    }
    return $result
  }
  return $Value
}
# An error record as data. The HRESULT of a CIM error stands in its id and not in its exception.
function ConvertTo-ErrorData {
  param($Record)
  $exception = $Record.Exception
  $native = $null
  $inner = $exception
  while ($null -ne $inner) {
    if ($inner.PSObject.TypeNames -contains 'System.ComponentModel.Win32Exception') { $native = [int]$inner.NativeErrorCode }
    $inner = $inner.InnerException
  }
  $id = [string]$Record.FullyQualifiedErrorId
  $hresult = '0x{0:x8}' -f [int]$exception.HResult
  if ($id -match '^HRESULT (0x[0-9a-f]{8})') { $hresult = $Matches[1].ToLowerInvariant() }
  $message = [string]$exception.Message
  if ($message.Length -gt 4000) { $message = $message.Substring(0, 4000) }
  return @{
    message = $message
    type = $exception.PSObject.TypeNames[0]
    hresult = $hresult
    category = [string]$Record.CategoryInfo.Category
    id = $id
    native = $native
  }
}
# The one line that answers a request.
function Write-Answer {
  param($Id, $Value)
  return 'GANGWAY ' + $Id + ' {"ok":true,"value":' + (ConvertTo-AsciiJson $Value) + '}'
}
function Write-Failure {
  param($Id, $Record)
  return 'GANGWAY ' + $Id + ' {"ok":false,"error":' + (ConvertTo-AsciiJson (ConvertTo-ErrorData $Record)) + '}'
}
# Runs the body with the request's data and answers with the one thing that it puts out (an array: inside of @{}).
function Invoke-Request {
  param($Json, $Body)
  $id = '-'
  try {
    $request = ConvertFrom-Json -InputObject $Json -ErrorAction Stop
    $id = $request.id
    $data = ConvertFrom-RequestData $request.data
    $value = & $Body $data
    if ($value -is [array]) { throw "the script put out $($value.Count) things instead of one" }
    $line = Write-Answer $id $value
  } catch {
    $line = Write-Failure $id $_
  }
  return $line
}
