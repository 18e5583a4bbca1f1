// What only a real Windows can settle, one entry each: how to ask, what is expected, and what follows where it differs.
// docs/windows-checklist.md is written from this list, and the selfcheck answers it.

/** Who can answer: the selfcheck, the selfcheck where it may write, or a person. */
export type How = 'read' | 'write' | 'hand';

export interface Item {
  readonly id: string;
  readonly how: How;
  /** What a person would type or do. */
  readonly command: string;
  readonly expected: string;
  /** What has to change where it differs. */
  readonly otherwise: string;
}

export interface Group {
  readonly title: string;
  readonly items: readonly Item[];
}

const log = 'Microsoft-Windows-Windows Defender/Operational';
const byNumber = (id: number, channel = log): string =>
  `Get-WinEvent -FilterHashtable @{LogName='${channel}';Id=${String(id)}} -MaxEvents 1 | ForEach-Object { $_.ToXml() }`;
const afterWrite = 'npm run selfcheck:windows -- --write';

export const checklist = [
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
        command: 'a fresh session until its first answer, three times, the middle one',
        expected: 'under 1,000 ms',
        otherwise: 'start the session before it is needed',
      },
      {
        id: 'host.roundTrip',
        how: 'read',
        command: 'twenty calls of a warm session, the middle one',
        expected: "at most a tenth of a fresh session's first answer",
        otherwise: 'ask for more in one call',
      },
      {
        id: 'host.values',
        how: 'read',
        command:
          'texts with every quote of PowerShell, $(), backticks, newlines, NUL, lone surrogates, Chinese, through a script and back',
        expected: 'each text unchanged, unit by unit',
        otherwise: 'data is not only data: stop, and mend the literal first',
      },
      {
        id: 'host.longLine',
        how: 'read',
        command: 'a text of 200,000 characters in one line of standard input, and back',
        expected: 'unchanged',
        otherwise: 'long lists must be sent in parts',
      },
      {
        id: 'host.answers',
        how: 'read',
        command:
          'lists of none, one and two, a date, numbers, null and nested tables, out of a script',
        expected: 'each as it was; dates as ISO text in UTC',
        otherwise: "ConvertTo-AsciiJson of common.ps1 meets a quirk of 5.1's",
      },
      {
        id: 'host.strictMode',
        how: 'read',
        command: 'a property that is not there, of an object from JSON',
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
        command: '[System.Management.Automation.Language.Parser]::ParseInput of each *.ps1',
        expected: 'no error in any',
        otherwise: 'the script has syntax that only 7 knows',
      },
      {
        id: 'scripts.rules',
        how: 'read',
        command: 'Test-Exclusion of rules.ps1 for every case of the unit tests',
        expected: "the same verdict and the same spelling as the app's own rules",
        otherwise: 'the elevated side refuses what was shown, or writes it in another spelling',
      },
      {
        id: 'scripts.folding',
        how: 'read',
        command: 'Get-FoldedText of every letter that has another case',
        expected: "the same letter as the app's own folding",
        otherwise: "names with those letters are compared differently from Node's rules",
      },
    ],
  },
  {
    title: 'Elevation',
    items: [
      {
        id: 'elevation.pipeFirst',
        how: 'read',
        command: 'two servers on one pipe name',
        expected: 'the second is refused (EADDRINUSE or EACCES)',
        otherwise: 'a squatter of the name can answer in our place: refuse to elevate',
      },
      {
        id: 'elevation.prompt',
        how: 'write',
        command: `${afterWrite}, answer Yes`,
        expected: 'one prompt for a batch, and a record for each of its steps over the pipe',
        otherwise: 'nothing that needs an administrator works: see the cause that is named',
      },
      {
        id: 'elevation.declined',
        how: 'hand',
        command: `${afterWrite}, answer No`,
        expected: 'elevation.prompt says "declined"; nothing was written',
        otherwise: 'elevate.ps1 must find 1223 in another way',
      },
      {
        id: 'elevation.timeout',
        how: 'hand',
        command: `${afterWrite}, leave the prompt alone for three minutes`,
        expected: 'elevation.prompt says "declined"',
        otherwise: 'promptTimeout is too short or Windows says something else',
      },
      {
        id: 'elevation.otherAdministrator',
        how: 'hand',
        command: `as a standard user: ${afterWrite}, enter an administrator's name and password`,
        expected: "the same as above, and the paths are the standard user's",
        otherwise: "the pipe's access list shuts the other account out",
      },
      {
        id: 'elevation.withoutPrompt',
        how: 'hand',
        command: `UAC at "never notify": ${afterWrite}`,
        expected: 'the same report without a prompt',
        otherwise: 'an elevation that nobody saw is not told',
      },
      {
        id: 'elevation.parameterLength',
        how: 'hand',
        command: `Start-Process powershell.exe -Verb RunAs -Wait -PassThru -ArgumentList ('-NoProfile -Command "exit 7" #' + 'x' * 30000) | Select-Object ExitCode`,
        expected: '7: the whole of 32,767 characters arrives',
        otherwise:
          'the limit of 2,048 in commandLine.ts stays; where it starts nothing at 2,048 either, shorten the bootstrap',
      },
      {
        id: 'elevation.window',
        how: 'hand',
        command: `${afterWrite}, watch the screen`,
        expected: 'no console window flashes',
        otherwise: 'start the helper through conhost --headless or say that it flashes',
      },
      {
        id: 'elevation.lockedDown',
        how: 'hand',
        command: `with an enforced App Control policy for scripts: ${afterWrite}`,
        expected:
          'elevation.prompt says that the elevated program ended at once (Constrained Language Mode)',
        otherwise: 'the sentence for locked-down machines is wrong',
      },
    ],
  },
  {
    title: 'Defender, read',
    items: [
      {
        id: 'defender.status',
        how: 'read',
        command:
          'Get-MpComputerStatus | Select-Object AMRunningMode, AMServiceEnabled, AMProductVersion, AMEngineVersion, AntivirusEnabled, RealTimeProtectionEnabled, IsTamperProtected, SmartAppControlState',
        expected: 'one object, every field told',
        otherwise: 'after some updates it is empty: the app says so; new names must be added',
      },
      {
        id: 'defender.runningMode',
        how: 'read',
        command: '(Get-MpComputerStatus).AMRunningMode',
        expected:
          'Normal, Passive Mode, Passive Audit Mode, EDR Block Mode, SxS Passive Mode or Not running',
        otherwise: 'a new word: parseStatus.ts takes the booleans, add the word to the tests',
      },
      {
        id: 'defender.lists',
        how: 'read',
        command: '(Get-MpPreference).ExclusionPath, not elevated',
        expected:
          '"N/A: Must be an administrator to view exclusions", or the list where it is shown',
        otherwise: 'a list that is hidden would be shown as empty',
      },
      {
        id: 'defender.securityCenter',
        how: 'read',
        command:
          'Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct | Select-Object displayName, productState',
        expected: "every product told; bit 0x1000 of Defender's agrees with AntivirusEnabled",
        otherwise: 'the bit does not mean "active": a third-party antivirus is misread',
      },
      {
        id: 'defender.registry',
        how: 'read',
        command: String.raw`Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Policies\Microsoft\Windows Defender', '…\Policy Manager', 'HKLM:\SOFTWARE\Microsoft\Windows Defender', '…\Features', 'HKLM:\SYSTEM\CurrentControlSet\Control\CI\Policy', not elevated`,
        expected: 'each is told or not there',
        otherwise: 'a key is shut for users: what it says must be "unknown"',
      },
      {
        id: 'defender.missingKey',
        how: 'read',
        command: String.raw`Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Gangway-is-not-there' -ErrorAction Stop`,
        expected: 'category ObjectNotFound',
        otherwise: 'a policy that is not set is taken for one that cannot be read',
      },
      {
        id: 'defender.program',
        how: 'read',
        command: String.raw`(Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows Defender').InstallLocation`,
        expected:
          'the folder that also has the newest version below %ProgramData%, with MpCmdRun.exe in it',
        otherwise: 'the elevated side asks an older MpCmdRun than the session does',
      },
      {
        id: 'defender.checkUnelevated',
        how: 'read',
        command: String.raw`MpCmdRun.exe -CheckExclusion -Path C:\Windows, not elevated`,
        expected: 'exit code 1, or a number of failure in its text',
        otherwise: 'parseCheck takes a refusal for an answer',
      },
      {
        id: 'defender.scan',
        how: 'read',
        command: String.raw`MpCmdRun.exe -Scan -ScanType 3 -File C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe -DisableRemediation`,
        expected: 'exit code 0, not elevated',
        otherwise: 'a scan needs an administrator, or ends with another code',
      },
      {
        id: 'defender.threats',
        how: 'read',
        command: 'Get-MpThreatDetection; Get-MpThreat, not elevated',
        expected:
          'no error; detections have DetectionID, ThreatID, Resources and InitialDetectionTime',
        otherwise: 'the history of detections stays empty: say why',
      },
      {
        id: 'defender.scanThreat',
        how: 'hand',
        command: 'MpCmdRun.exe -Scan -ScanType 3 -File <EICAR test file> -DisableRemediation',
        expected: 'exit code 2, a line "Threat : …", the file stays',
        otherwise: 'parseScan reads another code or another line',
      },
      {
        id: 'defender.restore',
        how: 'hand',
        command: 'MpCmdRun.exe -Restore -FilePath <path of a quarantined file>, elevated and not',
        expected:
          'elevated the file is back; not elevated a number of failure, 0x80070005 or 0x800702e4',
        otherwise: 'troubleOfRun must know the other number',
      },
      {
        id: 'defender.update',
        how: 'hand',
        command: 'Update-MpSignature, not elevated',
        expected: 'no error, and a version that is the same or higher',
        otherwise: 'an update needs the elevated batch',
      },
      {
        id: 'defender.serviceOff',
        how: 'hand',
        command: 'Get-MpComputerStatus where the service WinDefend is off',
        expected: 'error id that begins with "HRESULT 0x800106ba"',
        otherwise: 'trouble.ts must know the other number',
      },
      {
        id: 'defender.hiddenFromAdministrators',
        how: 'hand',
        command:
          'policy HideExclusionsFromLocalAdmins = 1: (Get-MpPreference).ExclusionPath, elevated',
        expected: '"N/A: Administrators are not allowed to view exclusions"',
        otherwise: 'the reading is not told as hidden',
      },
      {
        id: 'defender.tamperProtectedExclusions',
        how: 'hand',
        command: `a machine under Intune with TPExclusions = 1: ${afterWrite}`,
        expected: 'defender.add differs: after false, no error; event 5013',
        otherwise: 'say which of the three it is',
      },
      {
        id: 'defender.goBuildPattern',
        how: 'hand',
        command: String.raw`elevated: Add-MpPreference -ExclusionPath 'C:\gangway-probe\go-build*'; MpCmdRun.exe -CheckExclusion -Path C:\gangway-probe\go-build123\x.exe; Remove-MpPreference -ExclusionPath 'C:\gangway-probe\go-build*'`,
        expected: 'is excluded, exit code 0',
        otherwise: 'a partial wildcard of a folder must not be proposed',
      },
      {
        id: 'defender.newJunction',
        how: 'hand',
        command:
          'an exclusion of a junction that was made after the start of Windows, -CheckExclusion below it',
        expected: 'not excluded until a restart',
        otherwise: 'the warning about a restart can go',
      },
    ],
  },
  {
    title: 'Defender, written',
    items: [
      {
        id: 'defender.addUnelevated',
        how: 'write',
        command: 'Add-MpPreference -ExclusionPath <own folder>, not elevated',
        expected: 'refused: 0xc0000142, 0x80070005, or category PermissionDenied',
        otherwise: 'a refusal without rights is told as a failure of Defender',
      },
      {
        id: 'defender.add',
        how: 'write',
        command:
          'Add-MpPreference -ExclusionPath <own folder>; -CheckExclusion; Get-MpPreference, elevated',
        expected: 'before false, after true, check excluded',
        otherwise: 'a protection against changes: see the error and event 5013',
      },
      {
        id: 'defender.contextual',
        how: 'write',
        command: String.raw`Add-MpPreference -ExclusionPath '<own folder>\:{PathType:folder,ScanTrigger:OnAccess,Process:"<own folder>\go.exe"}', elevated`,
        expected: 'before false, after true, stored as it was given',
        otherwise: 'the narrowest tier cannot be offered on this platform',
      },
      {
        id: 'defender.removed',
        how: 'write',
        command:
          'Remove-MpPreference -ExclusionPath <stored spelling>, asked for in capitals, elevated',
        expected: 'before true, after false, check notExcluded, no error',
        otherwise: 'an entry of ours stays: the report names the command that removes it',
      },
      {
        id: 'defender.restored',
        how: 'write',
        command: '(Get-MpPreference) before and after, elevated',
        expected: 'the same lists, entry by entry',
        otherwise: 'something was changed that was not ours: stop',
      },
      {
        id: 'defender.storedSpelling',
        how: 'hand',
        command: String.raw`elevated: Add-MpPreference -ExclusionPath 'C:\Gangway-probe\'; (Get-MpPreference).ExclusionPath; Remove-MpPreference -ExclusionPath 'c:\gangway-probe'; (Get-MpPreference).ExclusionPath; Remove-MpPreference -ExclusionPath 'C:\Gangway-probe\'`,
        expected:
          'stored with its backslash; the second command removes nothing, the last one does',
        otherwise: 'removal need not look for the stored spelling',
      },
    ],
  },
  {
    title: 'Events',
    items: [
      {
        id: 'events.defenderLog',
        how: 'read',
        command: `Get-WinEvent -LogName '${log}' -MaxEvents 1, not elevated`,
        expected: 'a record',
        otherwise: 'blocks are not noticed: the app says that the channel is shut',
      },
      {
        id: 'events.codeIntegrityLog',
        how: 'read',
        command:
          "Get-WinEvent -LogName 'Microsoft-Windows-CodeIntegrity/Operational' -MaxEvents 1, not elevated",
        expected: 'a record, or an empty log',
        otherwise: 'blocks by Smart App Control are not noticed: the app says so',
      },
      {
        id: 'events.access',
        how: 'read',
        command: `wevtutil.exe gl "${log}"`,
        expected:
          'a channelAccess that gives interactive users (IU) or everyone (WD) the right to read',
        otherwise: 'name the group that may read in the advice',
      },
      {
        id: 'events.noMatch',
        how: 'read',
        command: `Get-WinEvent -LogName '${log}' -FilterXPath '*[System[EventID=64999]]' -ErrorAction Stop`,
        expected: 'error id NoMatchingEventsFound…, category ObjectNotFound',
        otherwise: 'an empty log is told as one that cannot be read',
      },
      {
        id: 'events.time',
        how: 'read',
        command: 'TimeCreated of a record in UTC, and SystemTime of its XML',
        expected: 'the same millisecond',
        otherwise: "records are sorted by the machine's own time",
      },
      {
        id: 'events.1116',
        how: 'read',
        command: byNumber(1116),
        expected:
          'Detection ID, Threat Name, Path, Process Name, Action ID, Status Code, Error Code',
        otherwise: 'detections miss a field: parseEvent.ts',
      },
      {
        id: 'events.1121',
        how: 'read',
        command: byNumber(1121),
        expected: 'ID, Path, Process Name',
        otherwise: 'blocks by a rule miss a field: parseEvent.ts',
      },
      {
        id: 'events.3077',
        how: 'read',
        command: byNumber(3077, 'Microsoft-Windows-CodeIntegrity/Operational'),
        expected: 'File Name, Process Name, PolicyGUID',
        otherwise: 'blocks by Smart App Control miss a field: parseEvent.ts',
      },
      {
        id: 'events.5007',
        how: 'read',
        command: byNumber(5007),
        expected: 'Old Value, New Value',
        otherwise: 'the trace of our own changes is not found',
      },
      {
        id: 'events.5013',
        how: 'read',
        command: byNumber(5013),
        expected: 'Changed Type, Value',
        otherwise: 'what Tamper Protection refused is not named',
      },
      {
        id: 'events.changeLogged',
        how: 'write',
        command: `${byNumber(5007)} after an entry was added`,
        expected: String.raw`New Value ends with "\Exclusions\Paths\<own folder> = 0x0", within 15 s`,
        otherwise: 'the record says "missing" where the log has it in another form',
      },
      {
        id: 'events.cleared',
        how: 'hand',
        command: `wevtutil.exe cl "${log}", elevated, while the app watches; then make a detection`,
        expected: 'the detection is shown: the watch begins anew',
        otherwise: 'the bookmark outlives the log',
      },
    ],
  },
  {
    title: 'The task that ends an exclusion',
    items: [
      {
        id: 'task.registered',
        how: 'write',
        command: String.raw`Get-ScheduledTask -TaskPath '\Gangway\', elevated, after it was registered`,
        expected: 'there, with exactly the command line that was given',
        otherwise: 'the record says "another task": compare the arguments',
      },
      {
        id: 'task.ran',
        how: 'write',
        command: 'an exclusion that ends in a minute; Get-MpPreference after it',
        expected: 'the entry is gone, the others are as they were',
        otherwise: 'the task does not run as SYSTEM, or Defender does not let it remove',
      },
      {
        id: 'task.gone',
        how: 'write',
        command: String.raw`Get-ScheduledTask -TaskPath '\Gangway\' -TaskName <its name>, elevated, after its end`,
        expected: 'error of category ObjectNotFound: the task removed itself',
        otherwise: 'it stays and runs every hour: harmless, but to be mended',
      },
      {
        id: 'task.repetition',
        how: 'hand',
        command: String.raw`(Get-ScheduledTask -TaskPath '\Gangway\').Triggers.Repetition, elevated, with an exclusion of a day`,
        expected: 'PT1H without an end; StartBoundary ends with Z',
        otherwise: 'older Windows want -RepetitionDuration',
      },
      {
        id: 'task.missedStart',
        how: 'hand',
        command: 'an exclusion that ends while the computer is off; start it on battery',
        expected: 'the entry is gone within minutes',
        otherwise: 'StartWhenAvailable or the battery settings do not do what they say',
      },
      {
        id: 'task.access',
        how: 'hand',
        command: String.raw`schtasks.exe /change /tn \Gangway\<name> /disable, not elevated`,
        expected: 'access is denied',
        otherwise: 'a user can keep an exclusion for ever: set the access list of the task',
      },
    ],
  },
  {
    title: 'Constrained Language Mode',
    items: [
      {
        id: 'clm.status',
        how: 'read',
        command:
          "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage', then status.ps1",
        expected: 'an answer, the same as in full language',
        otherwise: "status.ps1 needs more than 5.1's constrained language has",
      },
      {
        id: 'clm.lists',
        how: 'read',
        command: 'the same, preferences.ps1',
        expected: 'an answer, the same as in full language',
        otherwise: "preferences.ps1 needs more than 5.1's constrained language has",
      },
      {
        id: 'clm.threats',
        how: 'read',
        command: 'the same, threats.ps1',
        expected: 'an answer, the same as in full language',
        otherwise: "threats.ps1 needs more than 5.1's constrained language has",
      },
      {
        id: 'clm.check',
        how: 'read',
        command: 'the same, mpCmdRun.ps1',
        expected: 'an answer, the same as in full language',
        otherwise: "mpCmdRun.ps1 needs more than 5.1's constrained language has",
      },
      {
        id: 'clm.events',
        how: 'read',
        command: 'the same, events.ps1',
        expected: 'error id MethodInvocationNotSupportedInConstrainedLanguage, or nothing to read',
        otherwise: 'the app does not say why it sees no blocks',
      },
      {
        id: 'clm.enforced',
        how: 'hand',
        command: 'an App Control policy with script enforcement, npm run selfcheck:windows',
        expected: 'host.version says ConstrainedLanguage; status, lists and history are told',
        otherwise: 'the enforced mode is stricter than the one that is set in a session',
      },
    ],
  },
  {
    title: 'Files and links',
    items: [
      {
        id: 'files.junction',
        how: 'write',
        command: "fs.symlink(target, link, 'junction'), not elevated",
        expected: 'made; realpath leads to the target',
        otherwise: 'no `current`: the app says so and names the version folder',
      },
      {
        id: 'files.switch',
        how: 'write',
        command: 'setLink of the installer, from one version to another and back',
        expected: '`current` leads where it should, no leftover beside it',
        otherwise: 'a crash in a switch leaves two links: link.ts',
      },
      {
        id: 'files.openFile',
        how: 'write',
        command: 'rename of a folder in which a file is open',
        expected: 'refused with EPERM, EACCES or EBUSY',
        otherwise: 'an upgrade under a running go.exe needs another message',
      },
      {
        id: 'files.longPath',
        how: 'write',
        command: 'a path of 300 characters made, read and removed by Node',
        expected: 'works',
        otherwise: 'archives with deep folders need the \\\\?\\ form',
      },
      {
        id: 'files.exFat',
        how: 'hand',
        command: 'install root on a USB stick with exFAT',
        expected: 'install.linkRefused with the reason "volume"; the version folder works',
        otherwise: 'link.ts must know the error that comes',
      },
      {
        id: 'files.go',
        how: 'hand',
        command: String.raw`%LOCALAPPDATA%\Gangway\go\current\bin\go.exe version, then go test ./... in a module`,
        expected: 'the version that was installed; the tests run',
        otherwise: 'the junction is resolved by Go: see GOROOT',
      },
      {
        id: 'files.mark',
        how: 'hand',
        command: String.raw`Get-Item -Stream * %LOCALAPPDATA%\Gangway\go\*\bin\go.exe`,
        expected: 'no Zone.Identifier',
        otherwise: 'SmartScreen asks at the first start: tell it',
      },
    ],
  },
  {
    title: 'App and installers',
    items: [
      {
        id: 'app.toast',
        how: 'hand',
        command: 'a block while the window is in the background',
        expected: 'a toast; a click does what the first button does',
        otherwise: 'the AppUserModelID is not that of the shortcut',
      },
      {
        id: 'app.toastButtons',
        how: 'hand',
        command: 'the same, buttons of the toast',
        expected: 'each does what it says',
        otherwise: 'show none on that version',
      },
      {
        id: 'app.securityLink',
        how: 'hand',
        command: 'start windowsdefender://threatsettings',
        expected: "Windows Security opens at Defender's settings",
        otherwise: 'describe the way in words',
      },
      {
        id: 'app.looks',
        how: 'hand',
        command: 'light, dark, the four contrast themes, 100, 150 and 200 % scaling, Narrator',
        expected: 'readable, nothing cut off, every row read out',
        otherwise: 'an issue with a picture',
      },
      {
        id: 'installer.msi',
        how: 'hand',
        command:
          'later, with MSI installs: Get-AuthenticodeSignature go<version>.windows-amd64.msi',
        expected: 'Valid, Google LLC',
        otherwise: 'the proof of an MSI has to change',
      },
    ],
  },
] as const satisfies readonly Group[];

type AnyItem = (typeof checklist)[number]['items'][number];
export type ReadId = Extract<AnyItem, { how: 'read' }>['id'];
export type WriteId = Extract<AnyItem, { how: 'write' }>['id'];
export type ItemId = AnyItem['id'];

export const items: readonly (Item & { readonly id: ItemId })[] = checklist.flatMap<
  Item & { readonly id: ItemId }
>((group) => [...group.items]);
