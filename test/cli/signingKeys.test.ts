// The real bundle against a mirror whose releases are signed by a subkey that nobody here has seen: what is asked for,
// what is kept, and what is said where it cannot be had.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildMirror, faultsFile, type Fault } from '../../src/core/lab/mirror';
import { buildCli, runCli } from '../support/cli';

let cli: string;
let base: string;
let template: string;

beforeAll(async () => {
  cli = await buildCli('signing-keys');
  base = await mkdtemp(join(tmpdir(), 'gangway-keys-'));
  template = join(base, 'template');
  await buildMirror(join(template, 'lab', 'mirror'), {
    releases: [{ version: 'go1.27.0', time: '2026-08-18T21:24:23Z', archs: ['amd64'] }],
    level: 1,
    rotated: true,
  });
  await writeFile(
    join(template, 'settings.json'),
    JSON.stringify({ requiredProofs: ['checksumDatabase', 'signedSource'] }),
  );
}, 120_000);
afterAll(() => rm(base, { recursive: true, force: true }));

let count = 0;
async function state(): Promise<string> {
  const folder = join(base, `state-${String((count += 1))}`);
  await cp(template, folder, { recursive: true });
  return folder;
}

const keysAre = (folder: string, fault: Fault | null): Promise<void> =>
  writeFile(
    join(folder, 'lab', 'mirror', faultsFile),
    JSON.stringify(fault === null ? [] : [{ path: '/linux/*', fault }]),
  );

interface Answer {
  readonly outcome: string;
  readonly reason?: { readonly code: string; readonly next: readonly string[] };
  readonly proofs: readonly {
    readonly id: string;
    readonly state: string;
    readonly summary: string;
    readonly evidence: Readonly<Record<string, unknown>>;
  }[];
}

async function run(folder: string, args: readonly string[], exit: number) {
  const run = await runCli(cli, [...args, '--lab', 'clean', '--state', folder, '--json']);
  expect(run.exit, run.stdout + run.stderr).toBe(exit);
  const answer = JSON.parse(run.stdout) as Answer;
  const row = answer.proofs.find(({ id }) => id === 'signedSource');
  if (row === undefined) throw new Error(run.stdout);
  return { answer, row };
}

function verify(folder: string, exit: number) {
  const file = (name: string) => join(folder, 'lab', 'mirror', 'dl', name);
  const source = file('go1.27.0.src.tar.gz');
  return run(
    folder,
    [
      'verify',
      file('go1.27.0.windows-amd64.zip'),
      '--source',
      source,
      '--signature',
      `${source}.asc`,
    ],
    exit,
  );
}

it('verify: asks for newer keys, keeps them, and does not ask again', async () => {
  const folder = await state();
  const first = await verify(folder, 0);
  expect(first.row.state).toBe('passed');
  expect(String(first.row.evidence['keys'])).toMatch(/\/linux\/linux_signing_key\.pub$/);
  expect(await readFile(join(folder, 'lab', 'keys', 'mirror.asc'), 'utf8')).toContain('PGP PUBLIC');
  // The lab's keys never come near those that real releases are checked with.
  expect(existsSync(join(folder, 'keys'))).toBe(false);

  await keysAre(folder, { kind: 'status', status: 503 });
  const second = await verify(folder, 0);
  expect(second.row.state).toBe('passed');
  expect(second.row.evidence['keys']).toBeUndefined();
});

it('verify: says so where they cannot be had, and what to do', async () => {
  const folder = await state();
  await keysAre(folder, { kind: 'status', status: 503 });
  const { answer, row } = await verify(folder, 4);
  expect(answer).toMatchObject({ outcome: 'unavailable', reason: { code: 'proof.unavailable' } });
  expect(answer.reason?.next[0]).toBe('Check the network and its proxy.');
  expect(row).toMatchObject({
    state: 'unavailable',
    summary: 'The signing key is unknown here, and the lab’s mirror could not be reached',
  });
});

it('verify: refuses where another key is offered', async () => {
  const folder = await state();
  const stranger = join(base, 'stranger');
  await buildMirror(stranger, { releases: [] });
  await keysAre(folder, { kind: 'instead', path: join(stranger, 'linux/linux_signing_key.pub') });
  const { answer, row } = await verify(folder, 3);
  expect(answer).toMatchObject({ outcome: 'refused', reason: { code: 'proof.failed' } });
  expect(row.state).toBe('failed');
  expect(existsSync(join(folder, 'lab', 'keys'))).toBe(false);
});

it('upgrade: asks for newer keys too', async () => {
  const folder = await state();
  await keysAre(folder, { kind: 'page' });
  expect((await run(folder, ['upgrade'], 4)).row.state).toBe('unavailable');
  await keysAre(folder, null);
  const { answer, row } = await run(folder, ['upgrade'], 0);
  expect([answer.outcome, row.state]).toEqual(['upgraded', 'passed']);
});
