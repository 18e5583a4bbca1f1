// Defender and Windows' prompt in memory, named by outcome. They pass the same contract suites as the real adapters.
import type {
  ElevatedStep,
  Elevation,
  ElevationOutcome,
  EventRecord,
  ExclusionsReading,
  StepRecord,
} from '../../src/core/ports';
import { describeStep } from '../../src/core/ports';
import { configurationXml, defenderChannel } from '../../src/core/lab/defender/eventXml';
import { message, type DefenderStatus, type Exclusion } from '../../src/shared/model';
import { judgeExclusion, splitValue } from '../../src/shared/rules/exclusions';
import { isWithin, sameText } from '../../src/shared/rules/winPath';
import type { ProtectionUnderTest } from '../contract/protection';

interface Traits {
  readonly status?: Partial<DefenderStatus>;
  readonly visibility?: ExclusionsReading['visibility'];
  readonly visibleElevated?: boolean;
  readonly policy?: readonly Exclusion[];
  readonly writes?: 'work' | 'ignored' | 'withoutEffect' | 'fail';
  readonly answer?: 'yes' | 'no' | 'lost';
  readonly local?: readonly Exclusion[];
}

export interface FakeProtection extends ProtectionUnderTest {
  readonly local: Exclusion[];
  readonly tasks: Map<string, Exclusion>;
  readonly batches: (readonly ElevatedStep[])[];
}

export const defender = {
  on: (local: readonly Exclusion[] = []) => fake({ local }),
  tamperProtected: () => fake({ writes: 'ignored' }),
  managed: () =>
    fake({
      status: { managed: true },
      writes: 'withoutEffect',
      policy: [{ kind: 'path', value: 'C:\\ProgramData\\Contoso\\Agent' }],
    }),
  hiddenLists: () => fake({ visibility: 'hidden', visibleElevated: true }),
  /** Not even an administrator sees the list. */
  hiddenFromEveryone: () => fake({ visibility: 'hidden' }),
  thirdPartyAntivirus: () =>
    fake({
      status: { kind: 'otherAntivirus', otherAntivirus: 'Contoso Endpoint Protection' },
      visibility: 'unavailable',
      writes: 'fail',
    }),
  off: () =>
    fake({
      status: { kind: 'off', realTimeProtection: null, tamperProtection: null },
      visibility: 'unavailable',
      writes: 'fail',
    }),
};

export const uac = {
  declined: () => fake({ answer: 'no' }),
  /** The elevated side acts, and its record never comes. */
  lost: () => fake({ answer: 'lost' }),
};

