# Which exclusions may be written, decided again on the elevated side: the same refusals by the same names as
# src/shared/rules/exclusions. There is no override. Of the computer only Windows' own folders are asked, from Windows
# and not from the environment, which the user can change.
Set-StrictMode -Version 3.0
$maxWildcards = 6
$neverExtensions = ('7z bat bin cab cmd com cpl dll exe fla gif gz hta inf jar java job jpeg jpg js ko ko.gz msi ocx png ' +
  'ps1 py rar reg scr sys tar tmp url vbe vbs wsf zip').Split([char]' ')
$neverProcesses = ('AcroRd32.exe addinprocess.exe addinprocess32.exe addinutil.exe bash.exe bginfo.exe bitsadmin.exe ' +
  'cdb.exe cmd.exe cscript.exe csi.exe dbghost.exe dbgsvc.exe dnx.exe dotnet.exe excel.exe fsi.exe fsiAnyCpu.exe ' +
  'iexplore.exe java.exe kd.exe lxssmanager.dll msbuild.exe mshta.exe ntkd.exe ntsd.exe outlook.exe powerpnt.exe ' +
  'powershell.exe psexec.exe rcsi.exe schtasks.exe svchost.exe system.management.automation.dll windbg.exe winword.exe ' +
  'wmic.exe wscript.exe wuauclt.exe bash java python python3 sh zsh').Split([char]' ')
$foldedProcesses = @(foreach ($name in $neverProcesses) { Get-FoldedText $name })
# Variables that mean the same to every account, and those that do not.
$systemVariables = @('SYSTEMDRIVE=C:', 'SYSTEMROOT=C:\Windows', 'WINDIR=C:\Windows', 'PROGRAMFILES=C:\Program Files',
  'PROGRAMFILES(X86)=C:\Program Files (x86)', 'PROGRAMW6432=C:\Program Files',
  'COMMONPROGRAMFILES=C:\Program Files\Common Files', 'COMMONPROGRAMFILES(X86)=C:\Program Files (x86)\Common Files',
  'PROGRAMDATA=C:\ProgramData', 'ALLUSERSPROFILE=C:\ProgramData', 'PUBLIC=C:\Users\Public')
$userVariables = ('TEMP TMP USERPROFILE APPDATA LOCALAPPDATA HOMEDRIVE HOMEPATH HOMESHARE HOME USERNAME ONEDRIVE ' +
  'ONEDRIVECONSUMER ONEDRIVECOMMERCIAL GOPATH GOROOT GOBIN GOCACHE GOTMPDIR GOMODCACHE PATH').Split([char]' ')
# Why, whether what lies below is refused as well, and where. The first that fits is the answer.
$neverPlaces = @('usersFolder|0|{drive}\Users', 'home|0|{drive}\Users\*', 'temp|1|{drive}\Users\*\AppData\Local\Temp',
  'temp|1|{drive}\Users\*\AppData\LocalLow\Temp', 'home|0|{drive}\Users\*\AppData\Roaming',
  'personalFolder|1|{drive}\Users\*\Downloads', 'personalFolder|0|{drive}\Users\*\Desktop',
  'personalFolder|0|{drive}\Users\*\Documents', 'sharedFolder|1|{drive}\Users\Public', 'temp|1|{windows}\Temp',
  'temp|1|{drive}\Temp', 'listedFolder|0|{drive}', 'listedFolder|1|{programs}\Java', 'listedFolder|1|{programs86}\Java',
  'programFolder|0|{programs}\*', 'programFolder|0|{programs86}\*', 'listedFolder|1|{drive}\Temp',
  'listedFolder|0|{drive}\Users', 'listedFolder|1|{drive}\Users\*\AppData\Local\Temp',
  'listedFolder|1|{drive}\Users\*\AppData\LocalLow\Temp', 'listedFolder|1|{windows}\Prefetch',
  'listedFolder|1|{windows}\System32\Spool', 'listedFolder|1|{windows}\System32\CatRoot2', 'listedFolder|1|{windows}\Temp',
  'windowsFolder|1|{windows}', 'sharedFolder|0|{data}')
