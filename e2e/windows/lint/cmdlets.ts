// The written list of cmdlets: why each is there, which scripts may call it, and with which parameters, all of which
// Windows PowerShell 5.1 has. A cmdlet that is not here is refused.
import type { ScriptKind } from './facts';

export interface Cmdlet {
  readonly why: string;
  readonly kinds: readonly ScriptKind[];
  /** In full, as they are documented. `ErrorAction` is understood. */
  readonly parameters: readonly string[];
  /** Only in these files. */
  readonly files?: readonly string[];
  /** Why it is called without `-ErrorAction Stop`. */
  readonly noErrorAction?: string;
}

const asUser: readonly ScriptKind[] = ['unelevated'];
const asAdministrator: readonly ScriptKind[] = ['elevated', 'task'];
const reading: readonly ScriptKind[] = ['unelevated', ...asAdministrator];
const inMemory = 'passes on what it is given; what fails is the block or the command before it';

export const cmdlets: Readonly<Record<string, Cmdlet>> = {
  // The language's own.
  'Set-StrictMode': {
    why: 'a mistake is an error and no empty answer',
    kinds: ['common', 'bootstrap', 'elevated', 'task'],
    parameters: ['Version'],
    noErrorAction: 'cannot fail with a version that is written out',
  },
  'ConvertFrom-Json': {
    why: 'data comes in as JSON and as nothing else',
    kinds: ['common', 'elevated', 'task'],
    parameters: ['InputObject'],
  },
  'ForEach-Object': {
    why: 'takes what a program or a query puts out, one by one',
    kinds: ['unelevated', 'elevated'],
    parameters: [],
    noErrorAction: inMemory,
  },
  'Where-Object': {
    why: 'picks what a query puts out',
    kinds: ['elevated'],
    parameters: [],
    noErrorAction: inMemory,
  },
  'Select-Object': {
    why: "picks the fields that are meant from Windows' objects",
    kinds: asUser,
    parameters: ['Property', 'First'],
    noErrorAction: 'a field that is not there is empty in every version, and is read so',
  },
  'Out-Null': {
    why: "keeps a program's words out of the answer",
    kinds: ['elevated'],
    parameters: [],
    noErrorAction: inMemory,
  },
  'New-Object': {
    why: 'the two .NET objects that the session needs, in full language only',
    kinds: asUser,
    parameters: ['TypeName', 'ArgumentList'],
  },

  // Reading the computer.
  'Test-Path': {
    why: "whether Defender's program is there",
    kinds: asUser,
    parameters: ['LiteralPath'],
    noErrorAction: 'that something is not there is its answer',
  },
  'Join-Path': {
    why: "the path of Defender's program",
    kinds: asUser,
    parameters: ['Path', 'ChildPath'],
  },
  'Get-ChildItem': {
    why: "Defender's platform folders, of which the newest counts",
    kinds: asUser,
    parameters: ['LiteralPath'],
  },
  'Get-ItemProperty': {
    why: 'policies and states in the registry of the machine',
    kinds: ['unelevated', 'elevated'],
    parameters: ['LiteralPath'],
  },
  'Get-Service': {
    why: "whether Defender's service runs, where Defender itself says nothing",
    kinds: asUser,
    parameters: ['Name'],
  },
  'Get-CimInstance': {
    why: 'which antivirus products SecurityCenter2 knows',
    kinds: asUser,
    parameters: ['Namespace', 'ClassName'],
  },
  'Get-WinEvent': {
    why: 'what Defender and code integrity logged',
    kinds: ['unelevated', 'elevated'],
    parameters: ['LogName', 'FilterXPath', 'FilterHashtable', 'MaxEvents'],
  },

  // Defender.
  'Get-MpComputerStatus': { why: "Defender's state", kinds: asUser, parameters: [] },
  'Get-MpPreference': {
    why: 'the lists of exclusions, and reading back',
    kinds: reading,
    parameters: [],
  },
  'Get-MpThreatDetection': { why: 'the history of detections', kinds: asUser, parameters: [] },
  'Get-MpThreat': { why: 'the names of the threats', kinds: asUser, parameters: [] },
  'Update-MpSignature': {
    why: 'new security intelligence, which needs no administrator',
    kinds: asUser,
    parameters: [],
  },
  'Add-MpPreference': {
    why: 'adds one entry and leaves the others alone',
    kinds: ['elevated'],
    parameters: [],
  },
  'Remove-MpPreference': {
    why: 'removes exactly one entry',
    kinds: asAdministrator,
    parameters: [],
  },

  // Elevation and the end of an exclusion.
  'Start-Process': {
    why: "Windows' own prompt",
    kinds: asUser,
    files: ['elevate.ps1'],
    parameters: ['FilePath', 'ArgumentList', 'Verb', 'WindowStyle', 'PassThru'],
  },
  'New-ScheduledTaskAction': {
    why: 'what the task runs: the system PowerShell with its text inline',
    kinds: ['elevated'],
    parameters: ['Execute', 'Argument'],
  },
  'New-ScheduledTaskTrigger': {
    why: 'when the task runs, and again while Defender does not let the entry go',
    kinds: ['elevated'],
    parameters: ['Once', 'At', 'RepetitionInterval'],
  },
  'New-ScheduledTaskPrincipal': {
    why: 'the task runs as SYSTEM',
    kinds: ['elevated'],
    parameters: ['UserId', 'LogonType', 'RunLevel'],
  },
  'New-ScheduledTaskSettingsSet': {
    why: 'the task also runs on battery, after a missed start, and not for ever',
    kinds: ['elevated'],
    parameters: [
      'StartWhenAvailable',
      'AllowStartIfOnBatteries',
      'DontStopIfGoingOnBatteries',
      'ExecutionTimeLimit',
    ],
  },
  'Register-ScheduledTask': {
    why: 'gives an exclusion its end',
    kinds: ['elevated'],
    parameters: ['TaskPath', 'TaskName', 'Action', 'Trigger', 'Principal', 'Settings'],
  },
  'Get-ScheduledTask': {
    why: 'reads the task back',
    kinds: ['elevated'],
    parameters: ['TaskPath', 'TaskName'],
  },
  'Unregister-ScheduledTask': {
    why: 'the task goes with its exclusion',
    kinds: asAdministrator,
    parameters: ['TaskPath', 'TaskName', 'Confirm'],
  },
};

/** Commands that are no name: a block or a program. Each is one text in one file. */
export const computedCommands: readonly {
  readonly file: string;
  readonly text: string;
  readonly why: string;
}[] = [
  { file: 'common.ps1', text: '& $Body $data', why: 'the block of fixed text after the name' },
  {
    file: 'mpCmdRun.ps1',
    text: '& $program $arguments',
    why: "Defender's own program, found below folders that only administrators write",
  },
  {
    file: 'bootstrap.ps1',
    text: '& ([ScriptBlock]::Create([Text.Encoding]::ASCII.GetString($b))) $p $n $h',
    why: 'the one text whose hash the command line carries',
  },
];
