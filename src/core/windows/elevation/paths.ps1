# Windows paths as text, on the elevated side: the same normal form and the same comparison by whole names as
# src/shared/rules/winPath.ts. Functions only; nothing is looked up on a disk and nothing of the user's is read.
# Comparison is ordinal and regular expressions are case-sensitive: PowerShell's own operators pass over characters that
# have no width, and read more letters as equal than Windows does.
Set-StrictMode -Version 3.0
# Modules come from where only Windows writes; no path is made of the environment, which the user can change.
$env:PSModulePath = "$PSHOME\Modules"
# What JavaScript calls blank.
$blankCharacter = '[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]'
$maxValueLength = 2048
function Get-TrimmedText([string]$Text) {
  $Text -creplace ('\A' + $blankCharacter + '+|' + $blankCharacter + '+\z'), ''
}
# One character to one. The last two are capital I and S to JavaScript, and themselves to .NET.
function Get-FoldedText([string]$Text) {
  $Text.ToUpperInvariant().Replace([char]0x131, [char]'I').Replace([char]0x17f, [char]'S')
}
function Test-SameText([string]$Left, [string]$Right) {
  (Get-FoldedText $Left).Equals((Get-FoldedText $Right))
}
# Why is empty where Root and Names hold a path.
function New-PathReading([string]$Why, [string]$Root, [string[]]$Names) {
  @{ Why = $Why; Root = $Root; Names = @($Names) }
}
function Test-BadName([string]$Name) {
  $Name.Length -eq 0 -or $Name -cmatch '[\u0000-\u001f<>:"|]'
}
function Read-WinPath([string]$Text) {
  $rest = (Get-TrimmedText $Text).Replace('/', '\')
  if ($rest.Length -eq 0) { return New-PathReading 'empty' '' @() }
  if ($Text.Length -gt $maxValueLength) { return New-PathReading 'tooLong' '' @() }
  if ($rest -cmatch '(?s)\A\\\\[?.]\\(.*)\z') {
    $inner = $Matches[1]
    if ($inner -cmatch '(?s)\A[Uu][Nn][Cc]\\+(.*)\z') { $rest = '\\' + $Matches[1] }
    elseif ($inner -cmatch '\A[A-Za-z]:(?:\\|\z)') { $rest = $inner }
    else { return New-PathReading 'device' '' @() }
  }
  if ($rest -cmatch '\A\\\?\?\\') { return New-PathReading 'device' '' @() }
  if ($rest -cmatch '\A[*?]+:') { return New-PathReading 'driveWildcard' '' @() }
  if ($rest -cmatch '(?s)\A([A-Za-z]):(?:\\(.*))?\z') {
    $below = ''
    if ($Matches.ContainsKey(2)) { $below = $Matches[2] }
    return Read-Names ($Matches[1].ToUpperInvariant() + ':') $below
  }
  if ($rest -cmatch '(?s)\A\\\\+([^\\]+)\\+([^\\]+)(?:\\(.*))?\z') {
    $server = $Matches[1]
    $share = $Matches[2]
    $below = ''
    if ($Matches.ContainsKey(3)) { $below = $Matches[3] }
    if ((Test-BadName $server) -or (Test-BadName $share) -or ($server + $share) -cmatch '[*?]') {
      return New-PathReading 'badCharacter' '' @()
    }
    return Read-Names ('\\' + $server + '\' + $share) $below
  }
  New-PathReading 'notAbsolute' '' @()
}
function Read-Names([string]$Root, [string]$Rest) {
  $names = [System.Collections.Generic.List[string]]::new()
  foreach ($raw in $Rest.Split([char]'\')) {
    if ((Get-TrimmedText $raw).Length -eq 0) { continue }
    if ($raw -cmatch '\A[. ]+\z') { return New-PathReading 'parentSegment' '' @() }
    $name = $raw -creplace '[. ]+\z', ''
    if (Test-BadName $name) { return New-PathReading 'badCharacter' '' @() }
    $names.Add($name)
  }
  New-PathReading '' $Root $names.ToArray()
}
function Get-WinPathText($Path) {
  if ($Path.Names.Count -eq 0) { return $Path.Root + '\' }
  $Path.Root + '\' + [string]::Join('\', [string[]]$Path.Names)
}
function Test-Wildcard([string]$Text) {
  $Text -cmatch '[*?]'
}
# PROGRA~1: what it stands for cannot be told from the text.
function Test-ShortName([string]$Name) {
  $Name -cmatch '\A(?:(?!\.)(?!BLANK)[\s\S]){1,6}~[0-9]{1,6}(?:\.[^.]{0,3})?\z'.Replace('BLANK', $blankCharacter)
}
# Whether a name fits a pattern with * (any run of characters) and ? (one).
function Test-NameMatch([string]$Pattern, [string]$Name) {
  if (-not (Test-Wildcard $Pattern)) { return Test-SameText $Pattern $Name }
  Test-Intersection (Get-FoldedText $Pattern) (Get-FoldedText $Name) $true
}
# Patterns as states: can both be walked to their ends by one text? With Literal, Right's wildcards are characters.
function Test-Intersection([string]$Left, [string]$Right, [bool]$Literal) {
  $width = $Right.Length + 1
  $seen = [bool[]]::new(($Left.Length + 1) * $width)
  $stack = [System.Collections.Generic.Stack[int]]::new()
  $stack.Push(0)
  $seen[0] = $true
  while ($stack.Count -gt 0) {
    $at = $stack.Pop()
    $j = $at % $width
    $i = ($at - $j) / $width
    $leftEnds = $i -eq $Left.Length
    $rightEnds = $j -eq $Right.Length
    if ($leftEnds -and $rightEnds) { return $true }
    $x = [char]0
    $y = [char]0
    if (-not $leftEnds) { $x = $Left[$i] }
    if (-not $rightEnds) { $y = $Right[$j] }
    $xStar = -not $leftEnds -and $x.Equals([char]'*')
    $yStar = -not $Literal -and -not $rightEnds -and $y.Equals([char]'*')
    $next = [System.Collections.Generic.List[int]]::new()
    if ($xStar) {
      $next.Add($at + $width)
      if (-not $rightEnds -and -not $yStar) { $next.Add($at + 1) }
    }
    if ($yStar) {
      $next.Add($at + 1)
      if (-not $leftEnds -and -not $xStar) { $next.Add($at + $width) }
    }
    if (-not ($leftEnds -or $rightEnds -or $xStar -or $yStar)) {
      $yAny = -not $Literal -and $y.Equals([char]'?')
      if ($x.Equals($y) -or $x.Equals([char]'?') -or $yAny) { $next.Add($at + $width + 1) }
    }
    foreach ($state in $next) {
      if (-not $seen[$state]) {
        $seen[$state] = $true
        $stack.Push($state)
      }
    }
  }
  $false
}
# A path to be compared: folded once, since it is compared with many.
function Get-FoldedPath($Path) {
  $names = @(foreach ($name in $Path.Names) { Get-FoldedText $name })
  @{ Root = (Get-FoldedText $Path.Root); Names = $names }
}
# Whether Outer is Inner or one of its parents, as far as their wildcards allow. Both are folded.
function Test-Cover($Outer, $Inner) {
  if (-not $Outer.Root.Equals($Inner.Root)) { return $false }
  if ($Outer.Names.Count -gt $Inner.Names.Count) { return $false }
  for ($at = 0; $at -lt $Outer.Names.Count; $at++) {
    $left = $Outer.Names[$at]
    $right = $Inner.Names[$at]
    if ($left.Equals($right)) { continue }
    if ($left -cnotmatch '[*?]' -and $right -cnotmatch '[*?]') { return $false }
    if (-not (Test-Intersection $left $right $false)) { return $false }
  }
  $true
}
