// Windows' event log as a user may read it. Of records only the names of their fields are told.
import { win32 } from 'node:path';
import type { ReadId } from './checklist';
import {
  couldNotTell,
  differs,
  judged,
  oneLine,
  passed,
  troubleOf,
  type Machine,
  type Seen,
} from './machine';
import noMatch from './noMatch.ps1?raw';
import events from '../../src/core/windows/defender/events.ps1?raw';
import { eventsAnswerSchema } from '../../src/core/windows/defender/parseEvents';
import type { PowerShellSession } from '../../src/core/windows/powershell';
import { z } from '../../src/shared/zod';

export const defenderLog = 'Microsoft-Windows-Windows Defender/Operational';
const codeIntegrityLog = 'Microsoft-Windows-CodeIntegrity/Operational';

const ofDetections = [
  'Detection ID',
  'Threat Name',
  'Path',
  'Process Name',
  'Action ID',
  'Status Code',
  'Error Code',
];

export const eventChecks = {
  'events.defenderLog': (machine) => readable(machine, defenderLog, true),
  'events.codeIntegrityLog': (machine) => readable(machine, codeIntegrityLog, false),
  'events.access': async (machine) => {
    const { platform, environment } = machine;
    if (platform !== 'win32') return couldNotTell('not Windows');
    const wevtutil = win32.join(environment['SystemRoot'] ?? '', 'System32', 'wevtutil.exe');
    const text = await machine.output(wevtutil, ['gl', defenderLog]);
    const access = /channelAccess:\s*(\S+)/.exec(text ?? '')?.[1];
    if (access === undefined) return couldNotTell(oneLine(text ?? 'no wevtutil.exe'));
    return judged(
      /\(A;;0x[0-9a-f]*[13579bdf];;;(?:IU|WD|AU|BU|AC|S-1-5-3)\)/i.test(access),
      access,
    );
  },
  'events.noMatch': async ({ session }) => {
    const answer = await session.run(noMatch, {}, z.unknown());
    if (answer.kind === 'value') return differs('an answer');
    const asExpected =
      answer.kind === 'error' &&
      answer.error.id.startsWith('NoMatchingEventsFound') &&
      answer.error.category === 'ObjectNotFound';
    return judged(asExpected, troubleOf(answer));
  },
  'events.time': async ({ session }) => {
    const found = await newest(session, defenderLog, [1, 65_535]);
    if (found.kind !== 'record') return couldNotTell(found.why);
    const written = /SystemTime=['"]([^'"]+)['"]/.exec(found.xml)?.[1] ?? '';
    const apart = Math.abs(Date.parse(written) - Date.parse(found.at));
    return judged(apart <= 1, `${found.at} and ${written}`);
  },
  'events.1116': fields(defenderLog, 1116, ofDetections),
  'events.1121': fields(defenderLog, 1121, ['ID', 'Path', 'Process Name']),
  'events.3077': fields(codeIntegrityLog, 3077, ['File Name', 'Process Name', 'PolicyGUID']),
  'events.5007': fields(defenderLog, 5007, ['Old Value', 'New Value']),
  'events.5013': fields(defenderLog, 5013, ['Changed Type', 'Value']),
} satisfies Partial<Record<ReadId, (machine: Machine) => Promise<Seen>>>;

type Newest =
  | { readonly kind: 'record'; readonly at: string; readonly xml: string }
  | { readonly kind: 'none' | 'trouble'; readonly why: string };

/** The newest record of some numbers. */
export async function newest(
  session: PowerShellSession,
  channel: string,
  numbers: readonly [from: number, to: number],
  since = '2000-01-01T00:00:00.000Z',
): Promise<Newest> {
  const records = await recordsOf(session, channel, numbers, since, 1);
  if (records.kind === 'trouble') return records;
  const [record] = records.records;
  return record === undefined
    ? { kind: 'none', why: 'no such record' }
    : { kind: 'record', ...record };
}

export async function recordsOf(
  session: PowerShellSession,
  channel: string,
  numbers: readonly [from: number, to: number],
  since: string,
  most: number,
): Promise<
  | { readonly kind: 'records'; readonly records: readonly { at: string; xml: string }[] }
  | { readonly kind: 'trouble'; readonly why: string }
> {
  const wish = { name: channel, events: [numbers], after: null, since, below: null };
  const answer = await session.run(events, { most, channels: [wish] }, eventsAnswerSchema);
  if (answer.kind !== 'value') return { kind: 'trouble', why: troubleOf(answer) };
  const [told] = answer.value.channels;
  if (told === undefined) return { kind: 'trouble', why: 'no answer' };
  if (told.error !== null) {
    return { kind: 'trouble', why: troubleOf({ kind: 'error', error: told.error, noise: '' }) };
  }
  return { kind: 'records', records: told.records };
}

async function readable({ session }: Machine, channel: string, isBusy: boolean): Promise<Seen> {
  const found = await newest(session, channel, [0, 65_535]);
  switch (found.kind) {
    case 'record':
      return passed('a record');
    case 'none':
      return isBusy ? couldNotTell('it is empty') : passed('it is empty');
    case 'trouble':
      return differs(found.why);
  }
}

function fields(
  channel: string,
  number: number,
  wanted: readonly string[],
): (machine: Machine) => Promise<Seen> {
  return async ({ session }) => {
    const found = await newest(session, channel, [number, number]);
    if (found.kind !== 'record') return couldNotTell(found.why);
    const names = [...found.xml.matchAll(/<Data Name=['"]([^'"]+)['"]/g)].map(
      ([, name]) => name ?? '',
    );
    return judged(
      wanted.every((name) => names.includes(name)),
      names.join(', '),
    );
  };
}
