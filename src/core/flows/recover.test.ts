// Real processes, killed with SIGKILL at each checkpoint: what they leave is finished or taken back by the next start.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { labGo, labParts, type LabPartsForTest } from '../../../test/support/labParts';
import { temporaryFolder } from '../../../test/support/temporary';
import { labFolders } from '../lab/machine';
import { asFailure } from '../failureError';
import { applyExclusions } from './applyExclusions';
import { findInterrupted, finishInterrupted, undoInterrupted } from './recover';
import { rollback } from './rollback';

const scratch = temporaryFolder();
const program = join(scratch, 'crash.cjs');
const opened: LabPartsForTest[] = [];

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'node18',
      ssr: resolve('test/support/crash/exclusions.ts'),
      outDir: scratch,
      emptyOutDir: false,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'crash.cjs' } },
    },
    ssr: { noExternal: true },
  });
});
afterEach(() => {
  for (const parts of opened.splice(0)) parts.close();
});

/** Runs the program until it waits at the checkpoint, and kills it there. */
async function killedAt(stateFolder: string, what: string, checkpoint: string): Promise<void> {
  const marks = await mkdtemp(join(scratch, 'marks-'));
  const marker = join(marks, 'reached');
  const child = spawn(process.execPath, [program, stateFolder, what], {
    env: { ...process.env, GANGWAY_CHECKPOINT: checkpoint, GANGWAY_CHECKPOINT_FILE: marker },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  const reached = vi.waitFor(
    async () => {
      expect(await readFile(marker, 'utf8')).toContain(checkpoint.split(':')[0]);
    },
    { timeout: 20_000, interval: 10 },
  );
  await Promise.race([
    reached,
    ended.then(() => {
      throw new Error(`it ended before ${checkpoint}: ${errors}`);
    }),
  ]);
  child.kill('SIGKILL');
  await ended;
}

async function next(stateFolder: string): Promise<LabPartsForTest> {
  const parts = await labParts(scratch, 'blockOnExtract', { stateFolder });
  opened.push(parts);
  return parts;
}

async function state(): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'state-'));
  await mkdir(join(folder, 'lab'), { recursive: true });
  return folder;
}

const local = async (parts: LabPartsForTest): Promise<number> =>
  (await parts.defender.exclusions()).exclusions.length;
const tmpDir = async (parts: LabPartsForTest): Promise<string> =>
  (await parts.goEnv.read(labGo))['GOTMPDIR'] ?? '';

async function expectNothingLeft(parts: LabPartsForTest): Promise<void> {
  expect(await local(parts)).toBe(0);
  expect(await tmpDir(parts)).toBe('');
  expect(await parts.files.exists(labFolders.buildFolder)).toBe(false);
  expect(parts.journal.activeExclusions()).toEqual([]);
  expect(await findInterrupted(parts.journal)).toEqual([]);
}

async function expectAllThere(parts: LabPartsForTest): Promise<void> {
  expect(await local(parts)).toBe(2);
  expect(await tmpDir(parts)).toBe(labFolders.buildFolder);
  expect(parts.journal.activeExclusions()).toHaveLength(2);
  expect(await findInterrupted(parts.journal)).toEqual([]);
  const file = join(parts.stateFolder, 'lab', 'defender.json');
  const { tasks } = JSON.parse(await readFile(file, 'utf8')) as { tasks: unknown[] };
  expect(tasks).toHaveLength(2);
}

const kinds = ['makeFolder', 'setGoEnv', 'addExclusion'];
const boundaries = ['beforeIntent', 'afterIntent', 'afterEffect', 'afterReadBack', 'afterDone'];
const checkpoints = boundaries.flatMap((name) => kinds.map((kind) => `${name}:${kind}`));

describe('killed while it applies', () => {
  it.each(checkpoints)('at %s: taken back, nothing is left', async (checkpoint) => {
    const folder = await state();
    await killedAt(folder, 'apply', checkpoint);
    const parts = await next(folder);
    for (const { run } of await findInterrupted(parts.journal)) {
      const outcome = await undoInterrupted(parts.rollback, run);
      expect(outcome.report.kept).toEqual([]);
    }
    await expectNothingLeft(parts);
  });

  it.each(checkpoints)('at %s: finished where its plan is complete', async (checkpoint) => {
    const folder = await state();
    await killedAt(folder, 'apply', checkpoint);
    const parts = await next(folder);
    const [cutOff] = await findInterrupted(parts.journal);
    if (cutOff === undefined) {
      await expectNothingLeft(parts);
      return;
    }
    const deps = { apply: parts, rollback: parts.rollback };
    if (!cutOff.canFinish) {
      const refused = await finishInterrupted(deps, cutOff.run).catch((error: unknown) =>
        asFailure(error),
      );
      expect(refused).toMatchObject({ code: 'journal.notFinishable' });
      return;
    }
    const finished = await finishInterrupted(deps, cutOff.run);
    expect(finished).toMatchObject({ kind: 'exclusions', outcome: { kind: 'applied' } });
    await expectAllThere(parts);
    await rollback(parts.rollback, { kind: 'all' });
    await expectNothingLeft(parts);
  });
});

describe('killed while it takes back', () => {
  it.each(['addExclusion', 'setGoEnv', 'makeFolder'])(
    'at midRollback:%s: the next start goes on',
    async (kind) => {
      const folder = await state();
      const first = await next(folder);
      await applyExclusions(first, { items: await first.items(), askRoot: labGo });
      await killedAt(folder, 'rollback', `midRollback:${kind}`);
      const parts = await next(folder);
      const [cutOff] = await findInterrupted(parts.journal);
      expect(cutOff).toMatchObject({ purpose: 'rollback', canFinish: true });
      const deps = { apply: parts, rollback: parts.rollback };
      const finished = await finishInterrupted(deps, cutOff?.run ?? '');
      expect(finished.kind).toBe('rollback');
      await expectNothingLeft(parts);
    },
  );
});

describe('an entry that was there before a process that was killed', () => {
  it.each(['afterIntent', 'afterEffect'])('at %s stays', async (checkpoint) => {
    const folder = await state();
    const before = await next(folder);
    const theirs = { kind: 'path' as const, value: labFolders.buildFolder };
    await before.elevation.run({ id: '1', steps: [{ kind: 'addExclusion', exclusion: theirs }] });
    await killedAt(folder, 'apply', `${checkpoint}:addExclusion`);
    const parts = await next(folder);
    for (const { run } of await findInterrupted(parts.journal)) {
      await undoInterrupted(parts.rollback, run);
    }
    const { exclusions } = await parts.defender.exclusions();
    expect(exclusions.map((entry) => entry.value)).toEqual([theirs.value]);
  });
});
