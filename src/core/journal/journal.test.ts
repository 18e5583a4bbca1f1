import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../ports';
import { message } from '../../shared/model';
import { hasMessage } from '../../shared/text/translate';
import type { Action, JournalRecord } from './actions';
import { historyOf } from './history';
import { brokenJournal, openJournal, type Journal } from './journal';
import { mayBeInEffect, replay } from './replay';

let folder = '';
let file = '';
let time = Date.UTC(2026, 10, 23, 14, 30);
const clock: Clock = { now: () => new Date((time += 1000)), wake: () => () => undefined };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-journal-'));
  file = join(folder, 'journal.jsonl');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function exclude(value: string, before: boolean | null = false): Action {
  return {
    kind: 'addExclusion',
    exclusion: { kind: 'path', value },
    why: message('exclusions.why.buildCache'),
    expires: '2026-11-23T22:00:00.000Z',
    before,
    task: 'Gangway-Expiry-1',
  };
}

async function fill(journal: Journal): Promise<void> {
  const run = await journal.startRun('exclusions', 3);
  const first = await journal.intent(run, exclude('C:\\a'));
  const second = await journal.intent(run, exclude('C:\\b', null));
  const third = await journal.intent(run, { kind: 'makeFolder', path: 'C:\\用户' });
  await journal.done(first, 'applied', false);
  await journal.done(second, 'applied', true);
  await journal.done(third, 'applied');
  await journal.note(run, {
    kind: 'verified',
    title: message('exclusions.reason.noBlocks'),
    detail: message('exclusions.reason.noBlocks'),
  });
  await journal.close(run);
  const undo = await journal.startRun('rollback', undefined, [first]);
  await journal.undone(first, 'undone');
  await journal.close(undo);
}

/** Two lines of it can be read no more. @returns the text of the file */
async function damage(): Promise<string> {
  await fill(await openJournal(file, clock));
  const lines = (await readFile(file, 'utf8')).split('\n');
  lines[2] = lines[2]?.slice(5) ?? '';
  lines[4] = '{"kind":"done"}';
  const damaged = lines.join('\n');
  await writeFile(file, damaged);
  return damaged;
}

