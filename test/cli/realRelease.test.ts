// The official go1.27.0 through the whole command line: fetched from a folder, proved as far as one can offline, unpacked.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { buildCli, runCli } from '../support/cli';

const given = resolve('../shared/data/go-release');
const zip = 'go1.27.0.windows-amd64.zip';
const source = 'go1.27.0.src.tar.gz';
const isHere = [zip, source, `${source}.asc`].every((name) => existsSync(join(given, name)));
if (!isHere) console.log(`skipped: no official release in ${given}`);

let base = '';
afterAll(async () => {
  if (base !== '') await rm(base, { recursive: true, force: true });
});

it.skipIf(!isHere)(
  'upgrades from a folder with the official release',
  { timeout: 300_000 },
  async () => {
    base = await mkdtemp(join(tmpdir(), 'gangway-official-'));
    const cli = await buildCli('official');
    const from = join(base, 'from');
    await mkdir(from);
    for (const name of [zip, source, `${source}.asc`]) {
      await symlink(join(given, name), join(from, name));
    }
    const file = async (
      filename: string,
      os: string,
      arch: string,
      sha256: string,
      kind: string,
    ) => ({
      filename,
      os,
      arch,
      version: 'go1.27.0',
      sha256,
      size: (await stat(join(given, filename))).size,
      kind,
    });
    const files = [
      await file(
        zip,
        'windows',
        'amd64',
        'f0c0a0d33ba94f4d2c5dbc887334ce678b21813504ddb3aafcb06e60a5a667c4',
        'archive',
      ),
      await file(
        source,
        '',
        '',
        '7002403d7cc44529ef6d26f69a44818263395ead7c16c05a5808ae047ebeb0e5',
        'source',
      ),
    ];
    await writeFile(
      join(from, 'index.json'),
      JSON.stringify([{ version: 'go1.27.0', stable: true, files }]),
    );
    const root = join(base, 'go');
    const run = await runCli(
      cli,
      [
        'upgrade',
        '--from',
        from,
        '--os',
        'windows',
        '--arch',
        'amd64',
        '--install-root',
        root,
        '--state',
        join(base, 'state'),
        '--accept-unavailable',
        'checksumDatabase',
        '--json',
      ],
      // The database is out of reach, also where there is a network: the signed source takes its place.
      { https_proxy: 'http://127.0.0.1:9' },
    );
    expect(run.exit, run.stdout + run.stderr).toBe(0);
    const done = JSON.parse(run.stdout) as {
      files: number;
      proofs: { id: string; state: string; evidence: Record<string, unknown> }[];
    };
    expect(done.files).toBe(15_636);
    const states = Object.fromEntries(done.proofs.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      size: 'passed',
      sha256: 'passed',
      pins: 'passed',
      checksumDatabase: 'unavailable',
      signedSource: 'passed',
    });
    const database = done.proofs.find(({ id }) => id === 'checksumDatabase');
    expect(database?.evidence['h1']).toBe('h1:8pPy8S91V30lOV1zo59ar/esoLpn5dkgbh/mo/EhWsc=');
    expect((await readFile(join(root, 'current', 'VERSION'), 'utf8')).split('\n')[0]).toBe(
      'go1.27.0',
    );
  },
);
