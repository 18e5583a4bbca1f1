import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installer, type MemoryInstaller } from '../../../test/fakes/installer';
import { standingClock, type StandingClock } from '../../../test/fakes/clock';
import { openJournal, type Journal } from '../journal/journal';
import { cleanOld, keptUntil } from './cleanOld';
import { switchVersion } from './switchVersion';

const installRoot = '/go';
const day = 86_400_000;
let folder: string;
let journal: Journal;
let clock: StandingClock;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-switch-'));
  clock = standingClock();
  journal = await openJournal(join(folder, 'journal.jsonl'), clock);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const to = (which: MemoryInstaller, version: string) =>
  switchVersion({ installer: which, journal }, { installRoot, version });

describe('switching', () => {
  it('leads the link, with a record that can be undone', async () => {
    const two = installer.holding(['go1.26.3', 'go1.27.0'], 'go1.26.3');
    expect(await to(two, 'go1.27.0')).toMatchObject({ kind: 'switched', before: 'go1.26.3' });
    expect(await two.current(installRoot)).toBe('go1.27.0');
    const [run] = journal.runs();
    expect(run?.closedAt).not.toBeNull();
    expect(run?.actions[0]).toMatchObject({
      action: { kind: 'switchCurrent', version: 'go1.27.0', before: 'go1.26.3' },
      done: { result: 'applied' },
    });
    // Then back again.
    expect(await to(two, 'go1.26.3')).toMatchObject({ kind: 'switched', before: 'go1.27.0' });
    expect(await two.current(installRoot)).toBe('go1.26.3');
  });

  it('changes nothing where it leads there already', async () => {
    const one = installer.holding(['go1.27.0'], 'go1.27.0');
    expect(await to(one, 'go1.27.0')).toEqual({ kind: 'already' });
    expect(one.log).toEqual([]);
    expect(journal.runs()).toEqual([]);
  });

  it('refuses a version that is not there', async () => {
    await expect(to(installer.holding(['go1.26.3'], null), 'go1.27.0')).rejects.toMatchObject({
      failure: {
        code: 'install.noSuchVersion',
        params: { version: '1.27.0', installed: '1.26.3' },
      },
    });
  });

  it('is not done where the link was not seen after', async () => {
    const ignored = installer.linkIgnored(['go1.26.3', 'go1.27.0'], 'go1.26.3');
    await expect(to(ignored, 'go1.27.0')).rejects.toMatchObject({
      failure: { code: 'install.linkRefused' },
    });
    expect(journal.runs()[0]?.actions[0]?.done?.result).toBe('refused');
  });

  it('leaves an open record where the effect failed', async () => {
    const refused = installer.linkRefused(['go1.26.3', 'go1.27.0'], 'go1.26.3');
    await expect(to(refused, 'go1.27.0')).rejects.toMatchObject({
      failure: { code: 'install.linkRefused' },
    });
    expect(journal.openRuns()).toHaveLength(1);
  });
});

describe('cleaning', () => {
  const clean = (which: MemoryInstaller, keepDays = 7) =>
    cleanOld({ installer: which, journal, clock }, { installRoot, keepDays });

  it('removes what Gangway replaced, after its days, and says so', async () => {
    const two = installer.holding(['go1.26.3', 'go1.27.0'], 'go1.26.3');
    await to(two, 'go1.27.0');
    expect(keptUntil(journal, installRoot, 'go1.26.3', 7)).toBe('2026-12-01T12:00:00.000Z');
    clock.advance(7 * day - 1);
    expect(await clean(two)).toEqual([]);
    clock.advance(1);
    expect(await clean(two)).toEqual(['go1.26.3']);
    expect(two.log).toContain('remove go1.26.3');
    expect(journal.runs().at(-1)).toMatchObject({
      notes: [{ note: { kind: 'removedOld', title: { params: { version: '1.26.3' } } } }],
    });
    expect(journal.openRuns()).toEqual([]);
  });

  it('keeps what it did not replace, and what is current', async () => {
    const three = installer.holding(['go1.20', 'go1.26.3', 'go1.27.0'], 'go1.26.3');
    await to(three, 'go1.27.0');
    await to(three, 'go1.26.3');
    clock.advance(100 * day);
    expect(await clean(three)).toEqual(['go1.27.0']);
  });

  it('counts anew for a version that was wanted again', async () => {
    const two = installer.holding(['go1.26.3', 'go1.27.0'], 'go1.26.3');
    await to(two, 'go1.27.0');
    clock.advance(5 * day);
    await to(two, 'go1.26.3');
    await to(two, 'go1.27.0');
    clock.advance(3 * day);
    expect(await clean(two)).toEqual([]);
  });
});
