// Windows PowerShell itself, the scripts under it, and what its constrained language allows.
import { type Group } from './item';

export const powershellItems = [
  {
    title: 'Windows PowerShell 5.1 and the session',
    items: [
      {
        id: 'host.systemRoot',
        how: 'read',
        command: String.raw`node -p "fs.realpathSync.native('\\\\?\\GLOBALROOT\\SystemRoot')"`,
        expected: String.raw`Windows' folder, the same as %SystemRoot%`,
        otherwise: "the system's PowerShell is found through the environment alone",
      },
      {
        id: 'host.version',
        how: 'read',
        command:
          'powershell.exe -NoProfile -Command "$PSVersionTable.PSVersion.ToString(); $ExecutionContext.SessionState.LanguageMode"',
        expected: '5.1, and FullLanguage where no policy constrains it',
        otherwise: 'the scripts run on an engine that they were not written for',
      },
      {
        id: 'host.start',
        how: 'read',
        words: 'a fresh session until its first answer, three times, the middle one',
        expected: 'under 1,000 ms',
        otherwise: 'start the session before it is needed',
      },
      {
        id: 'host.roundTrip',
        how: 'read',
        words: 'twenty calls of a warm session, the middle one',
        expected: "at most a tenth of a fresh session's first answer",
        otherwise: 'ask for more in one call',
      },
      {
        id: 'host.values',
        how: 'read',
        words:
          'texts with every quote of PowerShell, $(), backticks, newlines, NUL, lone surrogates, Chinese, through a script and back',
        expected: 'each text unchanged, unit by unit',
        otherwise: 'data is not only data: stop, and mend the literal first',
      },
      {
        id: 'host.longLine',
        how: 'read',
        words: 'a text of 200,000 characters in one line of standard input, and back',
        expected: 'unchanged',
        otherwise: 'long lists must be sent in parts',
      },
      {
        id: 'host.answers',
        how: 'read',
        words:
          'lists of none, one and two, a date, numbers, null and nested tables, out of a script',
        expected: 'each as it was; dates as ISO text in UTC',
        otherwise: "ConvertTo-AsciiJson of common.ps1 meets a quirk of 5.1's",
      },
      {
        id: 'host.strictMode',
        how: 'read',
        words: 'a property that is not there, of an object from JSON',
        expected: 'error id PropertyNotFoundStrict',
        otherwise: 'a misspelt name is an empty answer',
      },
      {
        id: 'host.endsWithInput',
        how: 'read',
        command: 'echo 1 | powershell.exe -NoLogo -NoProfile -NonInteractive -NoExit -Command -',
        expected: 'ends by itself when its input ends, within 2 s',
        otherwise: 'after a crash of Gangway a PowerShell stays behind',
      },
      {
        id: 'host.modules',
        how: 'read',
        command: `$env:PSModulePath = "$PSHOME\\Modules"; Get-Command Get-MpPreference, Register-ScheduledTask, Get-CimInstance, Get-WinEvent | Select-Object Name, Source`,
        expected: "all four, from modules in Windows' own folder",
        otherwise: 'the elevated side must name further folders',
      },
      {
        id: 'host.executionPolicy',
        how: 'hand',
        command: 'Set-ExecutionPolicy AllSigned -Scope LocalMachine; npm run selfcheck:windows',
        expected: 'the same report: commands are no script files',
        otherwise: '-ExecutionPolicy must be given, and said in the threat model',
      },
      {
        id: 'host.powershell7',
        how: 'hand',
        command: String.raw`npm run selfcheck:windows -- --host "C:\Program Files\PowerShell\7\pwsh.exe"`,
        expected: 'the same report but for host.version',
        otherwise: 'PowerShell 7 is not offered on Windows',
      },
    ],
  },
  {
    title: 'Scripts under 5.1',
    items: [
      {
        id: 'scripts.parse',
        how: 'read',
        command: '[System.Management.Automation.Language.Parser]::ParseInput',
        words: 'of each *.ps1',
        expected: 'no error in any',
        otherwise: 'the script has syntax that only 7 knows',
      },
      {
        id: 'scripts.rules',
        how: 'read',
        words: 'Test-Exclusion of rules.ps1 for every case of the unit tests',
        expected: "the same verdict and the same spelling as the app's own rules",
        otherwise: 'the elevated side refuses what was shown, or writes it in another spelling',
      },
      {
        id: 'scripts.folding',
        how: 'read',
        words: 'Get-FoldedText of every letter that has another case',
        expected:
          "no letter becomes an ASCII one that does not in the app's own folding; others that differ are told",
        otherwise: 'a refused name can be disguised on one of the two sides: mend Get-FoldedText',
      },
    ],
  },
  {
    title: 'Constrained Language Mode',
    items: [
      {
        id: 'clm.status',
        how: 'read',
        command: "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'",
        words: 'then status.ps1',
        expected: 'an answer, the same as in full language',
        otherwise: "status.ps1 needs more than 5.1's constrained language has",
      },
      {
        id: 'clm.lists',
        how: 'read',
        words: 'the same, preferences.ps1',
        expected: 'an answer, the same as in full language',
        otherwise: "preferences.ps1 needs more than 5.1's constrained language has",
      },
      {
        id: 'clm.threats',
        how: 'read',
        words: 'the same, threats.ps1',
        expected: 'an answer, the same as in full language',
        otherwise: "threats.ps1 needs more than 5.1's constrained language has",
      },
      {
        id: 'clm.check',
        how: 'read',
        words: 'the same, mpCmdRun.ps1',
        expected: 'an answer, the same as in full language',
        otherwise: "mpCmdRun.ps1 needs more than 5.1's constrained language has",
      },
      {
        id: 'clm.events',
        how: 'read',
        words: 'the same, events.ps1',
        expected: 'error id MethodInvocationNotSupportedInConstrainedLanguage, or nothing to read',
        otherwise: 'the app does not say why it sees no blocks',
      },
      {
        id: 'clm.enforced',
        how: 'hand',
        command: 'npm run selfcheck:windows',
        words: 'with an App Control policy that enforces scripts',
        expected: 'host.version says ConstrainedLanguage; status, lists and history are told',
        otherwise: 'the enforced mode is stricter than the one that is set in a session',
      },
    ],
  },
] as const satisfies readonly Group[];
