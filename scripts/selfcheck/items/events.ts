// Windows' event log.
import { byNumber, log, type Group } from './item';

export const eventItems = [
  {
    title: 'Events',
    items: [
      {
        id: 'events.defenderLog',
        how: 'read',
        command: `Get-WinEvent -LogName '${log}' -MaxEvents 1`,
        words: 'not elevated',
        expected: 'a record',
        otherwise: 'blocks are not noticed: the app says that the channel is shut',
      },
      {
        id: 'events.codeIntegrityLog',
        how: 'read',
        command: "Get-WinEvent -LogName 'Microsoft-Windows-CodeIntegrity/Operational' -MaxEvents 1",
        words: 'not elevated',
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
        words: 'TimeCreated of a record in UTC, and SystemTime of its XML',
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
        command: byNumber(5007),
        words: 'after an entry was added',
        expected: String.raw`New Value ends with "\Exclusions\Paths\<own folder> = 0x0", within 15 s`,
        otherwise: 'the record says "missing" where the log has it in another form',
      },
      {
        id: 'events.cleared',
        how: 'hand',
        command: `wevtutil.exe cl "${log}"`,
        words: 'elevated, while the app watches; then make a detection',
        expected: 'the detection is shown: the watch begins anew',
        otherwise: 'the bookmark outlives the log',
      },
    ],
  },
] as const satisfies readonly Group[];
