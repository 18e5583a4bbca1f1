// The real bundle, each command: its exit code and the shape of its one document.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCli, runCli, startCli, type CliRun } from '../support/cli';

let cli: string;
let base: string;
let template: string;
let mirror: string;

beforeAll(async () => {
  cli = await buildCli('commands');
  base = await mkdtemp(join(tmpdir(), 'gangway-cli-'));
  template = join(base, 'template');
  const made = await runCli(cli, ['releases', '--lab', 'clean', '--state', template, '--json']);
  expect(made.exit, made.stderr).toBe(0);
  mirror = join(template, 'lab/mirror');
}, 120_000);
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

let count = 0;
/** A state folder of its own, with the lab's computer and mirror in it. */
async function state(): Promise<string> {
  const folder = join(base, `state-${String((count += 1))}`);
  await cp(template, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}
/** Nothing in these tests may reach the network: what is refused there is refused here. */
const offline = { https_proxy: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' };

const lab = (folder: string, args: readonly string[], scenario = 'clean'): Promise<CliRun> =>
  runCli(cli, [...args, '--lab', scenario, '--state', folder, '--json'], offline);
const real = (folder: string, args: readonly string[]): Promise<CliRun> =>
  runCli(cli, [...args, '--state', folder, '--json'], offline);

/** The document, after checking that it is the only thing on stdout. */
function json(run: CliRun, exit: number): Record<string, unknown> & { reason?: Reason } {
  expect(run.exit, run.stdout + run.stderr).toBe(exit);
  expect(run.stdout.startsWith('{')).toBe(true);
  return JSON.parse(run.stdout) as Record<string, unknown> & { reason?: Reason };
}
interface Reason {
  readonly code: string;
  readonly what: string;
  readonly meaning: string;
  readonly next: readonly string[];
}
const names = [
  'upgrade',
  'releases',
  'verify',
  'audit',
  'keys',
  'exclusions',
  'rollback',
  'history',
  'switch',
];

describe('help and usage', () => {
  it.each(names)('gangway %s --help has examples', async (name) => {
    const run = await runCli(cli, [name, '--help']);
    expect(run.exit).toBe(0);
    expect(run.stdout).toContain(`Usage: gangway ${name}`);
    expect(run.stdout).toMatch(/Examples:\n {2}gangway/);
    expect(run.stdout).toContain('--json');
  });

  it('lists its commands, and ends with 2 where none was named', async () => {
    const run = await runCli(cli, []);
    expect(run.exit).toBe(2);
    for (const name of names) expect(run.stderr).toContain(`  ${name}`);
    expect((await runCli(cli, ['--help'])).exit).toBe(0);
    expect((await runCli(cli, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [['nonsense'], 'nonsense'],
    [['upgrade', '--bad'], '--bad'],
    [['upgrade', '--to', 'x'], '--to x'],
    [['upgrade', '--exclusions', 'all'], '--exclusions all'],
    [['upgrade', '--accept-unavailable', 'sha256'], 'sha256'],
    [['upgrade', '--os', 'plan9'], '--os plan9'],
    [['upgrade', 'extra'], 'extra'],
    [['verify'], 'verify'],
    [['switch', 'latest'], 'latest'],
    [['keys', 'burn'], 'keys burn'],
    [['exclusions', 'check'], 'check'],
    [['rollback', '--run', 'r-1', '--all'], '--run --all'],
    [['releases', '--lab', 'nowhere'], '--lab nowhere'],
  ])('%j is a usage error, in one document', async (args, said) => {
    const answer = json(await runCli(cli, [...args, '--json', '--state', join(base, 'usage')]), 2);
    expect(answer).toMatchObject({ outcome: 'usage', reason: { code: 'usage', next: [] } });
    expect(answer.reason?.what).toContain(said);
    expect(answer.reason?.meaning).not.toBe('');
  });

  it('speaks the language of the terminal, or the one that was asked for', async () => {
    const inChinese = await runCli(cli, ['nonsense'], { LANG: 'zh_CN.UTF-8' });
    expect(inChinese.stderr).toContain('无法识别：nonsense');
    const asked = await runCli(cli, ['nonsense', '--lang', 'zh-CN']);
    expect(asked.stderr).toContain('无法识别');
    const english = await runCli(cli, ['nonsense', '--lang=en'], { LANG: 'zh_CN.UTF-8' });
    expect(english.stderr).toContain('This was not understood');
  });
});

it('releases: source, offers and files', async () => {
  const answer = json(await lab(await state(), ['releases']), 0);
  expect(answer).toMatchObject({
    fromCache: false,
    offers: { newestPatch: 'go1.26.7', newestStable: 'go1.27.0' },
  });
  const releases = answer['releases'] as { version: string; supported: boolean; files: object[] }[];
  expect(releases[0]).toMatchObject({ version: 'go1.28rc1', supported: false });
  expect(releases[1]).toMatchObject({ version: 'go1.27.0', supported: true });
  expect(releases[1]?.files[0]).toMatchObject({ filename: 'go1.27.0.src.tar.gz', kind: 'source' });
});

it('releases: says so where the source cannot be reached and nothing is cached', async () => {
  const answer = json(await real(join(base, 'nothing'), ['releases']), 4);
  expect(answer).toMatchObject({ outcome: 'unavailable' });
  expect(answer.reason?.next.length).toBeGreaterThan(0);
});

describe('upgrade', () => {
  it('does the whole job, says so the second time, and is taken back', async () => {
    const folder = await state();
    const done = json(await lab(folder, ['upgrade', '--exclusions', 'plan', '--yes']), 0);
    expect(done).toMatchObject({
      outcome: 'upgraded',
      version: 'go1.27.0',
      root: join(folder, 'lab/c/Users/lin/AppData/Local/Gangway/go/1.27.0'),
      before: 'go1.26.3',
      exclusions: [
        { kind: 'path', value: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp', result: 'applied' },
        { kind: 'path', result: 'applied' },
      ],
      run: expect.stringMatching(/^r-/) as unknown,
    });
    const proofs = done['proofs'] as { id: string; state: string; evidence: object }[];
    expect(proofs.map(({ id }) => id)).toEqual([
      'size',
      'sha256',
      'sidecar',
      'pins',
      'checksumDatabase',
      'openpgp',
      'signedSource',
      'organisation',
      'authenticode',
    ]);
    expect(proofs[4]).toMatchObject({ state: 'passed', evidence: { treeSize: 712 } });

    const again = json(await lab(folder, ['upgrade']), 0);
    expect(again).toMatchObject({ outcome: 'alreadyInstalled', version: 'go1.27.0', run: null });

    const history = json(await lab(folder, ['history']), 0)['entries'] as { kind: string }[];
    expect(history.map(({ kind }) => kind)).toEqual([
      'upgrade',
      'verify',
      'exclusions',
      'goEnv',
      'download',
    ]);

    const listed = json(await lab(folder, ['exclusions']), 0);
    expect(listed).toMatchObject({ visibility: 'known', exclusions: [{ owner: 'gangway' }, {}] });

    const back = json(await lab(folder, ['rollback', '--run', String(done['run'])]), 0);
    expect((back['undone'] as object[]).length).toBe(6);
    expect(back['kept']).toEqual([]);
    expect(existsSync(String(done['root']))).toBe(false);
    expect(json(await lab(folder, ['rollback']), 0)).toMatchObject({ undone: [], kept: [] });
  });

  it('sets no exclusion without a reason, and none that nobody agreed to', async () => {
    expect(json(await lab(await state(), ['upgrade']), 0)).toMatchObject({ exclusions: [] });
    const blocked = await lab(await state(), ['upgrade'], 'hiddenLists');
    expect(json(blocked, 0)).toMatchObject({ outcome: 'upgraded', exclusions: [] });
    const asked = json(await lab(await state(), ['upgrade', '--exclusions', 'plan']), 5);
    expect(asked).toMatchObject({ outcome: 'declined', reason: { code: 'consent.missing' } });
  });

  it.each([
    ['tamperProtected', 3, 'defender.notApplied'],
    ['managed', 3, 'defender.managed'],
    ['thirdPartyAntivirus', 4, 'defender.otherAntivirus'],
    ['defenderOff', 4, 'defender.off'],
    ['uacDeclined', 5, 'elevation.declined'],
    ['blockOnDownload', 1, 'defender.blocked'],
    ['blockOnExtract', 1, 'defender.blocked'],
  ])('%s: stops with %i, %s, and nothing is left of it', async (scenario, exit, code) => {
    const folder = await state();
    const run = await lab(folder, ['upgrade', '--exclusions', 'plan', '--yes'], scenario);
    const answer = json(run, exit);
    expect(answer.reason?.code).toBe(code);
    expect(answer.reason?.next.length).toBeGreaterThan(0);
    const go = await readdir(join(folder, 'lab/c/Users/lin/AppData/Local/Gangway/go'));
    expect(go.sort()).toEqual(['1.26.3', 'current']);
    const defender = await readFile(join(folder, 'lab/defender.json'), 'utf8');
    expect(JSON.parse(defender)).toMatchObject({ exclusions: [], tasks: [] });
    expect(json(await lab(folder, ['rollback', '--all', '--yes'], scenario), 0)).toMatchObject({
      undone: [],
    });
  });

  it('refuses a tampered file, and names the proof', async () => {
    const folder = await state();
    await writeFile(
      join(folder, 'lab/mirror/faults.json'),
      JSON.stringify([{ path: '/dl/*.zip', fault: { kind: 'tampered' } }]),
    );
    const answer = json(await lab(folder, ['upgrade']), 3);
    expect(answer).toMatchObject({ outcome: 'refused', reason: { code: 'proof.failed' } });
    const proofs = answer['proofs'] as { id: string; state: string }[];
    expect(proofs.find(({ state: is }) => is === 'failed')?.id).toBe('sha256');
    expect(proofs.filter(({ state: is }) => is === 'passed').map(({ id }) => id)).toEqual(['size']);
    const history = json(await lab(folder, ['history']), 0)['entries'] as { kind: string }[];
    expect(history.map(({ kind }) => kind)).toEqual(['verify', 'download']);
  });

  it('refuses a forged tree head', async () => {
    const folder = await state();
    await writeFile(
      join(folder, 'lab/mirror/faults.json'),
      JSON.stringify([{ path: '/sumdb/*', fault: { kind: 'forgedHead' } }]),
    );
    const answer = json(await lab(folder, ['upgrade']), 3);
    const proofs = answer['proofs'] as { id: string; state: string }[];
    expect(proofs.find(({ state: is }) => is === 'failed')?.id).toBe('checksumDatabase');
  });

  it('stopped by Ctrl+C keeps its part, tells so in one document, and goes on from there', async () => {
    const folder = await state();
    const faults = join(folder, 'lab/mirror/faults.json');
    await writeFile(
      faults,
      JSON.stringify([{ path: '/dl/*.zip', fault: { kind: 'slow', bytesPerSecond: 60_000 } }]),
    );
    const { child, ended } = startCli(
      cli,
      ['upgrade', '--lab', 'clean', '--state', folder, '--json'],
      offline,
    );
    const downloads = join(folder, 'downloads');
    while (
      !existsSync(downloads) ||
      !(await readdir(downloads)).some((name) => name.endsWith('.partial'))
    ) {
      await new Promise((wait) => setTimeout(wait, 20));
    }
    await new Promise((wait) => setTimeout(wait, 400));
    child.kill('SIGINT');
    expect(json(await ended, 5)).toMatchObject({
      outcome: 'declined',
      version: 'go1.27.0',
      reason: { code: 'cancelled' },
    });
    expect((await readdir(downloads)).some((name) => name.endsWith('.partial'))).toBe(true);
    await rm(faults);
    expect(json(await lab(folder, ['upgrade']), 0)).toMatchObject({ outcome: 'upgraded' });
  });

  it('repairs nothing silently: a version that is not there cannot be switched to', async () => {
    const folder = await state();
    json(await lab(folder, ['upgrade', '--to', '1.26.7']), 0);
    expect(json(await lab(folder, ['switch', '1.26.3']), 0)).toMatchObject({
      outcome: 'switched',
      version: 'go1.26.3',
      before: 'go1.26.7',
    });
    expect(json(await lab(folder, ['switch', 'go1.26.3']), 0)).toMatchObject({
      outcome: 'already',
    });
    expect(json(await lab(folder, ['switch', '1.20.1']), 2).reason?.code).toBe(
      'install.noSuchVersion',
    );
  });
});

describe('a folder of an organisation, laid out as go.dev’s', () => {
  const unpack = ['--os', 'windows', '--arch', 'amd64', '--accept-unavailable', 'checksumDatabase'];
  const upgrade = (folder: string) =>
    real(folder, [
      'upgrade',
      '--from',
      join(mirror, 'dl'),
      '--install-root',
      join(folder, 'go'),
      ...unpack,
    ]);

  it('is not enough without a key that vouches for it, and is with one', async () => {
    const folder = join(base, 'organisation');
    const refused = json(await upgrade(folder), 3);
    // The pin of the real release differs: whatever is under its name here is not it.
    expect(refused.reason?.code).toBe('proof.failed');

    const own = join(base, 'own-mirror');
    await cp(join(mirror, 'dl'), own, { recursive: true });
    const list = JSON.parse(await readFile(join(own, 'index.json'), 'utf8')) as {
      version: string;
      files: { kind: string }[];
    }[];
    // The organisation's own list: one release, and no archive of sources.
    const [wanted] = list.filter(({ version }) => version === 'go1.28rc1');
    const files = wanted?.files.filter(({ kind }) => kind === 'archive');
    await writeFile(join(own, 'index.json'), JSON.stringify([{ ...wanted, files }]));
    const args = [
      'upgrade',
      '--to',
      '1.28rc1',
      '--from',
      own,
      '--install-root',
      join(folder, 'go'),
    ];
    const alone = json(await real(folder, [...args, ...unpack]), 3);
    expect(alone.reason?.code).toBe('proof.notEnough');

    const { trust } = JSON.parse(await readFile(join(mirror, 'mirror.json'), 'utf8')) as {
      trust: { organisationKeyring: string; organisationFingerprint: string };
    };
    const key = join(base, 'it.asc');
    await writeFile(key, trust.organisationKeyring);
    expect(json(await real(folder, ['keys', 'add', key]), 5)).toMatchObject({
      reason: { code: 'consent.missing' },
      key: { fingerprint: trust.organisationFingerprint },
    });
    expect(json(await real(folder, ['keys', 'list']), 0)).toEqual({ keys: [] });
    json(await real(folder, ['keys', 'add', key, '--yes']), 0);
    const done = json(await real(folder, [...args, ...unpack]), 0);
    expect(done).toMatchObject({ outcome: 'upgraded', version: 'go1.28rc1' });
    const proofs = done['proofs'] as { id: string; state: string; summary: string }[];
    expect(proofs.find(({ id }) => id === 'organisation')).toMatchObject({ state: 'passed' });
    json(await real(folder, ['keys', 'remove', trust.organisationFingerprint]), 0);
    expect(json(await real(folder, ['keys', 'remove', 'AB'.repeat(20)]), 2).reason?.code).toBe(
      'keys.noSuchKey',
    );
  });

  it('refuses what is no key', async () => {
    const file = join(base, 'not-a-key.asc');
    await writeFile(file, 'hello');
    const answer = json(await real(join(base, 'keys'), ['keys', 'add', file, '--yes']), 2);
    expect(answer.reason?.code).toBe('keys.notAKey');
    expect(json(await real(join(base, 'keys'), ['keys', 'add', '/nowhere']), 1).reason?.code).toBe(
      'disk.missing',
    );
  });
});

describe('verify and audit', () => {
  const zip = () => join(mirror, 'dl/go1.27.0.windows-amd64.zip');

  it('verify: proves a file of the lab’s mirror, and refuses a changed one', async () => {
    const folder = await state();
    const good = json(await lab(folder, ['verify', zip()]), 0);
    expect(good).toMatchObject({
      outcome: 'verified',
      file: zip(),
      version: 'go1.27.0',
      verdict: 'verified',
    });
    const changed = join(base, 'go1.27.0.windows-amd64.zip');
    const bytes = await readFile(zip());
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    await writeFile(changed, bytes);
    const bad = json(await lab(folder, ['verify', changed]), 3);
    expect(bad).toMatchObject({ outcome: 'refused', verdict: 'refused' });
  });

  it('verify: offline it still computes the h1, and says what was not reached', async () => {
    const folder = join(base, 'offline');
    const list = join(base, 'list.json');
    const bytes = await readFile(join(mirror, 'dl/go1.28rc1.windows-amd64.zip'));
    const filename = 'go1.28rc1.windows-amd64.zip';
    await writeFile(
      list,
      JSON.stringify([
        {
          version: 'go1.28rc1',
          stable: false,
          files: [
            {
              filename,
              os: 'windows',
              arch: 'amd64',
              version: 'go1.28rc1',
              sha256: createHash('sha256').update(bytes).digest('hex'),
              size: bytes.length,
              kind: 'archive',
            },
          ],
        },
      ]),
    );
    const args = [
      'verify',
      join(mirror, 'dl', filename),
      '--releases',
      list,
      '--source',
      join(mirror, 'dl/go1.28rc1.src.tar.gz'),
      '--signature',
      join(mirror, 'dl/go1.28rc1.src.tar.gz.asc'),
    ];
    const answer = json(await real(folder, args), 3);
    const proofs = answer['proofs'] as {
      id: string;
      state: string;
      evidence: Record<string, unknown>;
    }[];
    const row = (id: string) => proofs.find((proof) => proof.id === id);
    expect(row('sha256')?.state).toBe('passed');
    expect(row('checksumDatabase')).toMatchObject({ state: 'unavailable' });
    expect(String(row('checksumDatabase')?.evidence['h1'])).toMatch(/^h1:/);
    // Signed by the lab's key, which counts for nothing here; whether it is a newer one of Google's, nobody can be asked.
    expect(row('signedSource')?.state).toBe('unavailable');
    expect(row('signedSource')?.evidence['reason']).toBe('keysUnavailable');
    expect(answer.reason?.next).not.toEqual([]);
  });

  it('audit: genuine, changed by name, and not known', async () => {
    const folder = await state();
    const { root } = json(await lab(folder, ['upgrade']), 0) as unknown as { root: string };
    expect(json(await lab(folder, ['audit', root]), 0)).toMatchObject({
      verdict: 'genuine',
      changed: [],
      missing: [],
      extra: [],
    });
    await rm(join(root, 'pkg/tool/windows_amd64/compile.exe'));
    await writeFile(join(root, 'VERSION'), 'go1.27.0\nchanged\n');
    await writeFile(join(root, 'bin/extra.exe'), 'x');
    const against = join(folder, 'lab/mirror/dl/go1.27.0.windows-amd64.zip');
    expect(json(await lab(folder, ['audit', root, '--against', against]), 3)).toMatchObject({
      verdict: 'changed',
      changed: ['VERSION'],
      missing: ['pkg/tool/windows_amd64/compile.exe'],
      extra: ['bin/extra.exe'],
    });
    const empty = await mkdtemp(join(base, 'tree-'));
    await writeFile(join(empty, 'x'), 'x');
    expect(json(await real(join(base, 'audit'), ['audit', empty]), 4)).toMatchObject({
      verdict: 'unknown',
    });
    expect(json(await real(join(base, 'audit'), ['audit', '/nowhere']), 1).reason?.code).toBe(
      'disk.missing',
    );
  });
});

describe('exclusions', () => {
  it('plans, applies, lists, checks and is taken back', async () => {
    const folder = await state();
    const planned = json(await lab(folder, ['exclusions', 'plan']), 0);
    expect(planned).toMatchObject({
      outcome: 'planned',
      exclusions: [
        {
          kind: 'path',
          value: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp',
          result: 'planned',
          risk: { level: 'low' },
          expires: expect.stringMatching(/Z$/) as unknown,
        },
        { kind: 'path' },
      ],
    });
    expect(json(await lab(folder, ['exclusions', 'apply']), 5).reason?.code).toBe(
      'consent.missing',
    );
    const applied = json(await lab(folder, ['exclusions', 'apply', '--yes']), 0);
    expect(applied).toMatchObject({ outcome: 'applied', exclusions: [{ result: 'applied' }, {}] });
    const value = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp';
    expect(json(await lab(folder, ['exclusions', 'check', `${value}\\a.exe`]), 0)).toMatchObject({
      answer: 'excluded',
    });
    const elsewhere = await lab(folder, ['exclusions', 'check', 'C:\\Users\\lin\\x.exe']);
    expect(json(elsewhere, 0)).toMatchObject({ answer: 'notExcluded' });
    json(await lab(folder, ['rollback']), 0);
    expect(json(await lab(folder, ['exclusions', 'list']), 0)).toMatchObject({ exclusions: [] });
  });

  it('hidden is hidden, and never "none"', async () => {
    const answer = json(await lab(await state(), ['exclusions', 'list'], 'hiddenLists'), 0);
    expect(answer).toMatchObject({ visibility: 'hidden' });
  });

  it('has no adapter on this system without the lab, and says so with 4', async () => {
    for (const action of ['list', 'plan', 'apply']) {
      const answer = json(await real(join(base, 'real'), ['exclusions', action, '--yes']), 4);
      expect(answer).toMatchObject({ outcome: 'unavailable', reason: { code: 'adapter.missing' } });
    }
    const wanted = ['upgrade', '--exclusions', 'plan', '--yes'];
    expect(json(await real(join(base, 'real'), wanted), 4).reason?.code).toBe('adapter.missing');
  });
});
