// Writing, by the product's own elevated batches: entries for the selfcheck's own folder and no other, one of them with an
// end, all taken back, and the lists compared entry by entry. Whatever happens in between, taking back is tried.
import { randomBytes } from 'node:crypto';
import addUnelevated from './addUnelevated.ps1?raw';
import type { WriteId } from './checklist';
import { defenderLog, recordsOf } from './eventChecks';
import {
  couldNotTell,
  differs,
  judged,
  passed,
  troubleOf,
  type Machine,
  type Seen,
} from './machine';
import { troubleOf as meaningOf } from '../../src/core/windows/defender/trouble';
import { describeStep } from '../../src/core/ports';
import type { ElevatedStep, ElevationOutcome } from '../../src/core/ports';
import type { Exclusion } from '../../src/shared/model';
import { added, promptSeen, records, removed, restored } from './writeRecords';
import {
  removeCommand,
  removeExpiryCommand,
  writeContextual,
} from '../../src/shared/rules/exclusions';
import { foldCase } from '../../src/shared/rules/winPath';
import { z } from '../../src/shared/zod';

type DefenderWriteId = Exclude<WriteId, `files.${string}`>;
type Told = Readonly<Record<DefenderWriteId, Seen>>;

/** Milliseconds from the batch to the end of the one entry that has an end. */
const untilEnd = 60_000;
/** Milliseconds that the task may take after it. */
const taskPatience = 90_000;
/** Milliseconds until Windows takes the other entries back by itself. */
const atTheLatest = 3_600_000;
const logPatience = 15_000;
const look = 2_000;

export async function writeChecks(machine: Machine): Promise<Told> {
  const { probe, elevation } = machine;
  const task = `Gangway-Selfcheck-${randomBytes(4).toString('hex')}`;
  const path = (value: string): Exclusion => ({ kind: 'path', value });
  const plain = path(`${probe}\\plain`);
  const contextual = path(
    writeContextual(`${probe}\\contextual`, {
      pathType: 'folder',
      scanType: null,
      scanTrigger: 'OnAccess',
      processes: [`${probe}\\go.exe`],
    }),
  );
  const ending = path(`${probe}\\ending`);
  const unelevated = path(`${probe}\\unelevated`);
  const end = (ms: number): string => new Date(machine.now().getTime() + ms).toISOString();
  const doing: readonly ElevatedStep[] = [
    { kind: 'readPreferences' },
    { kind: 'addExclusion', exclusion: plain },
    { kind: 'addExclusion', exclusion: contextual },
    { kind: 'addExclusion', exclusion: ending },
    { kind: 'registerExpiry', task, exclusion: ending, at: end(untilEnd) },
    // Should this program be killed, they go all the same.
    { kind: 'registerExpiry', task: `${task}-plain`, exclusion: plain, at: end(atTheLatest) },
    {
      kind: 'registerExpiry',
      task: `${task}-context`,
      exclusion: contextual,
      at: end(atTheLatest),
    },
  ];
  const undoing: readonly ElevatedStep[] = [
    { kind: 'readPreferences' },
    { kind: 'removeExclusion', exclusion: path(foldCase(plain.value)) },
    { kind: 'removeExclusion', exclusion: contextual },
    { kind: 'removeExclusion', exclusion: ending },
    { kind: 'removeExclusion', exclusion: unelevated },
    { kind: 'removeExpiry', task },
    { kind: 'removeExpiry', task: `${task}-plain` },
    { kind: 'removeExpiry', task: `${task}-context` },
    { kind: 'readPreferences' },
  ];
  const refused = await tryUnelevated(machine, unelevated);
  machine.tell(
    `Windows will ask for:\n${doing.map((step) => `  ${describeStep(step)}`).join('\n')}`,
  );
  const since = new Date(machine.now().getTime() - 1000).toISOString();
  const done = await elevation.run({ id: 'selfcheck-do', steps: doing });
  const nothingWritten = done.kind === 'declined' || done.kind === 'unavailable';
  if (nothingWritten && refused.status === 'passed') {
    return { ...everyLine(couldNotTell('nothing was written')), ...promptOnly(done, refused) };
  }
  const watched = nothingWritten ? null : await watch(machine, plain, ending, since);
  machine.tell(
    `Windows will ask for:\n${undoing.map((step) => `  ${describeStep(step)}`).join('\n')}`,
  );
  const undone = await undo(machine, undoing);
  const byHand = [plain, contextual, ending, unelevated].map(removeCommand);
  return {
    'elevation.prompt': promptSeen(done),
    'defender.addUnelevated': refused,
    ...added(records(done)),
    'events.changeLogged': watched?.logged ?? couldNotTell('nothing was written'),
    ...removed(records(undone), watched?.endedAfter ?? null),
    'defender.restored': restored(records(done), records(undone), [
      ...byHand,
      ...[task, `${task}-plain`, `${task}-context`].map(removeExpiryCommand),
    ]),
  };
}

