// Writing, by the product's own elevated batches: entries for the selfcheck's own folder and no other, one of them with an
// end, all taken back, and the lists compared entry by entry. Whatever happens in between, taking back is tried.
import { randomBytes } from 'node:crypto';
import addUnelevated from './addUnelevated.ps1?raw';
import type { WriteId } from './checklist';
import { defenderLog, recordsOf } from './eventChecks';
import { couldNotTell, differs, judged, troubleOf, type Machine, type Seen } from './machine';
import { troubleOf as meaningOf } from '../../src/core/windows/defender/trouble';
import { describeStep } from '../../src/core/ports';
import type {
  ElevatedStep,
  ElevationOutcome,
  ExclusionsReading,
  StepRecord,
} from '../../src/core/ports';
import type { Exclusion } from '../../src/shared/model';
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
const logPatience = 15_000;
const look = 5_000;

export async function writeChecks(machine: Machine): Promise<Told> {
  const { probe, elevation, tell } = machine;
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
  const at = new Date(machine.now().getTime() + untilEnd).toISOString();
  const doing: readonly ElevatedStep[] = [
    { kind: 'readPreferences' },
    { kind: 'addExclusion', exclusion: plain },
    { kind: 'addExclusion', exclusion: contextual },
    { kind: 'addExclusion', exclusion: ending },
    { kind: 'registerExpiry', task, exclusion: ending, at },
  ];
  const undoing: readonly ElevatedStep[] = [
    { kind: 'readPreferences' },
    { kind: 'removeExclusion', exclusion: path(foldCase(plain.value)) },
    { kind: 'removeExclusion', exclusion: contextual },
    { kind: 'removeExclusion', exclusion: ending },
    { kind: 'removeExclusion', exclusion: unelevated },
    { kind: 'removeExpiry', task },
    { kind: 'readPreferences' },
  ];
  const refused = await tryUnelevated(machine, unelevated);
  tell(`Windows will ask for:\n${doing.map((step) => `  ${describeStep(step)}`).join('\n')}`);
  const since = new Date(machine.now().getTime() - 1000).toISOString();
  const done = await elevation.run({ id: 'selfcheck-do', steps: doing });
  const nothingWritten = done.kind === 'declined' || done.kind === 'unavailable';
  if (nothingWritten && refused.status === 'passed') {
    return { ...everyLine(couldNotTell('nothing was written')), ...promptOnly(done, refused) };
  }
  const logged = nothingWritten ? null : await untilLogged(machine, plain, since);
  const ranAfter = nothingWritten ? null : await untilEnded(machine, ending, since);
  tell(`Windows will ask for:\n${undoing.map((step) => `  ${describeStep(step)}`).join('\n')}`);
  const undone = await undo(machine, undoing);
  const byHand = [plain, contextual, ending, unelevated].map(removeCommand);
  return {
    'elevation.prompt': promptSeen(done),
    'defender.addUnelevated': refused,
    ...added(records(done)),
    ...loggedSeen(logged),
    ...removed(records(undone), ranAfter),
    'defender.restored': restored(records(done), records(undone), [
      ...byHand,
      removeExpiryCommand(task),
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

function promptSeen(outcome: ElevationOutcome): Seen {
  switch (outcome.kind) {
    case 'done':
      return { status: 'passed', seen: `${String(outcome.records.length)} records` };
    case 'declined':
      return couldNotTell('declined');
    case 'lost':
    case 'unavailable':
      return differs(`${outcome.kind}: ${outcome.cause}`);
  }
}

function records(outcome: ElevationOutcome): readonly StepRecord[] {
  return outcome.kind === 'done' ? outcome.records : [];
}

function added(
  all: readonly StepRecord[],
): Pick<Told, 'defender.add' | 'defender.contextual' | 'task.registered'> {
  const [, plain, contextual, , task] = all;
  return {
    'defender.add':
      plain?.kind === 'exclusion'
        ? judged(
            plain.before === false && plain.after === true && plain.check === 'excluded',
            recordText(plain),
          )
        : couldNotTell('no record'),
    'defender.contextual':
      contextual?.kind === 'exclusion'
        ? judged(contextual.before === false && contextual.after === true, recordText(contextual))
        : couldNotTell('no record'),
    'task.registered':
      task?.kind === 'task'
        ? judged(task.present === true && task.error === null, recordText(task))
        : couldNotTell('no record'),
  };
}

function removed(
  all: readonly StepRecord[],
  ranAfter: number | null,
): Pick<Told, 'defender.removed' | 'task.ran' | 'task.gone'> {
  const [, plain, , ending, , task] = all;
  const waited = ranAfter === null ? '' : `, seen in the log after ${String(ranAfter)} ms`;
  return {
    'defender.removed':
      plain?.kind === 'exclusion'
        ? judged(
            plain.before === true && plain.after === false && plain.error === null,
            recordText(plain),
          )
        : couldNotTell('no record'),
    'task.ran':
      ending?.kind === 'exclusion'
        ? judged(ending.before === false && ending.after === false, recordText(ending) + waited)
        : couldNotTell('no record'),
    'task.gone':
      task?.kind === 'task'
        ? judged(task.present === false && task.error === null, recordText(task))
        : couldNotTell('no record'),
  };
}

function recordText(record: StepRecord): string {
  switch (record.kind) {
    case 'exclusion':
      return `before ${String(record.before)}, after ${String(record.after)}, check ${record.check}, 5007 ${record.event ?? 'unknown'}, ${record.error ?? 'no error'}`;
    case 'task':
      return `present ${String(record.present)}, ${record.error ?? 'no error'}`;
    case 'preferences':
      return `${record.reading.visibility}, ${String(record.reading.exclusions.length)} entries`;
  }
}

function restored(
  done: readonly StepRecord[],
  undone: readonly StepRecord[],
  byHand: readonly string[],
): Seen {
  const [before, after] = [readingOf(done[0]), readingOf(undone.at(-1))];
  const undo = `remove by hand, elevated: ${byHand.join('; ')}`;
  if (after === null) return differs(`nothing was read afterwards; ${undo}`);
  if (before === null || before.visibility !== 'known' || after.visibility !== 'known') {
    const gone = undone.every(
      (record) => record.kind !== 'exclusion' || record.check !== 'excluded',
    );
    const text = `the lists are ${after.visibility} even to an administrator`;
    return gone ? couldNotTell(text) : differs(`${text}; ${undo}`);
  }
  const [was, is] = [listText(before), listText(after)];
  return was === is
    ? { status: 'passed', seen: `${String(after.exclusions.length)} entries, as before` }
    : differs(
        `${String(before.exclusions.length)} entries before, ${String(after.exclusions.length)} after; ${undo}`,
      );
}

function readingOf(record: StepRecord | undefined): ExclusionsReading | null {
  return record?.kind === 'preferences' ? record.reading : null;
}

function listText({ exclusions }: ExclusionsReading): string {
  return exclusions
    .map(({ kind, value }) => `${kind} ${value}`)
    .sort()
    .join('\n');
}

/** Milliseconds until the log tells of the entry; null where it does not. */
async function untilLogged(
  machine: Machine,
  { value }: Exclusion,
  since: string,
): Promise<{ readonly ms: number | null; readonly why: string }> {
  const begun = machine.now().getTime();
  const wanted = foldCase(`\\Exclusions\\Paths\\${value} = 0x0`);
  for (;;) {
    const found = await recordsOf(machine.session, defenderLog, [5007, 5007], since, 100);
    if (found.kind === 'trouble') return { ms: null, why: found.why };
    const ms = machine.now().getTime() - begun;
    if (newValues(found.records).some((text) => text.endsWith(wanted))) return { ms, why: '' };
    if (ms > logPatience) return { ms: null, why: `${String(found.records.length)} other records` };
    await machine.wait(500);
  }
}

function loggedSeen(
  logged: { readonly ms: number | null; readonly why: string } | null,
): Pick<Told, 'events.changeLogged'> {
  if (logged === null) return { 'events.changeLogged': couldNotTell('nothing was written') };
  return {
    'events.changeLogged':
      logged.ms === null ? differs(logged.why) : judged(true, `after ${String(logged.ms)} ms`),
  };
}

/** Milliseconds until the log tells that the entry went; null where it does not, which need not mean that it did not. */
async function untilEnded(
  machine: Machine,
  { value }: Exclusion,
  since: string,
): Promise<number | null> {
  machine.tell(
    `Waiting for the task that ends an exclusion: up to ${String((untilEnd + taskPatience) / 1000)} s.`,
  );
  const begun = machine.now().getTime();
  const wanted = foldCase(`\\Exclusions\\Paths\\${value} = 0x0`);
  for (;;) {
    const found = await recordsOf(machine.session, defenderLog, [5007, 5007], since, 100);
    const ms = machine.now().getTime() - begun;
    const gone =
      found.kind === 'records' && oldValues(found.records).some((text) => text.endsWith(wanted));
    if (gone || ms > untilEnd + taskPatience) return gone ? ms : null;
    await machine.wait(look);
  }
}

function newValues(all: readonly { readonly xml: string }[]): readonly string[] {
  return valuesOf(all, 'New Value');
}

/** Of records that tell of a removal. */
function oldValues(all: readonly { readonly xml: string }[]): readonly string[] {
  return valuesOf(
    all.filter((record) => valuesOf([record], 'New Value').every((text) => text === '')),
    'Old Value',
  );
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
