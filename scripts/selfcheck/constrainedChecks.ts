// The same scripts in Constrained Language Mode, which is set before the first of their texts is read. An enforced policy
// may be stricter; that needs a machine with one.
import { spawn } from 'node:child_process';
import type { ReadId } from './checklist';
import { differs, judged, passed, troubleOf, type Machine, type Seen } from './machine';
import { defenderLog } from './eventChecks';
import events from '../../src/core/windows/defender/events.ps1?raw';
import mpCmdRun from '../../src/core/windows/defender/mpCmdRun.ps1?raw';
import { eventsAnswerSchema } from '../../src/core/windows/defender/parseEvents';
import { mpCmdRunAnswerSchema } from '../../src/core/windows/defender/parseMpCmdRun';
import { preferencesAnswerSchema } from '../../src/core/windows/defender/parsePreferences';
import { statusAnswerSchema } from '../../src/core/windows/defender/parseStatus';
import { threatsAnswerSchema } from '../../src/core/windows/defender/parseThreats';
import preferences from '../../src/core/windows/defender/preferences.ps1?raw';
import status from '../../src/core/windows/defender/status.ps1?raw';
import threats from '../../src/core/windows/defender/threats.ps1?raw';
import { requestJson, type PowerShellAnswer } from '../../src/core/windows/powershell';
import common from '../../src/core/windows/powershell/common.ps1?raw';
import { readEnvelope } from '../../src/core/windows/powershell/envelope';
import type { z } from '../../src/shared/zod';

const patience = 60_000;
const constrain = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'";

export const constrainedChecks = {
  'clm.status': sameAsFull(status, {}, statusAnswerSchema),
  'clm.lists': sameAsFull(preferences, {}, preferencesAnswerSchema),
  'clm.threats': sameAsFull(threats, {}, threatsAnswerSchema),
  'clm.check': sameAsFull(
    mpCmdRun,
    { operation: 'check', path: 'C:\\Windows' },
    mpCmdRunAnswerSchema,
  ),
  'clm.events': async (machine) => {
    const wish = { name: defenderLog, events: [[0, 65_535]], after: null, below: null };
    const data = { most: 1, channels: [{ ...wish, since: '2000-01-01T00:00:00.000Z' }] };
    const answer = await constrained(machine, events, data, eventsAnswerSchema);
    if (answer.kind !== 'value') return differs(troubleOf(answer));
    const [told] = answer.value.channels;
    if (told === undefined) return differs('no answer');
    if (told.error === null) {
      return judged(told.records.length === 0, `${String(told.records.length)} records`);
    }
    return judged(told.error.id.startsWith('MethodInvocationNotSupported'), told.error.id);
  },
} satisfies Partial<Record<ReadId, (machine: Machine) => Promise<Seen>>>;

function sameAsFull<T>(
  script: string,
  data: unknown,
  schema: z.ZodType<T>,
): (machine: Machine) => Promise<Seen> {
  return async (machine) => {
    const full = await machine.session.run(script, data, schema);
    const answer = await constrained(machine, script, data, schema);
    if (answer.kind !== 'value') return differs(troubleOf(answer));
    if (full.kind !== 'value') return passed('an answer; in full language there is none');
    return judged(
      JSON.stringify(full.value) === JSON.stringify(answer.value),
      JSON.stringify(full.value) === JSON.stringify(answer.value)
        ? 'the same answer'
        : 'another answer than in full language',
    );
  };
}

/** A process of its own: its mode cannot be changed back. */
function constrained<T>(
  { powershell, environment }: Machine,
  script: string,
  data: unknown,
  schema: z.ZodType<T>,
): Promise<PowerShellAnswer<T>> {
  const id = 'selfcheck';
  const block = (text: string): string => text.replace(/\r\n/g, '\n').replace(/\n+$/, '');
  const input = [
    constrain,
    '',
    `. {\n${block(common)}\n}`,
    '',
    `& {\n${block(script)}\n} '${requestJson(id, data)}'`,
    '',
    'exit',
    '',
    '',
  ].join('\n');
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-NoExit', '-Command', '-'];
  const child = spawn(powershell, args, {
    env: { ...environment },
    stdio: 'pipe',
    windowsHide: true,
  });
  let text = '';
  let beside = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (beside += part));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ kind: 'lost', why: 'cannotStart', cause: error.message });
    });
    child.on('close', () => {
      clearTimeout(timer);
      resolve(readEnvelope(text, id, schema, beside).answer);
    });
  });
}
