// Downloading a release with its SHA-256 over loopback, against curl with and without the same work, and whether the
// memory stays what it is when the file is forty times as large.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from './bundle';
import { execute, pairs, spread, type BenchContext, type BenchRow, type Run } from './row';

const run = promisify(execFile);

export async function downloadRows(context: BenchContext): Promise<readonly BenchRow[]> {
  const program = await bundle('download');
  const server = await bundle('fileServer');
  return serving(server, context.zip, async (address) => {
    const file = await describe(context.zip);
    const ours = (folder: string) => download(program, address, file, folder);
    const sameWork = await pairs(context, 'download', ours, (folder) =>
      execute('bash', [
        '-o',
        'pipefail',
        '-c',
        `curl -sS "${address}" | tee "${join(folder, 'go.zip')}" | sha256sum`,
      ]),
    );
    const plain = await pairs(context, 'downloadOnly', ours, (folder) =>
      execute('curl', ['-sS', '-o', join(folder, 'go.zip'), address]),
    );
    const peakMB = Math.max(sameWork.peakMB, plain.peakMB);
    return [
      {
        id: 'download',
        peer: 'curl -s | tee file | sha256sum',
        ratio: sameWork.ratio,
        goal: 0.6,
        memory: { peak: peakMB, goal: null },
        took: { ours: sameWork.ours, peer: sameWork.peer },
      },
      {
        id: 'downloadOnly',
        peer: 'curl -o, without a hash',
        ratio: plain.ratio,
        goal: 1.3,
        memory: { peak: peakMB, goal: null },
        took: { ours: plain.ours, peer: plain.peer },
      },
      await memoryRow(context, program, server),
    ];
  });
}

const small = 10_000_000;
const large = 400_000_000;

/** Peak memory with 400 MB over that with 10 MB: what grows with the file shows here and nowhere else. */
async function memoryRow(
  context: BenchContext,
  program: string,
  server: string,
): Promise<BenchRow> {
  const ratios: number[] = [];
  const peaks: number[] = [];
  for (let i = 0; i < Math.min(context.runs, 3); i++) {
    const [little, much] = [await peakOf(small), await peakOf(large)];
    ratios.push(much / little);
    peaks.push(much);
  }
  context.log('downloadMemory: done');
  return {
    id: 'downloadMemory',
    peer: 'the same with 10 MB instead of 400 MB (ratio of peak memory)',
    ratio: spread(ratios),
    goal: 1.15,
    memory: { peak: Math.max(...peaks), goal: null },
  };

  async function peakOf(size: number): Promise<number> {
    const path = join(context.scratch, `zeros-${size}`);
    const file = await open(path, 'w');
    await file.write('PK\u0003\u0004');
    await file.truncate(size);
    await file.close();
    const folder = join(context.scratch, `memory-${size}-${Math.random().toString(36).slice(2)}`);
    await mkdir(folder);
    const described = await describe(path);
    const { peakMB } = await serving(server, path, (address) =>
      download(program, address, described, folder),
    );
    return peakMB;
  }
}

interface Described {
  readonly sha256: string;
  readonly size: number;
}

async function describe(path: string): Promise<Described> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
  }
  return { sha256: hash.digest('hex'), size: (await stat(path)).size };
}

async function download(
  program: string,
  address: string,
  { sha256, size }: Described,
  folder: string,
): Promise<Run> {
  const args = [program, address, sha256, String(size), folder];
  const { stdout } = await run(process.execPath, args);
  const figure = (name: string): number =>
    Number(new RegExp(`${name} ([0-9.]+)`).exec(stdout)?.[1] ?? Number.NaN);
  return { ms: figure('tookMs'), peakMB: (figure('peakKB') * 1024) / 1e6 };
}

/** Runs the server in a process of its own while `work` asks it. */
async function serving<T>(
  server: string,
  path: string,
  work: (address: string) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, [server, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (text: Buffer) => {
        resolve(text.toString().trim());
      });
      child.once('exit', () => {
        reject(new Error('the server of the bench did not start'));
      });
    });
    return await work(`http://127.0.0.1:${port}/go.zip`);
  } finally {
    child.kill();
  }
}
