// Measures Gangway beside named peers, in one run, as ratios with their spread. Never part of the tests: machines are
// noisy, and a figure is for reading. `-- --json` prints one document; `-- --runs 5 --only extract,download` choose.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildMirror, realSizeRelease } from '../src/core/lab/mirror';
import { appRows } from './app';
import { auditRows } from './audit';
import { downloadRows } from './download';
import { elevationRows } from './elevation';
import { extractRows } from './extract';
import { openpgpRows } from './openpgp';
import { powershellRows } from './powershell';
import type { BenchContext, BenchRow } from './row';
import { upgradeRows } from './upgrade';

const groups = {
  extract: extractRows,
  download: downloadRows,
  openpgp: openpgpRows,
  audit: auditRows,
  upgrade: upgradeRows,
  app: appRows,
  powershell: powershellRows,
  elevation: elevationRows,
} as const satisfies Record<string, (context: BenchContext) => Promise<readonly BenchRow[]>>;
type Group = keyof typeof groups;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    release: { type: 'string', default: process.env['GANGWAY_RELEASE'] ?? '' },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new RangeError('--runs takes a whole number from 1');
const chosen = values.only?.split(',') ?? Object.keys(groups);
const unknown = chosen.filter((name) => !Object.hasOwn(groups, name));
if (unknown.length > 0) throw new RangeError(`no such group: ${unknown.join(', ')}`);

const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const cache = resolve('node_modules/.cache/gangway/bench');
await mkdir(cache, { recursive: true });
const release = await findRelease();
const scratch = await mkdtemp(join(cache, 'run-'));
const rows: BenchRow[] = [];
try {
  for (const name of chosen as Group[]) {
    rows.push(...(await groups[name]({ ...release, scratch, runs, log })));
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
if (values.json) {
  console.log(JSON.stringify({ release: release.what, runs, rows }, null, 2));
} else {
  printTable();
}

/** The official release where it lies at hand (`--release FOLDER`), else one of the same size made here. */
async function findRelease(): Promise<
  Pick<BenchContext, 'zip' | 'sourceTar' | 'signature'> & { readonly what: string }
> {
  const named = values.release === '' ? '../shared/data/go-release' : values.release;
  const real = filesIn(resolve(named));
  if (real !== null) {
    log(`Measured with the official go1.27.0 in ${named}.`);
    return { ...real, what: 'official go1.27.0' };
  }
  log('The official release is not here: measured with one of the same size, made for it.');
  const folder = join(cache, 'mirror');
  await buildMirror(folder, { releases: [realSizeRelease] });
  const made = filesIn(join(folder, 'dl'));
  if (made === null) throw new Error('the made release is incomplete');
  return { ...made, what: 'made here, of the same size' };
}

function filesIn(folder: string): Pick<BenchContext, 'zip' | 'sourceTar' | 'signature'> | null {
  const zip = join(folder, 'go1.27.0.windows-amd64.zip');
  const sourceTar = join(folder, 'go1.27.0.src.tar.gz');
  if (!existsSync(zip)) return null;
  const signed = existsSync(sourceTar) && existsSync(`${sourceTar}.asc`);
  return {
    zip,
    sourceTar: signed ? sourceTar : null,
    signature: signed ? `${sourceTar}.asc` : null,
  };
}

function printTable(): void {
  const width = Math.max(...rows.map((row) => row.id.length), 4);
  console.log(`\nRelease: ${release.what}. Ratio = our time / the peer's; ${runs} pairs.\n`);
  for (const row of rows) {
    const { median, min, max } = row.ratio;
    const verdict = median <= row.goal ? 'met' : 'MISSED';
    const memory =
      row.memory === undefined
        ? ''
        : `, peak ${row.memory.peak.toFixed(0)} MB${row.memory.goal === null ? '' : ` (goal ${row.memory.goal})`}`;
    console.log(
      `${row.id.padEnd(width)}  ${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})  goal ≤ ${row.goal} ${verdict}  vs ${row.peer}${memory}`,
    );
  }
}
