// The real bundle on a damaged journal: each command that needs it says so in its document, and none goes on by itself.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCli, runCli } from '../support/cli';

let cli: string;
let state: string;
let damaged: string;

beforeAll(async () => {
  cli = await buildCli('journal');
  state = await mkdtemp(join(tmpdir(), 'gangway-cli-journal-'));
  const applied = await gangway(['exclusions', 'apply', '--yes'], 'blockOnExtract');
  expect(applied.exit, applied.text).toBe(0);
  const file = join(state, 'journal.jsonl');
  const lines = (await readFile(file, 'utf8')).split('\n');
  damaged = [...lines.slice(0, -2), lines.at(-2)?.slice(0, -3) ?? '', ''].join('\n');
  await writeFile(file, damaged);
}, 120_000);
afterAll(async () => {
  await rm(state, { recursive: true, force: true });
});

interface Document {
  readonly outcome: string;
  readonly aside?: string;
  readonly undone?: readonly unknown[];
  readonly entries?: readonly { readonly kind: string }[];
  readonly exclusions?: readonly { readonly owner: string }[];
  readonly reason?: { readonly code: string; readonly next: readonly string[] };
}

async function gangway(
  args: readonly string[],
  scenario = 'clean',
): Promise<{ readonly exit: number | null; readonly text: string; readonly json: Document }> {
  const all = [...args, '--lab', scenario, '--state', state, '--json'];
  const run = await runCli(cli, all, { https_proxy: 'http://127.0.0.1:9' });
  return {
    exit: run.exit,
    text: run.stdout + run.stderr,
    json: JSON.parse(run.stdout) as Document,
  };
}

const commands: readonly (readonly string[])[] = [
  ['history'],
  ['rollback'],
  ['rollback', '--all', '--yes'],
  ['upgrade', '--exclusions', 'none'],
  ['exclusions', 'list'],
  ['exclusions', 'apply', '--yes'],
  ['switch', '1.26.3'],
];

it.each(commands.map((args) => [args.join(' '), args] as const))(
  'gangway %s says so, and changes nothing',
  async (_name, args) => {
    const { exit, json, text } = await gangway(args);
    expect(exit, text).toBe(1);
    expect(json).toMatchObject({ outcome: 'failed', reason: { code: 'journal.broken' } });
    expect(json.reason?.next[0]).toContain('gangway history --set-aside');
    expect(await readFile(join(state, 'journal.jsonl'), 'utf8')).toBe(damaged);
    expect((await readdir(state)).filter((name) => name.includes('.broken-'))).toEqual([]);
  },
);

it('what can be read is told with it, and never as if it were all', async () => {
  expect((await gangway(['history'])).json.entries?.length).toBeGreaterThan(0);
  const { json } = await gangway(['exclusions', 'list']);
  expect(json.exclusions?.some(({ owner }) => owner === 'gangway')).toBe(true);
});

it('it is set aside by the person’s word alone', async () => {
  const asked = await gangway(['history', '--set-aside']);
  expect(asked.exit).toBe(5);
  expect(asked.json.reason?.code).toBe('consent.missing');
  expect(await readFile(join(state, 'journal.jsonl'), 'utf8')).toBe(damaged);

  const { exit, json } = await gangway(['history', '--set-aside', '--yes']);
  expect(exit).toBe(0);
  expect(json).toMatchObject({ outcome: 'setAside', lines: [damaged.split('\n').length - 1] });
  expect(await readFile(json.aside ?? '', 'utf8')).toBe(damaged);
  expect(json.entries?.[0]?.kind).toBe('journal');
  expect((await gangway(['history', '--set-aside', '--yes'])).json.outcome).toBe('whole');

  const back = await gangway(['rollback', '--all', '--yes']);
  expect(back.exit, back.text).toBe(0);
  expect(back.json.undone?.length).toBeGreaterThan(0);
});
