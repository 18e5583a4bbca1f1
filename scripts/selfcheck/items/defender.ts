// Defender as it answers, and what comes of writing.
import { afterWrite, type Group } from './item';

export const defenderItems = [
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
        command: '(Get-MpPreference).ExclusionPath',
        words: 'not elevated',
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
        command: String.raw`Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Policies\Microsoft\Windows Defender', '…\Policy Manager', 'HKLM:\SOFTWARE\Microsoft\Windows Defender', '…\Features', 'HKLM:\SYSTEM\CurrentControlSet\Control\CI\Policy'`,
        words: 'not elevated',
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
        command: String.raw`MpCmdRun.exe -CheckExclusion -Path C:\Windows`,
        words: 'not elevated',
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
        command: 'Get-MpThreatDetection; Get-MpThreat',
        words: 'not elevated',
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
        command: 'MpCmdRun.exe -Restore -FilePath <path of a quarantined file>',
        words: 'elevated and not',
        expected:
          'elevated the file is back; not elevated a number of failure, 0x80070005 or 0x800702e4',
        otherwise: 'troubleOfRun must know the other number',
      },
      {
        id: 'defender.update',
        how: 'hand',
        command: 'Update-MpSignature',
        words: 'not elevated',
        expected: 'no error, and a version that is the same or higher',
        otherwise: 'an update needs the elevated batch',
      },
      {
        id: 'defender.serviceOff',
        how: 'hand',
        command: 'Get-MpComputerStatus',
        words: 'where the service WinDefend is off',
        expected: 'error id that begins with "HRESULT 0x800106ba"',
        otherwise: 'trouble.ts must know the other number',
      },
      {
        id: 'defender.hiddenFromAdministrators',
        how: 'hand',
        command: '(Get-MpPreference).ExclusionPath',
        words: 'elevated, under the policy HideExclusionsFromLocalAdmins = 1',
        expected: '"N/A: Administrators are not allowed to view exclusions"',
        otherwise: 'the reading is not told as hidden',
      },
      {
        id: 'defender.tamperProtectedExclusions',
        how: 'hand',
        command: afterWrite,
        words: 'a machine under Intune with TPExclusions = 1',
        expected: 'defender.add differs: after false, no error; event 5013',
        otherwise: 'say which of the three it is',
      },
      {
        id: 'defender.goBuildPattern',
        how: 'hand',
        command: String.raw`Add-MpPreference -ExclusionPath 'C:\gangway-probe\go-build*'; MpCmdRun.exe -CheckExclusion -Path C:\gangway-probe\go-build123\x.exe; Remove-MpPreference -ExclusionPath 'C:\gangway-probe\go-build*'`,
        words: 'elevated',
        expected: 'is excluded, exit code 0',
        otherwise: 'a partial wildcard of a folder must not be proposed',
      },
      {
        id: 'defender.newJunction',
        how: 'hand',
        words:
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
        command: 'Add-MpPreference -ExclusionPath <own folder>',
        words: 'not elevated',
        expected: 'refused: 0xc0000142, 0x80070005, or category PermissionDenied',
        otherwise: 'a refusal without rights is told as a failure of Defender',
      },
      {
        id: 'defender.add',
        how: 'write',
        command: 'Add-MpPreference -ExclusionPath <own folder>; -CheckExclusion; Get-MpPreference',
        words: 'elevated',
        expected: 'before false, after true, check excluded',
        otherwise: 'a protection against changes: see the error and event 5013',
      },
      {
        id: 'defender.contextual',
        how: 'write',
        command: String.raw`Add-MpPreference -ExclusionPath '<own folder>\:{PathType:folder,ScanTrigger:OnAccess,Process:"<own folder>\go.exe"}'`,
        words: 'elevated',
        expected: 'before false, after true, stored as it was given',
        otherwise: 'the narrowest tier cannot be offered on this platform',
      },
      {
        id: 'defender.removed',
        how: 'write',
        command: 'Remove-MpPreference -ExclusionPath <stored spelling>',
        words: 'asked for in capitals, elevated',
        expected: 'before true, after false, check notExcluded, no error',
        otherwise: 'an entry of ours stays: the report names the command that removes it',
      },
      {
        id: 'defender.restored',
        how: 'write',
        command: '(Get-MpPreference) before and after',
        words: 'elevated',
        expected: 'the same lists, entry by entry',
        otherwise: 'something was changed that was not ours: stop',
      },
      {
        id: 'defender.storedSpelling',
        how: 'hand',
        command: String.raw`Add-MpPreference -ExclusionPath 'C:\Gangway-probe\'; (Get-MpPreference).ExclusionPath; Remove-MpPreference -ExclusionPath 'c:\gangway-probe'; (Get-MpPreference).ExclusionPath; Remove-MpPreference -ExclusionPath 'C:\Gangway-probe\'`,
        words: 'elevated',
        expected:
          'stored with its backslash; the second command removes nothing, the last one does',
        otherwise: 'removal need not look for the stored spelling',
      },
    ],
  },
] as const satisfies readonly Group[];
