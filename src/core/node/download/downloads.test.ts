import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { downloadsContract, testTimes } from '../../../../test/contract/downloads';
import { temporaryFolder } from '../../../../test/support/temporary';
import { startTestWorker, workerFile } from '../../../../test/support/worker';
import { FailureError } from '../../failureError';
import { buildMirror, serveMirror, type ServedMirror } from '../../lab/mirror';
import type { DownloadRequest } from '../../ports';
import { Workers } from '../worker/workers';
import { nodeDownloads, type DownloadsParts } from '.';
import { defaultTiming } from './downloads';
import type { FetchInput } from './fetchJob';

function adapter(folder: string, parts: Partial<DownloadsParts> = {}) {
  const workers = new Workers(startTestWorker);
  const timing = { ...testTimes, connectMs: 2_000 };
  const downloads = nodeDownloads({
    folder,
    workers,
    userAgent: 'Gangway/0.0.0',
    timing,
    ...parts,
  });
  return { downloads, close: () => workers.close() };
}

describe('downloads over worker threads', () => {
  downloadsContract((folder, times) => adapter(folder, { timing: { ...times, connectMs: 2_000 } }));
});

const scratch = temporaryFolder();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const opened = (parts: Partial<DownloadsParts> = {}, folder = mkdtempSync(join(scratch, 'c-'))) => {
  const under = adapter(folder, parts);
  closing.push(under.close);
  return { ...under.downloads, folder };
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );

describe('a process that is killed', () => {
  let mirror: ServedMirror;
  let request: DownloadRequest;
  beforeAll(async () => {
    const folder = join(scratch, 'mirror');
    await buildMirror(folder, {
      releases: [{ version: 'go1.27.0', time: '2026-08-18T21:24:23Z', archs: ['amd64'] }],
    });
    mirror = await serveMirror(folder);
    const filename = 'go1.27.0.windows-amd64.zip';
    const content = readFileSync(join(folder, 'dl', filename));
    const sha256 = createHash('sha256').update(content).digest('hex');
    request = { from: `${mirror.base}/dl/${filename}`, filename, sha256, size: content.length };
  });
  afterAll(() => mirror.close());

  /** Another process that begins the download and then waits for ever at the checkpoint. */
  async function begun(folder: string): Promise<ReturnType<typeof spawn>> {
    const marker = join(folder, 'reached');
    const input: FetchInput = {
      folder,
      request,
      userAgent: 'Gangway/0.0.0',
      proxies: null,
      timing: defaultTiming,
    };
    const script = `
      const { Worker } = require('node:worker_threads');
      const worker = new Worker(${JSON.stringify(join(workerFile.folder, workerFile.name))});
      worker.postMessage({ kind: 'run', id: 1, name: 'download.fetch', input: ${JSON.stringify(input)} });
      worker.on('message', () => undefined);`;
    const child = spawn(process.execPath, ['-e', script], {
      stdio: 'inherit',
      env: {
        ...process.env,
        GANGWAY_CHECKPOINT: 'afterDownloadStarted',
        GANGWAY_CHECKPOINT_FILE: marker,
      },
    });
    closing.push(async () => {
      child.kill('SIGKILL');
      await sleep(0);
    });
    for (let i = 0; i < 400 && !existsSync(marker); i++) await sleep(25);
    expect(existsSync(marker)).toBe(true);
    return child;
  }

  it('leaves a part that goes on', async () => {
    const folder = mkdtempSync(join(scratch, 'killed-'));
    const child = await begun(folder);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const downloads = opened({}, folder);
    const kept = await downloads.partial(request.sha256);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(request.size);
    const file = await downloads.fetch(request, () => undefined);
    expect(file).toMatchObject({ sha256: request.sha256, resumedFrom: kept });
    expect(mirror.requests.at(-1)).toContain(`bytes=${String(kept)}-`);
    expect(readdirSync(folder).sort()).toEqual([request.sha256, 'reached'].sort());
  });

  it('is waited for while it lives, and its lock is taken over when it is gone', async () => {
    const folder = mkdtempSync(join(scratch, 'waited-'));
    const child = await begun(folder);
    const asked = mirror.requests.length;
    const running = opened({}, folder).fetch(request, () => undefined);
    await sleep(700);
    expect(mirror.requests).toHaveLength(asked);
    child.kill('SIGKILL');
    expect((await running).sha256).toBe(request.sha256);
    expect(mirror.requests).toHaveLength(asked + 1);
  });

  it('can be waited for no longer', async () => {
    const folder = mkdtempSync(join(scratch, 'left-'));
    await begun(folder);
    const abort = new AbortController();
    const running = opened({}, folder).fetch(request, () => undefined, abort.signal);
    await sleep(300);
    abort.abort();
    expect(await codeOf(running)).toBe('cancelled');
  });

  it('is asked for by the right proxy at each host', async () => {
    const start = createServer((_, response) => {
      response.writeHead(302, { location: request.from }).end();
    });
    await new Promise<void>((resolve) => start.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => start.close(() => resolve())));
    const from = `http://127.0.0.1:${String((start.address() as AddressInfo).port)}/`;
    const asked: string[] = [];
    const downloads = opened({
      resolveProxy: (url) => {
        asked.push(url);
        return Promise.resolve({ kind: 'direct' });
      },
    });
    const file = await downloads.fetch({ ...request, from }, () => undefined);
    expect(file.sha256).toBe(request.sha256);
    expect(asked).toEqual([from, request.from]);
  });

  it('finds a proxy that is not there', async () => {
    const proxy = { kind: 'http', host: '127.0.0.1', port: 1 } as const;
    const downloads = opened({ resolveProxy: () => Promise.resolve(proxy) });
    expect(await codeOf(downloads.fetch(request, () => undefined))).toBe('network.unreachable');
  });
});

describe('a disk', () => {
  const request = (size: number): DownloadRequest => ({
    from: join(scratch, 'big.zip'),
    filename: 'big.zip',
    sha256: 'ab'.repeat(32),
    size,
  });

  it('without room is named before the first byte', async () => {
    const downloads = opened();
    expect(await codeOf(downloads.fetch(request(2 ** 52), () => undefined))).toBe('disk.full');
  });

  it('where the folder cannot be made is named', async () => {
    writeFileSync(join(scratch, 'file'), '');
    const downloads = opened({}, join(scratch, 'file', 'below'));
    expect(await codeOf(downloads.fetch(request(1), () => undefined))).toBe('disk.missing');
  });
});
