// Events become stories: 1116 and 1117 of one detection are one block, and a burst of test programs is one row. The
// same events give the same blocks, with the same ids, in any order of arrival.
import type { WindowsEvent } from './parseEvent';
import { goFileOf, type GoFile, type GoPlaces } from './goFiles';
import type { Identify, KnownFile } from './knownFile';
import { describeBlock, type Story } from './describe';
import type { Block } from '../../../shared/model';
import { foldCase } from '../../../shared/rules/winPath';

export interface StoryContext {
  readonly places: GoPlaces;
  readonly identify: Identify;
}

/** Milliseconds between two detections of one burst at most. */
const burstGap = 10 * 60_000;
/** Evidence of a burst names this many files. */
const maxListed = 20;

type Detection = Extract<WindowsEvent, { kind: 'detection' }>;

interface Incident extends Pick<
  Story,
  'source' | 'action' | 'path' | 'threat' | 'process' | 'rule'
> {
  readonly id: string;
  readonly at: string;
  readonly evidence: readonly { readonly id: string; readonly value: string }[];
}

/** Newest first. `seen` are ids that the user has looked at. */
export async function tellBlocks(
  events: readonly WindowsEvent[],
  context: StoryContext,
  seen: ReadonlySet<string> = new Set(),
): Promise<readonly Block[]> {
  const incidents = [...detections(events), ...others(events)].sort(byTime);
  const bursts: { story: GoFile; known: KnownFile | null; key: string; of: Incident[] }[] = [];
  const last = new Map<string, (typeof bursts)[number]>();
  for (const incident of incidents) {
    const known = await context.identify(incident.path, incident.at);
    const story = goFileOf(incident.path, context.places, known);
    const what = story.kind === 'testProgram' ? 'tests' : foldCase(incident.path);
    const key = [incident.source, incident.action, incident.rule, what].join('|');
    const open = last.get(key);
    const gap =
      open === undefined
        ? Infinity
        : Date.parse(incident.at) - Date.parse(open.of.at(-1)?.at ?? '');
    if (open !== undefined && gap <= burstGap) {
      open.of.push(incident);
      continue;
    }
    const burst = { story, known, key, of: [incident] };
    bursts.push(burst);
    last.set(key, burst);
  }
  return bursts.map((burst) => asBlock(burst, seen)).reverse();
}

function asBlock(
  { story, known, of }: { story: GoFile; known: KnownFile | null; of: readonly Incident[] },
  seen: ReadonlySet<string>,
): Block {
  const [first] = of;
  if (first === undefined) throw new Error('a burst without an incident');
  const newest = of.at(-1) ?? first;
  const told: Story = {
    source: first.source,
    action: first.action,
    path: newest.path,
    threat: newest.threat,
    process: newest.process,
    rule: first.rule,
    file: story,
    known,
    count: of.length,
    distinct: new Set(of.map((incident) => foldCase(incident.path))).size,
  };
  const files = [...new Set(of.map((incident) => incident.path))];
  const listed =
    files.length > 1
      ? [{ id: 'files', value: files.slice(0, maxListed).join('\n').slice(0, 8192) }]
      : [];
  return {
    id: first.id,
    at: newest.at,
    source: first.source,
    action: first.action,
    path: newest.path.slice(0, 4096),
    threat: newest.threat,
    ...describeBlock(told),
    count: of.length,
    seen: seen.has(first.id),
    evidence: [...newest.evidence, ...listed],
  };
}