async function tryUnelevated({ session }: Machine, exclusion: Exclusion): Promise<Seen> {
  const schema = z.object({ refused: z.boolean() });
  const answer = await session.run(addUnelevated, { path: exclusion.value }, schema);
  if (answer.kind === 'value') return differs('it was not refused: is this PowerShell elevated?');
  if (answer.kind === 'lost') return differs(troubleOf(answer));
  return judged(meaningOf(answer.error).id === 'notPermitted', troubleOf(answer));
}

/** Once more where the first try came to nothing. */
async function undo(machine: Machine, steps: readonly ElevatedStep[]): Promise<ElevationOutcome> {
  const first = await machine.elevation.run({ id: 'selfcheck-undo', steps });
  if (first.kind === 'done') return first;
  machine.tell('The entries of the selfcheck are still there: Windows will ask once more.');
  return machine.elevation.run({ id: 'selfcheck-undo-again', steps });
}

function everyLine(seen: Seen): Told {
  return {
    'elevation.prompt': seen,
    'defender.addUnelevated': seen,
    'defender.add': seen,
    'defender.contextual': seen,
    'defender.removed': seen,
    'defender.restored': seen,
    'events.changeLogged': seen,
    'task.registered': seen,
    'task.ran': seen,
    'task.gone': seen,
  };
}

function promptOnly(done: ElevationOutcome, refused: Seen): Partial<Told> {
  return { 'elevation.prompt': promptSeen(done), 'defender.addUnelevated': refused };
}

interface Watched {
  readonly logged: Seen;
  /** Milliseconds until the log told that the entry with an end is gone; null where it does not. */
  readonly endedAfter: number | null;
}

/** What the log tells meanwhile. Trouble with it keeps nothing from being taken back. */
async function watch(
  machine: Machine,
  plain: Exclusion,
  ending: Exclusion,
  since: string,
): Promise<Watched> {
  try {
    const logged = await untilLogged(machine, plain, since, 'New Value', logPatience);
    const most = untilEnd + taskPatience;
    machine.tell(`Waiting for the task that ends an exclusion: up to ${String(most / 1000)} s.`);
    const ended = await untilLogged(machine, ending, since, 'Old Value', most);
    return {
      logged: logged.ms === null ? differs(logged.why) : passed(`after ${String(logged.ms)} ms`),
      endedAfter: ended.ms,
    };
  } catch (error) {
    return { logged: couldNotTell(String(error)), endedAfter: null };
  }
}

/** @param name the field in which the entry stands alone: `New Value` once it came, `Old Value` once it went */
async function untilLogged(
  machine: Machine,
  { value }: Exclusion,
  since: string,
  name: 'New Value' | 'Old Value',
  most: number,
): Promise<{ readonly ms: number | null; readonly why: string }> {
  const begun = machine.now().getTime();
  const wanted = foldCase(`\\Exclusions\\Paths\\${value} = 0x0`);
  for (;;) {
    const found = await recordsOf(machine.session, defenderLog, [5007, 5007], since, 100);
    const ms = machine.now().getTime() - begun;
    if (found.kind === 'records') {
      if (valuesOf(found.records, name).some((text) => text.endsWith(wanted))) {
        return { ms, why: '' };
      }
    }
    if (ms > most || machine.stopped()) {
      const count = found.kind === 'records' ? `${String(found.records.length)} other records` : '';
      return { ms: null, why: found.kind === 'trouble' ? found.why : count };
    }
    await machine.wait(look);
  }
}

function valuesOf(all: readonly { readonly xml: string }[], name: string): readonly string[] {
  return all.map(({ xml }) => {
    const raw = new RegExp(`<Data Name=['"]${name}['"]>([^<]*)</Data>`).exec(xml)?.[1] ?? '';
    return foldCase(
      raw
        .replaceAll('&quot;', '"')
        .replaceAll('&apos;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
        .trim(),
    );
  });
}
