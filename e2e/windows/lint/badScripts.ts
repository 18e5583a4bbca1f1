// Small scripts: good ones that nothing is found in, and bad ones, each refused by the rule that is named.
import type { ScriptKind } from './facts';

export interface Sample {
  readonly kind: ScriptKind;
  readonly text: string;
  /** Where a rule knows a script by its name. */
  readonly file?: string;
}

export interface BadSample extends Sample {
  readonly rule: string;
  /** The line that must be found. */
  readonly line: number;
}

const asUser = (...body: readonly string[]): string =>
  [
    '# What it is for.',
    'param($Json)',
    'Invoke-Request $Json {',
    '  param($Data)',
    ...body.map((line) => (line === '' ? '' : `  ${line}`)),
    '}',
    '',
  ].join('\n');

const head = ['# What it is for.', 'Set-StrictMode -Version 3.0'];
const plain = (...body: readonly string[]): string => [...head, ...body, ''].join('\n');
const modules = '$env:PSModulePath = "$PSHOME\\Modules"';
const task = (...body: readonly string[]): string => plain(modules, ...body);
const pipe =
  "$p = [IO.Pipes.NamedPipeClientStream]::new('.', '<pipe>', 'InOut', 'None', [Security.Principal.TokenImpersonationLevel]::Identification)";
const guard = "if (!$h.Equals('<sha256>')) { exit }";
const evaluated = '& ([ScriptBlock]::Create([Text.Encoding]::ASCII.GetString($b))) $p $n $h';

const inSession = (rule: string, ...body: readonly string[]): BadSample => ({
  rule,
  kind: 'unelevated',
  text: asUser(...body),
  line: 5,
});
const elevated = (rule: string, ...body: readonly string[]): BadSample => ({
  rule,
  kind: 'elevated',
  text: plain(...body),
  line: 3,
});
const bootstrap = (rule: string, line: number, ...body: readonly string[]): BadSample => ({
  rule,
  kind: 'bootstrap',
  file: 'bootstrap.ps1',
  text: plain(...body),
  line,
});

export const goodScripts: readonly Sample[] = [
  {
    kind: 'unelevated',
    text: asUser(
      '$item = Get-ItemProperty -LiteralPath "HKLM:\\SOFTWARE\\$($Data.key)" -ErrorAction Stop',
      "@{ ok = $true; value = ($item | Select-Object -Property 'TPExclusions') }",
    ),
  },
  { kind: 'common', text: plain('function Get-Code([string]$Text) {', '  [int]$Text[0]', '}') },
  {
    kind: 'elevated',
    text: plain(
      "$entry = @{ ExclusionPath = 'C:\\x' }",
      'Add-MpPreference @entry -ErrorAction Stop',
    ),
  },
  { kind: 'task', text: task('Remove-MpPreference @entry -ErrorAction Stop') },
  {
    kind: 'bootstrap',
    file: 'bootstrap.ps1',
    text: plain(modules, pipe, guard, evaluated),
  },
];