/** Events of one Detection ID are one incident; the last action that was taken tells how it ended. */
function detections(events: readonly WindowsEvent[]): readonly Incident[] {
  const groups = new Map<string, Detection[]>();
  for (const event of events) {
    if (event.kind !== 'detection') continue;
    // Without an id it stands alone.
    const key = event.detectionId === '' ? `record ${String(event.recordId)}` : event.detectionId;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else if (!group.some((other) => other.recordId === event.recordId)) group.push(event);
  }
  return [...groups].flatMap(([key, group]) => {
    group.sort((a, b) => a.at.localeCompare(b.at) || a.recordId - b.recordId);
    const [first] = group;
    const last = group.filter((event) => event.eventId !== 1116).at(-1) ?? first;
    if (first === undefined || last === undefined) return [];
    const path = last.paths[0]?.path ?? first.paths[0]?.path ?? '';
    return [
      {
        id: `defender-${key.replace(/[^0-9A-Za-z]/g, '')}`.slice(0, 96),
        at: first.at,
        source: 'defender' as const,
        action: actionOf(last),
        path,
        threat: (last.threat || first.threat).slice(0, 256) || null,
        process: last.process || first.process,
        rule: '',
        evidence: evidenceOf(
          group.map((event) => event.eventId),
          last.fields,
        ),
      },
    ];
  });
}

function actionOf(event: Detection): Block['action'] {
  if (event.eventId === 1118 || event.eventId === 1119) return 'failed';
  // MPTHREAT_STATUS from 102 on: the action failed.
  if (event.statusCode >= 102) return 'failed';
  switch (event.actionId) {
    case 2:
      return 'quarantined';
    case 1:
    case 3:
      return 'removed';
    case 6:
      return 'allowed';
    case 10:
      return 'blocked';
    default:
      return 'detected';
  }
}

function others(events: readonly WindowsEvent[]): readonly Incident[] {
  const incidents = new Map<string, Incident>();
  for (const event of events) {
    switch (event.kind) {
      case 'surfaceReduction': {
        const id = `asr-${event.at.replace(/\D/g, '')}-${String(event.recordId)}`;
        incidents.set(id, {
          id,
          at: event.at,
          source: 'attackSurfaceReduction',
          action: 'blocked',
          path: event.path,
          threat: null,
          process: event.process,
          rule: event.rule,
          evidence: evidenceOf([1121], event.fields),
        });
        break;
      }
      case 'appControl': {
        const id = `ci-${event.at.replace(/\D/g, '')}-${String(event.recordId)}`;
        incidents.set(id, {
          id,
          at: event.at,
          source: 'appControl',
          action: 'blocked',
          path: fromNtPath(event.file),
          threat: null,
          process: fromNtPath(event.process),
          rule: event.policy,
          evidence: evidenceOf([3077], event.fields),
        });
        break;
      }
      case 'detection':
      case 'configuration':
        break;
    }
  }
  return [...incidents.values()];
}

/**
 * `\Device\HarddiskVolume3\Users\…` without a table of volumes: paths of the system drive are known by their first name.
 * Any other stays as it is.
 */
function fromNtPath(path: string): string {
  const match =
    /^\\Device\\HarddiskVolume\d+(\\(?:Users|Windows|Program Files|Program Files \(x86\)|ProgramData|Go)\\.*)$/i.exec(
      path,
    );
  return match === null ? path : `C:${match[1] ?? ''}`;
}

const evidenceFields: readonly (readonly [id: string, field: string])[] = [
  ['detectionId', 'Detection ID'],
  ['threatId', 'Threat ID'],
  ['threatName', 'Threat Name'],
  ['path', 'Path'],
  ['path', 'File Name'],
  ['process', 'Process Name'],
  ['detectionType', 'Type Name'],
  ['rule', 'ID'],
  ['policy', 'PolicyName'],
  ['sha256', 'SHA256 Flat Hash'],
  ['errorCode', 'Error Code'],
  ['status', 'Status'],
  ['signatures', 'Security intelligence Version'],
  ['signatures', 'Signature Version'],
  ['engine', 'Engine Version'],
];

function evidenceOf(
  eventIds: readonly number[],
  fields: Readonly<Record<string, string>>,
): Incident['evidence'] {
  return [
    { id: 'events', value: eventIds.join(', ') },
    ...evidenceFields.flatMap(([id, field]) => {
      const value = fields[field];
      return value === undefined || value === '' ? [] : [{ id, value: value.slice(0, 8192) }];
    }),
  ];
}

function byTime(a: Incident, b: Incident): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;
}