function fake(traits: Traits): FakeProtection {
  const local: Exclusion[] = [...(traits.local ?? [])];
  const tasks = new Map<string, Exclusion>();
  const batches: (readonly ElevatedStep[])[] = [];
  const log: EventRecord[] = [];
  const listeners = new Set<(record: EventRecord) => void>();
  const writes = traits.writes ?? 'work';
  const visibility = traits.visibility ?? 'known';
  const same = (a: Exclusion, b: Exclusion): boolean =>
    a.kind === b.kind && sameText(a.value, b.value);
  const reading = (elevated: boolean): ExclusionsReading => {
    const shown = elevated && traits.visibleElevated === true ? 'known' : visibility;
    if (shown !== 'known') return { visibility: shown, exclusions: [] };
    const policy = (traits.policy ?? []).map((entry) => ({ ...entry, source: 'policy' as const }));
    return {
      visibility: 'known',
      exclusions: [...policy, ...local.map((entry) => ({ ...entry, source: 'local' as const }))],
    };
  };
  const covers = (path: string): boolean =>
    writes !== 'withoutEffect' &&
    local.some((entry) => {
      const split = splitValue(entry.value);
      return entry.kind === 'path' && split.kind === 'plain' && isWithin(path, split.path);
    });
  const emit = (change: { readonly before: string; readonly after: string }): void => {
    const recordId = log.length + 1;
    const xml = configurationXml(recordId, new Date().toISOString(), '4.18.26090.3', change);
    const record = { channel: defenderChannel, recordId, xml };
    log.push(record);
    for (const listener of listeners) listener(record);
  };
  const key = ({ value }: Exclusion): string =>
    `HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\${value} = 0x0`;

  const session = (steps: readonly ElevatedStep[]): readonly StepRecord[] => {
    const added: Exclusion[] = [];
    const seen = (
      exclusion: Exclusion,
      before: boolean | null,
      error: string | null,
    ): StepRecord => {
      const list = reading(true);
      const split = splitValue(exclusion.value);
      return {
        kind: 'exclusion',
        before,
        after:
          list.visibility === 'known' ? list.exclusions.some((one) => same(one, exclusion)) : null,
        check:
          writes === 'fail' || split.kind === 'malformed'
            ? 'unknown'
            : covers(split.path)
              ? 'excluded'
              : 'notExcluded',
        error,
      };
    };
    return steps.map((step): StepRecord => {
      const list = reading(true);
      const before = (exclusion: Exclusion): boolean | null =>
        list.visibility === 'known' ? list.exclusions.some((one) => same(one, exclusion)) : null;
      switch (step.kind) {
        case 'addExclusion': {
          const { exclusion } = step;
          const there = before(exclusion);
          const judged = judgeExclusion(exclusion);
          if (judged.kind === 'refused') return seen(exclusion, there, `refused: ${judged.why}`);
          if (judged.exclusion.value !== exclusion.value) return seen(exclusion, there, 'refused');
          if (writes === 'fail') return seen(exclusion, there, '0x800106ba');
          if (writes !== 'ignored' && !local.some((one) => same(one, exclusion))) {
            local.push(exclusion);
            added.push(exclusion);
            emit({ before: '', after: key(exclusion) });
          }
          return seen(exclusion, there, null);
        }
        case 'removeExclusion': {
          const there = before(step.exclusion);
          const at = local.findIndex((one) => same(one, step.exclusion));
          if (writes !== 'ignored' && at !== -1) {
            const [entry] = local.splice(at, 1);
            if (entry !== undefined) emit({ before: key(entry), after: '' });
          }
          return seen(step.exclusion, there, null);
        }
        case 'readPreferences':
          return { kind: 'preferences', reading: reading(true) };
        case 'registerExpiry':
          if (!added.some((one) => same(one, step.exclusion))) {
            return { kind: 'task', present: false, error: 'not added by this batch' };
          }
          tasks.set(step.task, step.exclusion);
          return { kind: 'task', present: true, error: null };
        case 'removeExpiry':
          tasks.delete(step.task);
          return { kind: 'task', present: false, error: null };
      }
    });
  };

  const elevation: Elevation = {
    asks: true,
    describe: (batch) => batch.steps.map(describeStep),
    run: (batch): Promise<ElevationOutcome> => {
      batches.push(batch.steps);
      const bad = batch.steps.some((step) => 'task' in step && !/^[\w-]+$/.test(step.task));
      if (bad || batch.steps.length === 0) {
        return Promise.resolve({ kind: 'unavailable', cause: 'malformed' });
      }
      if (traits.answer === 'no') return Promise.resolve({ kind: 'declined' });
      const records = session(batch.steps);
      return Promise.resolve(
        traits.answer === 'lost' ? { kind: 'lost', cause: 'no record' } : { kind: 'done', records },
      );
    },
  };
  const known = visibility === 'known';
  return {
    local,
    tasks,
    batches,
    elevation,
    defender: {
      status: () =>
        Promise.resolve({
          kind: 'on' as const,
          realTimeProtection: true,
          tamperProtection: true,
          managed: false,
          otherAntivirus: null,
          smartAppControl: 'off' as const,
          contextualExclusions: true,
          sentence: message('defender.sentence.on'),
          findings: [],
          readAt: new Date().toISOString(),
          ...traits.status,
        }),
      exclusions: () => Promise.resolve(reading(false)),
      check: (path) =>
        Promise.resolve(!known ? 'unknown' : covers(path) ? 'excluded' : 'notExcluded'),
    },
    events: {
      since: (at) =>
        Promise.resolve(
          log.filter(({ xml }) => {
            const time = /SystemTime='([^']+)'/.exec(xml)?.[1] ?? '';
            return Date.parse(time) >= at.getTime();
          }),
        ),
      subscribe: (after, onRecord) => {
        const bookmark = after[defenderChannel] ?? 0;
        for (const record of log) {
          if (bookmark > log.length || record.recordId > bookmark) onRecord(record);
        }
        listeners.add(onRecord);
        return Promise.resolve(() => {
          listeners.delete(onRecord);
        });
      },
    },
    close: () => undefined,
  };
}