function Add-Place($List, [string]$Drive, [string]$Windows, [string]$Programs, [string]$Programs86, [string]$Data) {
  foreach ($line in $neverPlaces) {
    $part = $line.Split([char]'|')
    $text = $part[2].Replace('{drive}', $Drive).Replace('{windows}', $Windows).Replace('{programs}', $Programs)
    $path = Read-WinPath ($text.Replace('{programs86}', $Programs86).Replace('{data}', $Data))
    if ($path.Why.Length -eq 0) { $List.Add(@{ Why = $part[0]; Inside = $part[1].Equals('1'); Path = (Get-FoldedPath $path) }) }
  }
}
# Where Windows usually is, and where this one says it is: both are kept.
function Get-NeverPlace {
  $list = [System.Collections.Generic.List[object]]::new()
  Add-Place $list 'C:' 'C:\Windows' 'C:\Program Files' 'C:\Program Files (x86)' 'C:\ProgramData'
  $windows = [Environment]::GetFolderPath('Windows')
  if ($windows -cmatch '\A[A-Za-z]:\\') {
    $programs = [Environment]::GetFolderPath('ProgramFiles')
    $programs86 = [Environment]::GetFolderPath('ProgramFilesX86')
    $data = [Environment]::GetFolderPath('CommonApplicationData')
    Add-Place $list $windows.Substring(0, 2) $windows $programs $programs86 $data
  }
  $list.ToArray()
}
$allNeverPlaces = @(Get-NeverPlace)
function Get-SystemVariable([string]$Name) {
  $start = (Get-FoldedText $Name) + '='
  foreach ($pair in $systemVariables) {
    if ($pair.StartsWith($start, [StringComparison]::Ordinal)) { return $pair.Substring($start.Length) }
  }
}
# Why is empty where Text is expanded.
function Expand-SystemVariable([string]$Text) {
  $expanded = $Text
  $done = 0
  foreach ($match in [regex]::Matches($Text, '%([^%\\/]+)%')) {
    $name = $match.Groups[1].Value
    $value = Get-SystemVariable $name
    if ($null -eq $value) {
      foreach ($variable in $userVariables) {
        if ($variable.Equals((Get-FoldedText $name))) { return @{ Why = 'userVariable'; Text = '' } }
      }
      return @{ Why = 'unknownVariable'; Text = '' }
    }
    $at = $match.Index + $done
    $expanded = $expanded.Substring(0, $at) + $value + $expanded.Substring($at + $match.Length)
    $done += $value.Length - $match.Length
  }
  if ($expanded -cmatch ('\A' + $blankCharacter + '*\$(?:[Ee][Nn][Vv]:)?\{?[A-Za-z0-9_]')) {
    return @{ Why = 'unknownVariable'; Text = '' }
  }
  @{ Why = ''; Text = $expanded }
}
# Why no exclusion may cover this place, or lie in it; empty where nothing is against it.
function Get-PlaceRefusal($Path) {
  $names = [System.Collections.Generic.List[string]]::new([string[]]$Path.Names)
  while ($names.Count -gt 0 -and $names[$names.Count - 1] -cmatch '\A[*?.]+\z') { $names.RemoveAt($names.Count - 1) }
  $bare = @{ Root = $Path.Root; Names = $names.ToArray() }
  if ($Path.Root -cmatch '\A[A-Z]:\z') {
    if ($names.Count -eq 0) { return 'driveRoot' }
    if ($names.Count -eq 1 -and (Test-Wildcard $names[0])) { return 'driveRoot' }
  }
  else {
    $server, $share = $Path.Root.Substring(2).Split([char]'\')
    if ($share.EndsWith('$', [StringComparison]::Ordinal)) { return 'thisComputer' }
    $here = '\A(?:[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]|127\.[0-9.]+|::1|0--1\.[Ii][Pp][Vv]6-[Ll][Ii][Tt][Ee][Rr][Aa][Ll]\.[Nn][Ee][Tt])\z'
    if ($server -cmatch $here) { return 'thisComputer' }
    if ($names.Count -eq 0) { return 'wholeShare' }
  }
  $bare = Get-FoldedPath $bare
  foreach ($place in $allNeverPlaces) {
    if (Test-Cover $bare $place.Path) { return $place.Why }
    if ($place.Inside -and (Test-Cover $place.Path $bare)) { return $place.Why }
  }
  ''
}
function New-Verdict([string]$Why, [string]$Normal) {
  @{ Why = $Why; Normal = $Normal }
}
function Test-PathValue([string]$Text) {
  $expansion = Expand-SystemVariable $Text
  if ($expansion.Why.Length -gt 0) { return New-Verdict $expansion.Why '' }
  $path = Read-WinPath $expansion.Text
  if ($path.Why.Length -gt 0) { return New-Verdict $path.Why '' }
  foreach ($name in $path.Names) {
    if (Test-ShortName $name) { return New-Verdict 'shortName' '' }
  }
  $why = Get-PlaceRefusal $path
  if ($why.Length -gt 0) { return New-Verdict $why '' }
  $last = ''
  if ($path.Names.Count -gt 0) { $last = $path.Names[$path.Names.Count - 1] }
  $says = $last -cmatch '\A[^*?]' -and (Test-Wildcard $last)
  $folded = Get-FoldedText $last
  foreach ($name in $foldedProcesses) {
    if ($name.Equals($folded) -or ($says -and (Test-NameMatch $last $name))) {
      return New-Verdict 'listedProcess' ''
    }
  }
  New-Verdict '' (Get-WinPathText $path)
}
function Test-ProcessValue([string]$Value) {
  if ($Value -cnotmatch '[\\/]') {
    foreach ($name in $neverProcesses) {
      if (Test-NameMatch (Get-TrimmedText $Value) $name) { return New-Verdict 'listedProcess' '' }
    }
    return New-Verdict 'bareProcess' ''
  }
  $verdict = Test-PathValue $Value
  if ($verdict.Why.Length -gt 0) { return $verdict }
  if (Test-Wildcard $verdict.Normal.Substring($verdict.Normal.LastIndexOf([char]'\') + 1)) {
    return New-Verdict 'processWildcard' ''
  }
  $verdict
}
function Get-ExtensionRefusal([string]$Value) {
  $bare = Get-FoldedText (((Get-TrimmedText $Value) -creplace '\A(?:\*?\.)+', '') -creplace '[. ]+\z', '')
  foreach ($listed in $neverExtensions) {
    $extension = Get-FoldedText $listed
    if ($bare.Equals($extension) -or $bare.EndsWith('.' + $extension, [StringComparison]::Ordinal)) { return 'listedExtension' }
    if (Test-NameMatch $bare $extension) { return 'listedExtension' }
  }
  'anyExtension'
}
# Kind is plain, contextual or malformed; Head holds the context's other words as they are written.
function Split-ExclusionValue([string]$Value) {
  $malformed = @{ Kind = 'malformed'; Path = ''; Head = @(); Processes = @() }
  $at = $Value.IndexOf('\:{', [StringComparison]::Ordinal)
  if ($at -lt 0) {
    if ($Value.IndexOf(':{', [StringComparison]::Ordinal) -ge 0) { return $malformed }
    return @{ Kind = 'plain'; Path = $Value; Head = @(); Processes = @() }
  }
  if ($at -eq 0 -or -not $Value.EndsWith('}', [StringComparison]::Ordinal)) { return $malformed }
  $rest = $Value.Substring($at + 3, $Value.Length - $at - 4)
  if ($rest.Length -eq 0 -or $rest.EndsWith(',', [StringComparison]::Ordinal)) { return $malformed }
  $pathType = ''
  $scanType = ''
  $scanTrigger = ''
  $processes = [System.Collections.Generic.List[string]]::new()
  while ($rest.Length -gt 0) {
    if ($rest -cmatch '\A(PathType:(?:file|folder))(?:,|\z)') { $pathType = $Matches[1] }
    elseif ($rest -cmatch '\A(ScanType:(?:quick|full))(?:,|\z)') { $scanType = $Matches[1] }
    elseif ($rest -cmatch '\A(ScanTrigger:(?:OnDemand|OnAccess|BM))(?:,|\z)') { $scanTrigger = $Matches[1] }
    elseif ($rest -cmatch '\AProcess:"([^"]+)"(?:,|\z)') { $processes.Add($Matches[1]) }
    else { return $malformed }
    $rest = $rest.Substring($Matches[0].Length)
  }
  $path = $Value.Substring(0, $at)
  if ($path -cmatch '\A[A-Za-z]:\z') { $path = $path + '\' }
  $head = @(@($pathType, $scanType, $scanTrigger) | Where-Object { $_.Length -gt 0 })
  @{ Kind = 'contextual'; Path = $path; Head = $head; Processes = $processes.ToArray() }
}
# Why is empty where the value may be written; Normal is then its only spelling.
function Test-Exclusion([string]$Kind, [string]$Value) {
  if ($Value.Length -gt $maxValueLength) { return New-Verdict 'tooLong' '' }
  if ($Kind.Equals('extension')) { return New-Verdict (Get-ExtensionRefusal $Value) '' }
  if ($Kind.Equals('process')) { return Test-ProcessValue $Value }
  if (-not $Kind.Equals('path')) { return New-Verdict 'ip' '' }
  $split = Split-ExclusionValue $Value
  if ($split.Kind.Equals('malformed')) { return New-Verdict 'malformed' '' }
  if ([regex]::Matches($Value, '[*?]').Count -gt $maxWildcards) { return New-Verdict 'tooManyWildcards' '' }
  $verdict = Test-PathValue $split.Path
  if ($verdict.Why.Length -gt 0 -or $split.Kind.Equals('plain')) { return $verdict }
  $words = [System.Collections.Generic.List[string]]::new([string[]]$split.Head)
  foreach ($process in $split.Processes) {
    if ($process -cnotmatch '[\\/]') { return New-Verdict 'bareProcess' '' }
    $one = Test-PathValue $process
    if ($one.Why.Length -gt 0) { return $one }
    $words.Add('Process:"' + $one.Normal + '"')
  }
  New-Verdict '' (($verdict.Normal -creplace '\\+\z', '') + '\:{' + [string]::Join(',', $words.ToArray()) + '}')
}
