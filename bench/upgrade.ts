// A whole upgrade by the command line from a mirror on loopback (download, proofs, unpacking with a hash of each file,
// switch) against `curl -sO && sha256sum -c && unzip -q`, which proves less. The checksum database is out of reach for
// both: its h1 is computed all the same, and only some ten small requests are left out.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import { bundle } from './bundle';
import { pairs, type BenchContext, type BenchRow, type Run } from './row';

export async function upgradeRows(context: BenchContext): Promise<readonly BenchRow[]> {
  const cli = await buildCli();
  const server = await bundle('mirrorServer');
  const mirror = join(context.scratch, 'mirror');
  const sha256 = await layOut(context.zip, mirror);
  const name = basename(context.zip);
  const serving = spawn(process.execPath, [server, mirror], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const port = await firstLine(serving.stdout);
    const address = `http://127.0.0.1:${port}/`;
    const result = await pairs(
      context,
      'upgrade',
      (folder) => upgrade(cli, address, folder),
      (folder) =>
        timed(
          'bash',
          [
            '-c',
            `curl -sSO "${address}${name}" && echo "${sha256}  ${name}" | sha256sum --quiet -c && unzip -q "${name}"`,
          ],
          folder,
        ),
    );
    return [
      {
        id: 'upgrade',
        peer: 'curl -sO && sha256sum -c && unzip -q',
        ratio: result.ratio,
        goal: 0.8,
        memory: { peak: result.peakMB, goal: 160 },
        took: { ours: result.ours, peer: result.peer },
      },
    ];
  } finally {
    serving.kill();
  }
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
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  return join(outDir, 'gangway.cjs');
}

/** An organisation's mirror with one release. @returns the SHA-256 of its zip */
async function layOut(zip: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const filename = basename(zip);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(zip)) hash.update(chunk as Buffer);
  const sha256 = hash.digest('hex');
  const version = /^(go[0-9.]+[0-9])\./.exec(filename)?.[1] ?? 'go1.27.0';
  await symlink(zip, join(folder, filename));
  await writeFile(join(folder, `${filename}.sha256`), sha256);
  const { size } = await stat(zip);
  const file = { filename, os: 'windows', arch: 'amd64', version, sha256, size, kind: 'archive' };
  await writeFile(
    join(folder, 'index.json'),
    JSON.stringify([{ version, stable: true, files: [file] }]),
  );
  return sha256;
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