export const badScripts: readonly BadSample[] = [
  { rule: 'parses', kind: 'elevated', text: plain('if ($true) {'), line: 3 },
  { rule: 'parses', kind: 'unelevated', text: asUser('$x = @('), line: 6 },
  elevated('ascii', "$name = '\u00fc'"),
  elevated('ascii', "$name = '\u2019'"),
  inSession('ascii', '$x = 1 # \u00e9'),
  inSession('blankLine', '', '$x = 1'),
  { rule: 'blankLine', kind: 'elevated', text: plain('$x = 1', '   ', '$y = 1'), line: 4 },
  { rule: 'head', kind: 'elevated', text: 'Set-StrictMode -Version 3.0\n', line: 1 },
  { rule: 'strictMode', kind: 'elevated', text: '# Head.\n$x = 1\n', line: 2 },
  { rule: 'strictMode', kind: 'task', text: '# Head.\nSet-StrictMode -Off\n', line: 2 },
  {
    rule: 'strictMode',
    kind: 'common',
    text: '# Head.\nSet-StrictMode -Version Latest\n',
    line: 2,
  },
  { rule: 'frame', kind: 'unelevated', text: '# Head.\nparam($Json)\n$x = 1\n', line: 3 },
  { rule: 'frame', kind: 'unelevated', text: '# Head.\nInvoke-Request $Json { 1 }\n', line: 1 },
  { rule: 'frame', kind: 'unelevated', text: `${asUser('1')}Get-MpPreference\n`, line: 3 },

  inSession('newerSyntax', '$x = $Data.a ?? 1'),
  inSession('newerSyntax', '$x = $Data.a ? 1 : 2'),
  inSession('newerSyntax', '${x}?.Length'),
  inSession('newerSyntax', '$x ??= 1'),
  inSession('newerSyntax', 'Get-MpThreat -ErrorAction Stop && Get-MpThreat -ErrorAction Stop'),
  inSession('newerSyntax', '1 | ForEach-Object -Parallel { $_ }'),
  inSession('newerSyntax', '$x = "`u{41}"'),
  inSession('newerSyntax', 'Get-MpThreat -ErrorAction Stop &'),
  { ...inSession('hereString'), text: asUser("$x = @'\na\n'@") },
  { ...elevated('hereString'), text: plain('$x = @"', '$y', '"@') },

  inSession('alias', '1 | % { $_ }'),
  inSession('alias', 'gci'),
  inSession('alias', '1 | where { $_ }'),
  inSession('alias', 'Get-MpThreat -ErrorAction Stop | select ThreatID'),
  elevated('alias', 'cmd.exe /c exit'),
  elevated('alias', 'C:\\x\\y.exe'),
  inSession('cmdlet', 'Invoke-WebRequest -ErrorAction Stop'),
  inSession('cmdlet', 'Add-MpPreference -ErrorAction Stop'),
  inSession('cmdlet', 'Register-ScheduledTask -ErrorAction Stop'),
  inSession('cmdlet', "Start-Process -FilePath 'x' -ErrorAction Stop"),
  inSession('cmdlet', 'get-mpthreat -ErrorAction Stop'),
  inSession('cmdlet', 'Defender\\Get-MpThreat -ErrorAction Stop'),
  elevated('cmdlet', "Start-Process -FilePath 'x' -ErrorAction Stop"),
  elevated('cmdlet', 'Remove-Item -ErrorAction Stop'),
  inSession('parameter', '$x = $Data.a | ConvertFrom-Json -AsHashtable -ErrorAction Stop'),
  inSession('parameter', 'Get-MpThreat -ErrorVariable x -ErrorAction Stop'),
  inSession('parameter', 'Get-Service -N WinDefend -ErrorAction Stop'),
  elevated('parameter', "Add-MpPreference -ExclusionExtension 'exe' -ErrorAction Stop"),
  inSession('errorAction', 'Get-MpThreat'),
  inSession('errorAction', 'Get-MpThreat -ErrorAction SilentlyContinue'),
  inSession('errorAction', 'Get-MpThreat -ErrorAction $action'),
  elevated('errorAction', 'Add-MpPreference @entry'),
  inSession('computedCommand', '& $Data.command'),
  inSession('computedCommand', "& ('Get-' + 'Item')"),
  elevated('computedCommand', '& $step'),
  inSession('computedCommand', '& { $Data }'),
  inSession('commandString', '& "$Data.path\\x.exe"'),
  elevated('commandString', '& "$($plan.program)"'),
  inSession('dotSource', '. C:\\x.ps1'),
  elevated('dotSource', '. $script'),
  elevated('shadow', 'function Get-MpPreference { }'),
  elevated('shadow', 'function get-mppreference { }'),
  { ...elevated('shadow', 'function Get-A { }', 'function Get-A { }'), line: 4 },
  inSession('shadow', 'function Invoke-Request { }'),
  elevated('setPreference', "Set-MpPreference -ExclusionPath 'x' -ErrorAction Stop"),
  elevated('setPreference', "$command = 'Set-MpPreference -DisableRealtimeMonitoring 1'"),
  inSession('setPreference', '$class = "MSFT_MpPreference"'),

  inSession('evaluation', 'Invoke-Expression $Data.text'),
  inSession('evaluation', 'iex $Data.text'),
  inSession('evaluation', '$x = [ScriptBlock]::Create($Data.text)'),
  inSession('evaluation', '$x = [scriptblock]$Data.text'),
  inSession('evaluation', '$x = $ExecutionContext.InvokeCommand.NewScriptBlock($Data.text)'),
  inSession('evaluation', '$x = $ExecutionContext.InvokeCommand.ExpandString($Data.text)'),
  elevated('evaluation', '[ScriptBlock]::Create([Text.Encoding]::ASCII.GetString($b))'),
  elevated('evaluation', '[PowerShell]::Create()'),
  elevated('evaluation', 'Add-Type -TypeDefinition $x -ErrorAction Stop'),
  elevated('evaluation', "Import-Module 'x' -ErrorAction Stop"),
  elevated('evaluation', '[Reflection.Assembly]::Load($bytes)'),
  elevated('evaluation', '$block.Invoke()'),
  bootstrap('evaluation', 5, modules, pipe, evaluated),
  bootstrap('evaluation', 6, modules, pipe, '$h = 1', evaluated),
  bootstrap('evaluation', 6, modules, pipe, guard, '& ([ScriptBlock]::Create($n)) $p $n $h'),
  bootstrap('evaluation', 7, modules, pipe, guard, '$b = $n', evaluated),

  inSession('languageMode', "$x = [IO.File]::ReadAllText('x')"),
  inSession('languageMode', '$x = [Convert]::ToBase64String($Data.bytes)'),
  inSession('languageMode', '$x = [pscustomobject]@{ a = 1 }'),
  inSession('languageMode', '$x = [ordered]@{ a = 1 }'),
  inSession('languageMode', '$x = New-Object -TypeName System.Net.WebClient -ErrorAction Stop'),
  inSession('languageMode', '$x = $event.ToXml()'),
  inSession('languageMode', '$x = [System.Collections.Generic.List[string]]::new()'),
  inSession('languageMode', '[Console]::OutputEncoding = $null'),
  {
    rule: 'languageMode',
    kind: 'common',
    text: plain('function Get-It { [Text.Encoding]::ASCII.GetBytes(1) }'),
    line: 3,
  },
  elevated('dotnet', "[IO.File]::WriteAllText('x', 'y')"),
  elevated('dotnet', '[IO.File]::Delete($x)'),
  elevated('dotnet', '[Diagnostics.Process]::Start($x)'),
  elevated('dotnet', '$key = [Microsoft.Win32.Registry]::CurrentUser'),
  elevated('dotnet', '[Environment]::Exit(1)'),
  bootstrap('dotnet', 4, modules, '[IO.Path]::Combine($a, $b)'),

  elevated('userEnvironment', '$x = $env:USERPROFILE'),
  elevated('userEnvironment', '$x = "$env:TEMP\\x"'),
  elevated('userEnvironment', '$x = ${env:ProgramFiles}'),
  elevated('userEnvironment', '$x = $HOME'),
  elevated('userEnvironment', '$x = $PROFILE.AllUsersAllHosts'),
  elevated(
    'userEnvironment',
    "Get-ItemProperty -LiteralPath 'HKCU:\\Environment' -ErrorAction Stop",
  ),
  elevated('userEnvironment', "$x = 'Registry::HKEY_CURRENT_USER\\Environment'"),
  elevated('userEnvironment', "$x = [Environment]::GetEnvironmentVariable('TEMP')"),
  elevated('userEnvironment', "$x = [Environment]::ExpandEnvironmentVariables('%TEMP%')"),
  elevated('userEnvironment', "$x = [Environment]::GetFolderPath('UserProfile')"),
  elevated('userEnvironment', '$x = [Environment]::GetFolderPath($which)'),
  elevated('userEnvironment', '$x = [IO.Path]::GetTempPath()'),
  {
    rule: 'userEnvironment',
    kind: 'common',
    text: plain('$env:PSModulePath = "$env:SystemRoot\\x"'),
    line: 3,
  },
  {
    rule: 'userEnvironment',
    kind: 'common',
    file: 'common.ps1',
    text: plain('$x = $env:SystemRoot'),
    line: 3,
  },
  { rule: 'userEnvironment', kind: 'task', text: task('$x = $env:APPDATA'), line: 4 },
  {
    rule: 'modulePath',
    kind: 'task',
    text: plain('Remove-MpPreference @entry -ErrorAction Stop', modules),
    line: 3,
  },
  {
    rule: 'modulePath',
    kind: 'task',
    text: plain('$env:PSModulePath = "$HOME\\Modules"', 'Remove-MpPreference @x -ErrorAction Stop'),
    line: 4,
  },
  bootstrap('modulePath', 5, pipe, guard, evaluated),
  bootstrap(
    'impersonation',
    4,
    modules,
    "$p = [IO.Pipes.NamedPipeClientStream]::new('.', '<pipe>', 'InOut')",
    guard,
    evaluated,
  ),
  bootstrap(
    'impersonation',
    4,
    modules,
    pipe.replace('Identification', 'Impersonation'),
    guard,
    evaluated,
  ),
  bootstrap('impersonation', 4, modules, pipe.replace("'.'", "'other'"), guard, evaluated),
  elevated('impersonation', "$x = [IO.Pipes.NamedPipeServerStream]::new('x')"),
];
