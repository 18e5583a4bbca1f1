// What Defender says to a user without an administrator's rights. Lists are counted and never told.
import type { ReadId } from './checklist';
import {
  couldNotTell,
  differs,
  judged,
  judgeRun,
  oneLine,
  passed,
  troubleOf,
  type Machine,
  type Seen,
} from './machine';
import missingKey from './missingKey.ps1?raw';
import program from './program.ps1?raw';
import mpCmdRun from '../../src/core/windows/defender/mpCmdRun.ps1?raw';
import {
  mpCmdRunAnswerSchema,
  type MpCmdRunAnswer,
} from '../../src/core/windows/defender/parseMpCmdRun';
import {
  parsePreferences,
  preferencesAnswerSchema,
} from '../../src/core/windows/defender/parsePreferences';
import { statusAnswerSchema, type StatusAnswer } from '../../src/core/windows/defender/parseStatus';
import { threatsAnswerSchema } from '../../src/core/windows/defender/parseThreats';
import preferences from '../../src/core/windows/defender/preferences.ps1?raw';
import status from '../../src/core/windows/defender/status.ps1?raw';
import threats from '../../src/core/windows/defender/threats.ps1?raw';
import { z } from '../../src/shared/zod';

const statusFields = [
  'AMRunningMode',
  'AMServiceEnabled',
  'AMProductVersion',
  'AMEngineVersion',
  'AntivirusEnabled',
  'RealTimeProtectionEnabled',
  'IsTamperProtected',
  'SmartAppControlState',
];
const runningModes =
  /^(?:normal|passive mode|passive audit mode|edr block mode|sxs passive mode|not running)$/i;
const registryParts = ['policy', 'policyManager', 'product', 'features', 'codeIntegrity'] as const;
const detectionFields = ['DetectionID', 'ThreatID', 'Resources', 'InitialDetectionTime'];

