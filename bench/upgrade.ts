// A whole upgrade from a mirror on loopback (download, proofs, unpacking with a hash of each file, switch) against
// `curl -sO && sha256sum -c && unzip -q`, which proves less. Twice: with the checksum database, which only the lab's
// mirror can serve here, for a release of the same size made here; and the official release with its signed source, by
// the command line, where the database is out of reach.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import { buildMirror, realSizeRelease } from '../src/core/lab/mirror';
import { bundle, bundleUpgrade } from './bundle';
import { pairs, type BenchContext, type BenchRow, type Run } from './row';

const peer = 'curl -sO && sha256sum -c && unzip -q';
/** Of the peer's time, and MB. */
const goals = { ratio: 0.8, peakMB: 160 } as const;

export async function upgradeRows(context: BenchContext): Promise<readonly BenchRow[]> {
  const database = await withDatabase(context);
  const source = await withSignedSource(context);
  return source === null ? [database] : [database, source];
}

/** Every proof that an upgrade asks for: size, hash, sidecar, checksum database. */
async function withDatabase(context: BenchContext): Promise<BenchRow> {
  const folder = resolve('node_modules/.cache/gangway/bench/mirror');
  const trust = await buildMirror(folder, { releases: [realSizeRelease] });
  const trustFile = join(context.scratch, 'trust.json');
  await writeFile(trustFile, JSON.stringify(trust));
  const program = await bundleUpgrade();
  const name = `${realSizeRelease.version}.windows-amd64.zip`;
  const sha256 = await hashOf(join(folder, 'dl', name));
  return serving(await bundle('labMirror'), folder, (base) =>
    row(
      context,
      'upgrade',
      (fresh) => timed(process.execPath, [program, base, trustFile, fresh], fresh),
      (fresh) => asPeer(`${base}/dl/${name}`, name, sha256, fresh),
    ),
  );
}

/** The official release, for which the signed source archive stands in: null where that is not at hand. */
async function withSignedSource(context: BenchContext): Promise<BenchRow | null> {
  const { zip, sourceTar, signature } = context;
  if (sourceTar === null || signature === null) {
    context.log('upgradeSignedSource: left out, there is no signed source archive');
    return null;
  }
  const cli = await buildCli();
  const mirror = join(context.scratch, 'mirror');
  const sha256 = await layOut(zip, sourceTar, signature, mirror);
  const name = basename(zip);
  return serving(await bundle('mirrorServer'), mirror, (base) =>
    row(
      context,
      'upgradeSignedSource',
      (fresh) => upgrade(cli, `${base}/`, fresh),
      (fresh) => asPeer(`${base}/${name}`, name, sha256, fresh),
    ),
  );
}

async function serving(
  server: string,
  folder: string,
  measure: (base: string) => Promise<BenchRow>,
): Promise<BenchRow> {
  const running = spawn(process.execPath, [server, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return await measure(`http://127.0.0.1:${await firstLine(running.stdout)}`);
  } finally {
    running.kill();
  }
}

async function row(
  context: BenchContext,
  id: string,
  ours: (folder: string) => Promise<Run>,
  theirs: (folder: string) => Promise<Run>,
): Promise<BenchRow> {
  const result = await pairs(context, id, ours, theirs);
  return {
    id,
    peer,
    ratio: result.ratio,
    goal: goals.ratio,
    memory: { peak: result.peakMB, goal: goals.peakMB },
    took: { ours: result.ours, peer: result.peer },
  };
}

function asPeer(address: string, name: string, sha256: string, folder: string): Promise<Run> {
  const commands = `curl -sSO "${address}" && echo "${sha256}  ${name}" | sha256sum --quiet -c && unzip -q "${name}"`;
  return timed('bash', ['-c', commands], folder);
}

function upgrade(cli: string, address: string, folder: string): Promise<Run> {
  return timed(
    process.execPath,
    [
      cli,
      'upgrade',
      ...['--from', address, '--os', 'windows', '--arch', 'amd64'],
      ...['--install-root', join(folder, 'go'), '--state', join(folder, 'state')],
      ...['--accept-unavailable', 'checksumDatabase', '--exclusions', 'none', '--json'],
    ],
    folder,
  );
}

/** The product's own bundle, in a folder of its own: another build may be under way. */
async function buildCli(): Promise<string> {
  const outDir = resolve('node_modules/.cache/gangway-bench/cli');
  await build({
    configFile: resolve('vite.cli.config.mts'),
    configLoader: 'runner',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  return join(outDir, 'gangway.cjs');
}

/** An organisation's mirror with one release. @returns the SHA-256 of its zip */
async function layOut(
  zip: string,
  sourceTar: string,
  signature: string,
  folder: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const version = /^(go[0-9.]+[0-9])\./.exec(basename(zip))?.[1] ?? 'go1.27.0';
  const files = [];
  for (const path of [zip, sourceTar]) {
    const filename = basename(path);
    const sha256 = await hashOf(path);
    const { size } = await stat(path);
    await symlink(path, join(folder, filename));
    await writeFile(join(folder, `${filename}.sha256`), sha256);
    const what =
      path === zip
        ? { os: 'windows', arch: 'amd64', kind: 'archive' }
        : { os: '', arch: '', kind: 'source' };
    files.push({ filename, version, sha256, size, ...what });
  }
  await symlink(signature, join(folder, basename(signature)));
  await writeFile(join(folder, 'index.json'), JSON.stringify([{ version, stable: true, files }]));
  return files[0]?.sha256 ?? '';
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Runs to the end. The peak is read from the system while it runs: the product prints no such figure. */
function timed(command: string, args: readonly string[], cwd: string): Promise<Run> {
  return new Promise((done, reject) => {
    const began = performance.now();
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      // Nothing but the mirror is to be reached, also where there is a network.
      env: {
        ...process.env,
        https_proxy: 'http://127.0.0.1:9',
        http_proxy: '',
        no_proxy: '127.0.0.1',
      },
    });
    let errors = '';
    let peakKB = 0;
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const looking = setInterval(() => {
      void peakOf(child.pid).then((kB) => (peakKB = Math.max(peakKB, kB)));
    }, 50);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(looking);
      const ms = performance.now() - began;
      if (code === 0) done({ ms, peakMB: (peakKB * 1024) / 1e6 });
      else reject(new Error(`${command} ended with ${String(code)}: ${errors}`));
    });
  });
}

/** Highest resident size so far; 0 where the system does not say, or the process has ended. */
async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
}

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((found) => {
    stream.once('data', (chunk: Buffer) => {
      found(chunk.toString().trim());
    });
  });
}