describe('journal', () => {
  it('is on disk before its call returns, and reads the same again', async () => {
    const journal = await openJournal(file, clock);
    const run = await journal.startRun('exclusions', 1);
    const id = await journal.intent(run, exclude('C:\\a'));
    expect(await readFile(file, 'utf8')).toContain(id);
    await journal.done(id, 'applied', false);
    const again = await openJournal(file, clock);
    expect(again.records()).toEqual(journal.records());
    expect(again.openRuns().map((open) => open.run)).toEqual([run]);
    expect(again.activeExclusions()).toMatchObject([
      { id, run, certainty: 'applied', exclusion: { value: 'C:\\a' } },
    ]);
    expect(again.broken).toBeNull();
  });

  it('does not call ours what was there before', async () => {
    const journal = await openJournal(file, clock);
    await fill(journal);
    expect(journal.activeExclusions()).toEqual([]);
    expect(journal.openRuns()).toEqual([]);
  });

  it('takes in what another process wrote, before it writes', async () => {
    const one = await openJournal(file, clock);
    const two = await openJournal(file, clock);
    const run = await one.startRun('exclusions', 1);
    const id = await two.intent(run, exclude('C:\\a'));
    await one.done(id, 'applied', false);
    expect(one.records()).toHaveLength(3);
    await two.refresh();
    expect(two.records()).toEqual(one.records());
  });

  it('orders a hundred writers at once, each line whole', async () => {
    const journals = await Promise.all([1, 2, 3, 4].map(() => openJournal(file, clock)));
    const run = await (await openJournal(file, clock)).startRun('exclusions', 0);
    await Promise.all(
      journals.flatMap((journal, one) =>
        Array.from({ length: 25 }, (_, two) =>
          journal.intent(run, exclude(`C:\\${String(one)}-${String(two)}`)),
        ),
      ),
    );
    const again = await openJournal(file, clock);
    expect(again.broken).toBeNull();
    expect(again.runs()[0]?.actions).toHaveLength(100);
  });

  it('drops a line that a crash cut off, and goes on after it', async () => {
    const journal = await openJournal(file, clock);
    const run = await journal.startRun('exclusions', 1);
    const whole = await readFile(file);
    await appendFile(file, '{"kind":"intent","id":"a-1","run":"');
    const again = await openJournal(file, clock);
    expect(again.broken).toBeNull();
    expect(await readFile(file)).toEqual(whole);
    await again.intent(run, exclude('C:\\a'));
    expect((await openJournal(file, clock)).records()).toHaveLength(2);
  });

  it('says which lines of a damaged file it cannot read, and refuses to write', async () => {
    const damaged = await damage();
    const journal = await openJournal(file, clock);
    expect(journal.broken?.lines).toEqual([3, 5]);
    expect(brokenJournal(journal)?.failure).toMatchObject({
      code: 'journal.broken',
      params: { count: 2, path: file },
      next: ['setJournalAside', 'showJournal', 'report'],
    });
    const refused = { failure: { code: 'journal.broken' } };
    await expect(journal.startRun('exclusions', 1)).rejects.toMatchObject(refused);
    await expect(journal.close('r-1')).rejects.toMatchObject(refused);
    // What can be read is there; the file is as it was, and there is no other.
    expect(journal.runs()[0]?.actions.length).toBeGreaterThan(0);
    expect(await readFile(file, 'utf8')).toBe(damaged);
    expect(await readdir(folder)).toEqual(['journal.jsonl']);
  });

  it('is kept aside by the person’s word alone, and goes on with what can be read', async () => {
    const damaged = await damage();
    const journal = await openJournal(file, clock);
    const kept = journal.records();
    const aside = await journal.setAside();
    expect(aside?.lines).toEqual([3, 5]);
    expect(await readFile(aside?.aside ?? '', 'utf8')).toBe(damaged);
    expect(journal.broken).toBeNull();
    await journal.startRun('exclusions', 0);
    const again = await openJournal(file, clock);
    expect(again.broken).toBeNull();
    expect(again.records().slice(0, -1)).toEqual(kept);
    expect(await again.setAside()).toBeNull();
    expect((await readdir(folder)).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('is told as damaged while it is open, and goes on once another process set it aside', async () => {
    const one = await openJournal(file, clock);
    await fill(one);
    await damage();
    await expect(one.startRun('exclusions', 0)).rejects.toThrow('journal.broken');
    await (await openJournal(file, clock)).setAside();
    await one.startRun('exclusions', 0);
    expect(one.broken).toBeNull();
  });

  it.each([
    ['zeros, as a power cut can leave them', Buffer.alloc(300)],
    ['text that is no journal', Buffer.from('not a journal')],
  ])('%s are not taken for a record that was cut off', async (_name, bytes) => {
    await writeFile(file, bytes);
    const journal = await openJournal(file, clock);
    expect(journal.broken?.lines).toEqual([1]);
    await expect(journal.startRun('exclusions', 0)).rejects.toThrow('journal.broken');
    expect(await readFile(file)).toEqual(bytes);
    const aside = await journal.setAside();
    expect(await readFile(aside?.aside ?? '')).toEqual(bytes);
    expect(await readFile(file)).toHaveLength(0);
  });

  it('what a run did still counts where the line that began it is lost', async () => {
    const journal = await openJournal(file, clock);
    const run = await journal.startRun('exclusions', 1);
    const id = await journal.intent(run, exclude('C:\\a'));
    await journal.done(id, 'applied', false);
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, ['damaged', ...lines.slice(1)].join('\n'));
    const again = await openJournal(file, clock);
    await again.setAside();
    expect(again.activeExclusions()).toMatchObject([{ id, run, certainty: 'applied' }]);
    expect(again.openRuns().map((open) => open.run)).toEqual([run]);
  });

  it('replays whatever byte it is cut at', async () => {
    await fill(await openJournal(file, clock));
    const bytes = await readFile(file);
    const all = (await openJournal(file, clock)).records();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (cut) => {
        await writeFile(file, bytes);
        await truncate(file, cut);
        const journal = await openJournal(file, clock);
        expect(journal.broken).toBeNull();
        // A prefix of the records, and nothing else.
        expect(journal.records()).toEqual(all.slice(0, journal.records().length));
        // What may be in effect is never lost: an intent on disk without an end is still there.
        for (const run of journal.runs()) {
          for (const entry of run.actions.filter(({ done }) => done === null)) {
            expect(mayBeInEffect(entry)).toBe(true);
          }
        }
        historyOf(journal.runs());
        await journal.startRun('exclusions', 0);
        expect((await openJournal(file, clock)).broken).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it('replays any order of records without inventing anything', () => {
    const id = fc.constantFrom('a-1', 'a-2');
    const run = fc.constantFrom('r-1', 'r-2');
    const at = fc.constant('2026-11-23T14:30:00.000Z');
    const record: fc.Arbitrary<JournalRecord> = fc.oneof(
      fc.record({ kind: fc.constant('run' as const), run, at, purpose: fc.constant('exclusions') }),
      fc.record({
        kind: fc.constant('intent' as const),
        id,
        run,
        at,
        action: fc.constant(exclude('C:\\a', null)),
      }),
      fc.record({
        kind: fc.constant('done' as const),
        id,
        at,
        result: fc.constantFrom('applied' as const, 'refused' as const, 'unknown' as const),
      }),
      fc.record({
        kind: fc.constant('undone' as const),
        id,
        at,
        result: fc.constantFrom('undone' as const, 'gone' as const, 'kept' as const),
      }),
      fc.record({ kind: fc.constant('closed' as const), run, at }),
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (records) => {
        const runs = replay(records);
        const intents = records.filter((one) => one.kind === 'intent').length;
        expect(runs.flatMap((one) => one.actions).length).toBeLessThanOrEqual(intents);
        for (const entry of historyOf(runs)) {
          expect(hasMessage(entry.title.key)).toBe(true);
          expect(entry.canUndo).toBe(entry.state === 'inEffect' || entry.state === 'interrupted');
        }
      }),
    );
  });
});

describe('history', () => {
  it('tells each thing once, newest first', async () => {
    const journal = await openJournal(file, clock);
    await fill(journal);
    const history = historyOf(journal.runs());
    expect(history.map((entry) => [entry.kind, entry.state])).toEqual([
      ['verify', 'none'],
      ['exclusions', 'takenBack'],
    ]);
    expect(history[1]?.title).toEqual({ key: 'history.addedExclusions', params: { count: 2 } });
  });

  it('shows a cut-off run as interrupted, and takes it back', async () => {
    const journal = await openJournal(file, clock);
    const run = await journal.startRun('exclusions', 1);
    await journal.intent(run, exclude('C:\\a'));
    expect(historyOf(journal.runs())).toMatchObject([{ state: 'interrupted', canUndo: true }]);
  });
});