export const defenderChecks = {
  'defender.status': (machine) =>
    ofStatus(machine, ({ computer }) => {
      if (!computer.ok)
        return differs(troubleOf({ kind: 'error', error: computer.error, noise: '' }));
      const fields = computer.value ?? {};
      const missing = statusFields.filter(
        (name) => fields[name] === undefined || fields[name] === null,
      );
      const told = statusFields
        .map((name) => `${name}=${JSON.stringify(fields[name] ?? null)}`)
        .join(' ');
      return judged(missing.length === 0, told);
    }),
  'defender.runningMode': (machine) =>
    ofStatus(machine, ({ computer }) => {
      const mode = computer.ok ? computer.value?.['AMRunningMode'] : undefined;
      if (typeof mode !== 'string') return couldNotTell('no running mode was told');
      return judged(runningModes.test(mode), JSON.stringify(mode));
    }),
  'defender.lists': ({ session }) =>
    judgeRun(session, preferences, {}, preferencesAnswerSchema, (answer) => {
      if (!answer.preferences.ok) {
        return differs(troubleOf({ kind: 'error', error: answer.preferences.error, noise: '' }));
      }
      const { visibility, exclusions } = parsePreferences(answer);
      const raw = answer.preferences.value?.['ExclusionPath'];
      const first: unknown = Array.isArray(raw) ? raw[0] : raw;
      switch (visibility) {
        case 'known':
          return passed(`shown: ${String(exclusions.length)} entries`);
        case 'hidden':
          return passed(`hidden: ${JSON.stringify(first)}`);
        case 'unavailable':
          return differs('an object in which nothing is told');
      }
    }),
  'defender.securityCenter': (machine) =>
    ofStatus(machine, ({ antivirus, computer }) => {
      if (!antivirus.ok)
        return differs(troubleOf({ kind: 'error', error: antivirus.error, noise: '' }));
      const products = (antivirus.value ?? []).map((product) => ({
        name: String(product['displayName']),
        state: Number(product['productState']),
      }));
      const text = products.map(({ name, state }) => `${name}: 0x${state.toString(16)}`).join(', ');
      const own = products.find(({ name }) => /^(?:windows|microsoft) defender/i.test(name));
      const enabled = computer.ok ? computer.value?.['AntivirusEnabled'] : undefined;
      if (own === undefined || typeof enabled !== 'boolean')
        return couldNotTell(text || 'no product');
      return judged(
        ((own.state & 0x1000) !== 0) === enabled,
        `${text}; enabled: ${String(enabled)}`,
      );
    }),
  'defender.registry': (machine) =>
    ofStatus(machine, (answer) => {
      const bad = registryParts.flatMap((name) => {
        const part = answer[name];
        return part.ok ? [] : [`${name}: ${part.error.id}`];
      });
      return bad.length === 0
        ? passed(
            registryParts
              .map((name) => {
                const part = answer[name];
                return `${name}: ${part.ok && part.value !== null ? JSON.stringify(part.value) : 'not there'}`;
              })
              .join(', '),
          )
        : differs(bad.join(', '));
    }),
  'defender.missingKey': async ({ session }) => {
    const answer = await session.run(missingKey, {}, z.unknown());
    if (answer.kind === 'value') return differs('it is there');
    const asExpected = answer.kind === 'error' && answer.error.category === 'ObjectNotFound';
    return judged(asExpected, troubleOf(answer));
  },
  'defender.program': ({ session }) => {
    const schema = z.object({
      place: z.string(),
      there: z.boolean(),
      platforms: z.array(z.string()),
    });
    return judgeRun(session, program, {}, schema, ({ place, there, platforms }) => {
      const newest = newestOf(platforms);
      const named = /([^\\/]+)[\\/]*$/.exec(place)?.[1] ?? '';
      const seen = `${place || 'not told'}${there ? '' : ' (no MpCmdRun.exe)'}, newest: ${newest ?? 'none'}`;
      return judged(there && (newest === null || named === newest), seen);
    });
  },
  'defender.checkUnelevated': ({ session }) =>
    ofProgram(session, 'check', 'C:\\Windows', (answer) =>
      judged(
        answer.exitCode === 1 || /hr\s*=\s*0x[0-9a-f]{8}/i.test(answer.output.join(' ')),
        saidBy(answer),
      ),
    ),
  'defender.scan': ({ session, powershell, platform }) => {
    const path =
      platform === 'win32'
        ? powershell
        : 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
    return ofProgram(session, 'scan', path, (answer) =>
      judged(answer.exitCode === 0, saidBy(answer)),
    );
  },
  'defender.threats': ({ session }) =>
    judgeRun(session, threats, {}, threatsAnswerSchema, ({ detections, threats: names }) => {
      const lacking = detectionFields.filter((name) =>
        detections.some((fields) => fields[name] === undefined || fields[name] === null),
      );
      const seen = `${String(detections.length)} detections, ${String(names.length)} names`;
      return lacking.length === 0
        ? passed(seen)
        : differs(`${seen}, without ${lacking.join(', ')}`);
    }),
} satisfies Partial<Record<ReadId, (machine: Machine) => Promise<Seen>>>;

function ofStatus({ session }: Machine, judge: (answer: StatusAnswer) => Seen): Promise<Seen> {
  return judgeRun(session, status, {}, statusAnswerSchema, judge);
}

function ofProgram(
  session: Machine['session'],
  operation: 'check' | 'scan',
  path: string,
  judge: (answer: MpCmdRunAnswer) => Seen,
): Promise<Seen> {
  return judgeRun(session, mpCmdRun, { operation, path }, mpCmdRunAnswerSchema, (answer) =>
    answer.found ? judge(answer) : differs('no MpCmdRun.exe'),
  );
}

function saidBy({ exitCode, output }: MpCmdRunAnswer): string {
  return `exit code ${String(exitCode)}: ${oneLine(output.join(' '))}`;
}

/** `4.18.9-0` comes before `4.18.10-0`. */
export function newestOf(names: readonly string[]): string | null {
  const parts = (name: string): readonly number[] => name.split(/[.-]/).map(Number);
  const versions = names.filter((name) => /^\d+(?:\.\d+){1,3}(?:-\d+)?$/.test(name));
  return versions.reduce<string | null>((best, name) => {
    if (best === null) return name;
    const [a, b] = [parts(name), parts(best)];
    const at = a.findIndex((part, index) => part !== b[index]);
    return at >= 0 && (a[at] ?? 0) > (b[at] ?? -1) ? name : best;
  }, null);
}
