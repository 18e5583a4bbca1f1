// What every adapter of the downloads port must do, tried against a real server on loopback that cuts, stalls and lies.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FailureError } from '../../src/core/failureError';
import { buildMirror, serveMirror, type Fault, type ServedMirror } from '../../src/core/lab/mirror';
import type { DownloadRequest, Downloads, Progress } from '../../src/core/ports';
import { releaseListSchema } from '../../src/shared/model';
import { failureOf } from '../support/disk';
import { temporaryFolder } from '../support/temporary';

export interface DownloadsUnderTest {
  readonly downloads: Downloads;
  close(): Promise<void>;
}

export interface DownloadsTimes {
  readonly stallMs: number;
  readonly pausesMs: readonly number[];
}

/** Short enough for tests: a stall is known after half a second, and there are three attempts. */
export const testTimes: DownloadsTimes = { stallMs: 500, pausesMs: [10, 10] };

export function downloadsContract(
  make: (folder: string, times: DownloadsTimes) => DownloadsUnderTest,
): void {
  const scratch = temporaryFolder();
  const mirrorFolder = join(scratch, 'mirror');
  const name = 'go1.27.0.windows-amd64.zip';
  const path = `/dl/${name}`;
  let mirror: ServedMirror;
  let request: DownloadRequest;
  let content: Buffer;
  let under: DownloadsUnderTest;
  let folder: string;

  beforeAll(async () => {
    await buildMirror(mirrorFolder, {
      releases: [{ version: 'go1.27.0', time: '2026-08-18T21:24:23Z', archs: ['amd64'] }],
    });
    mirror = await serveMirror(mirrorFolder);
    content = readFileSync(join(mirrorFolder, 'dl', name));
    const list = releaseListSchema.parse(
      JSON.parse(readFileSync(join(mirrorFolder, 'dl', 'index.json'), 'utf8')),
    );
    const file = list[0]?.files.find((one) => one.filename === name);
    if (file === undefined) throw new Error('the mirror has no such file');
    request = {
      from: `${mirror.base}${path}`,
      filename: name,
      sha256: file.sha256,
      size: file.size,
    };
  });
  afterAll(() => mirror.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(scratch, 'cache-'));
    under = make(folder, testTimes);
  });
  afterEach(async () => {
    mirror.faults.clear();
    mirror.requests.splice(0);
    await under.close();
  });

  const fetchIt = (parts: Partial<DownloadRequest> = {}) =>
    under.downloads.fetch({ ...request, ...parts }, () => undefined);
  const partOf = (sha256 = request.sha256) => join(folder, `${sha256}.partial`);
  const left = () => readdirSync(folder).sort();
  const ranges = () => mirror.requests.map((line) => line.split(' ')[2] ?? 'whole');
  const always = (fault: Fault) => mirror.faults.set(path, fault);
  /** Leaves the first `length` bytes behind, as an earlier run that lost its connection. */
  const leavePart = async (length: number) => {
    mirror.faults.set(path, { kind: 'status', status: 404 });
    mirror.faults.set(path, { kind: 'cut', after: length }, 1);
    await failureOf(fetchIt());
    mirror.faults.clear();
    mirror.requests.splice(0);
    expect(await under.downloads.partial(request.sha256)).toBe(length);
  };

  describe('a download', () => {
    it('arrives whole under the name of its hash, with nothing beside it', async () => {
      const seen: Progress[] = [];
      const file = await under.downloads.fetch(request, (progress) => seen.push(progress));
      expect(file).toMatchObject({
        path: join(folder, request.sha256),
        filename: name,
        sha256: request.sha256,
        size: content.length,
        from: request.from,
        resumedFrom: 0,
      });
      expect(readFileSync(file.path).equals(content)).toBe(true);
      expect(left()).toEqual([request.sha256]);
      expect(seen.at(-1)).toEqual({ done: content.length, total: content.length });
      expect(await under.downloads.partial(request.sha256)).toBe(0);
    });

    it('is not fetched twice, and is hashed again before it is believed', async () => {
      await fetchIt();
      expect(await fetchIt()).toMatchObject({ resumedFrom: content.length });
      expect(mirror.requests).toHaveLength(1);
      truncateSync(join(folder, request.sha256), 100);
      expect(await fetchIt()).toMatchObject({ sha256: request.sha256, resumedFrom: 0 });
      expect(mirror.requests).toHaveLength(2);
    });

    it('whose bytes a power cut took, and not its length, is noticed and fetched again', async () => {
      await fetchIt();
      writeFileSync(join(folder, request.sha256), Buffer.alloc(content.length));
      // Another process, as after the restart: nothing is remembered of the first.
      const again = make(folder, testTimes);
      const file = await again.downloads.fetch(request, () => undefined);
      await again.close();
      expect(file).toMatchObject({ sha256: request.sha256, resumedFrom: 0 });
      expect(readFileSync(file.path).equals(content)).toBe(true);
      expect(left()).toEqual([request.sha256]);
      expect(ranges()).toEqual(['whole', 'whole']);
    });

    it('comes out of a folder the same way', async () => {
      const from = join(mirrorFolder, 'dl', name);
      const file = await fetchIt({ from });
      expect(file).toMatchObject({ sha256: request.sha256, from });
      expect(left()).toEqual([request.sha256]);
    });

    it('out of a folder is refused where it is another thing', async () => {
      const missing = await failureOf(fetchIt({ from: join(scratch, 'none', name) }));
      expect(missing.code).toBe('disk.missing');
      const text = join(scratch, 'text.zip');
      writeFileSync(text, 'not a zip');
      expect((await failureOf(fetchIt({ from: text }))).code).toBe('download.notArchive');
      const short = join(scratch, 'short.zip');
      writeFileSync(short, content.subarray(0, 1000));
      expect((await failureOf(fetchIt({ from: short }))).code).toBe('download.wrongLength');
    });

    it('with another hash is kept under its own name, and forgotten with the announced one', async () => {
      always({ kind: 'tampered' });
      const file = await fetchIt();
      expect(file.sha256).not.toBe(request.sha256);
      expect(file.sha256).toBe(createHash('sha256').update(readFileSync(file.path)).digest('hex'));
      expect(file.path).toBe(join(folder, file.sha256));
      await under.downloads.discard(request.sha256);
      expect(left()).toEqual([]);
    });

    it.each(['', 'AB'.repeat(32), '../../etc/passwd'])(
      'is refused for the hash %j',
      async (sha256) => {
        expect((await failureOf(fetchIt({ sha256 }))).code).toBe('catalogue.emptyHash');
        await expect(under.downloads.discard(sha256)).rejects.toBeInstanceOf(FailureError);
        expect(left()).toEqual([]);
      },
    );
  });

  describe('a fault', () => {
    it.each<[string, Fault, string]>([
      ['a missing file', { kind: 'status', status: 404 }, 'network.status'],
      ['a server error', { kind: 'status', status: 503 }, 'network.status'],
      ['a web page', { kind: 'page' }, 'download.notGo'],
      ['a re-encoded file', { kind: 'gzip' }, 'download.reencoded'],
      ['a longer file', { kind: 'wrongLength', by: 10 }, 'download.tooLarge'],
      ['a shorter file', { kind: 'wrongLength', by: -10 }, 'download.wrongLength'],
      ['a connection that is cut', { kind: 'cut', after: 20_000 }, 'download.interrupted'],
      ['a connection that is cut at once', { kind: 'cut', after: 0 }, 'download.interrupted'],
      ['a connection that stalls', { kind: 'stall', after: 20_000 }, 'download.stalled'],
    ])('%s has its name', async (_, fault, code) => {
      always(fault);
      const failure = await failureOf(fetchIt());
      expect(failure.code).toBe(code);
      expect(failure.next.length).toBeGreaterThan(0);
      expect(left()).not.toContain(request.sha256);
    });

    it('of a network that is not there has its name', async () => {
      const failure = await failureOf(fetchIt({ from: `http://127.0.0.1:1${path}` }));
      expect(failure.code).toBe('network.unreachable');
    });

    it('that is a web page says who answered what, and nothing is saved', async () => {
      always({ kind: 'page' });
      const failure = await failureOf(fetchIt());
      const details = Object.fromEntries(failure.details.map(({ id, value }) => [id, value]));
      expect(details).toMatchObject({
        asked: request.from,
        answeredBy: `${request.from}, status 200`,
        expected: `application/zip, ${request.size.toLocaleString('en')} bytes`,
      });
      expect(details['received']).toMatch(/^text\/html, [\d,]+ bytes$/);
      expect(details['beginsWith']).toMatch(/^<!DOCTYPE html><html lang="en"><title>Guest/);
      expect(await under.downloads.partial(request.sha256)).toBe(0);
      expect(failure.next).toEqual(['openInBrowser', 'tryMirrorChina']);
    });

    it('that is another file says so', async () => {
      const text = join(scratch, 'notice.txt');
      writeFileSync(text, 'Access to this file type is not allowed.');
      always({ kind: 'instead', path: text });
      expect((await failureOf(fetchIt())).code).toBe('download.notArchive');
      expect(await under.downloads.partial(request.sha256)).toBe(0);
    });

    it('that passes is overcome, and each attempt is reported', async () => {
      mirror.faults.set(path, { kind: 'cut', after: 50_000 }, 2);
      const retries: Progress[] = [];
      const file = await under.downloads.fetch(request, (progress) => {
        if (progress.retry !== undefined) retries.push(progress);
      });
      expect(file.sha256).toBe(request.sha256);
      expect(ranges()).toEqual(['whole', 'bytes=50000-', 'bytes=100000-']);
      expect(retries.map(({ done, retry }) => [done, retry?.attempt, retry?.attempts])).toEqual([
        [50_000, 2, 3],
        [100_000, 3, 3],
      ]);
    });

    it('of a server that is busy for a moment is overcome once bytes had come', async () => {
      mirror.faults.set(path, { kind: 'status', status: 503 }, 1);
      mirror.faults.set(path, { kind: 'cut', after: 50_000 }, 1);
      expect((await fetchIt()).sha256).toBe(request.sha256);
    });
  });

  describe('going on', () => {
    it('asks for the rest of the same file, and counts what was there', async () => {
      await leavePart(60_000);
      const seen: number[] = [];
      const file = await under.downloads.fetch(request, ({ done }) => seen.push(done));
      expect(file).toMatchObject({ sha256: request.sha256, resumedFrom: 60_000 });
      expect(ranges()).toEqual(['bytes=60000-']);
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(60_000);
    });

    it('works with a new adapter, as after a restart of the computer', async () => {
      await leavePart(60_000);
      const again = make(folder, testTimes);
      const file = await again.downloads.fetch(request, () => undefined);
      await again.close();
      expect(file).toMatchObject({ sha256: request.sha256, resumedFrom: 60_000 });
    });

    it('starts over where the server sends the whole, and counts from there', async () => {
      await leavePart(60_000);
      always({ kind: 'ignoreRange' });
      const file = await fetchIt();
      expect(file).toMatchObject({ sha256: request.sha256, size: content.length, resumedFrom: 0 });
    });

    it('fetches nothing where all is there already', async () => {
      await leavePart(60_000);
      writeFileSync(partOf(), content);
      const file = await fetchIt();
      expect(file).toMatchObject({ sha256: request.sha256, resumedFrom: content.length });
      expect(mirror.requests).toEqual([]);
    });

    it('with a whole part whose bytes a power cut took starts over, and blames nobody', async () => {
      await leavePart(60_000);
      writeFileSync(partOf(), Buffer.alloc(content.length));
      const file = await fetchIt();
      expect(file).toMatchObject({ sha256: request.sha256, resumedFrom: 0 });
      expect(left()).toEqual([request.sha256]);
      expect(ranges()).toEqual(['whole']);
    });

    it('that the network stops again is told apart, and keeps the part', async () => {
      await leavePart(60_000);
      always({ kind: 'cut', after: 10_000 });
      const failure = await failureOf(fetchIt());
      expect(failure.code).toBe('download.resumeNetwork');
      // Three attempts of 10,000 bytes each.
      expect(await under.downloads.partial(request.sha256)).toBe(90_000);
      const away = await failureOf(fetchIt({ from: `http://127.0.0.1:1${path}` }));
      expect(away.code).toBe('download.resumeNetwork');
    });

    it('elsewhere than asked is refused, and keeps the part', async () => {
      await leavePart(60_000);
      always({ kind: 'lyingRange', lie: 'header' });
      const failure = await failureOf(fetchIt());
      expect(failure.code).toBe('download.resumeRefused');
      expect(failure.next).toContain('deleteAndDownloadAgain');
      expect(failure.details).toContainEqual({ id: 'rangeAsked', value: 'bytes=60000-' });
      expect(await under.downloads.partial(request.sha256)).toBe(60_000);
    });

    it('is refused where the server has a shorter file now', async () => {
      await leavePart(60_000);
      const short = join(scratch, 'shorter.zip');
      writeFileSync(short, content.subarray(0, 50_000));
      writeFileSync(
        `${partOf()}.json`,
        JSON.stringify({ from: '', etag: null, lastModified: null }),
      );
      always({ kind: 'instead', path: short });
      expect((await failureOf(fetchIt())).code).toBe('download.resumeRefused');
    });

    it('with bytes that do not fit ends with the part removed, and says nothing of the file', async () => {
      await leavePart(60_000);
      always({ kind: 'lyingRange', lie: 'bytes' });
      const failure = await failureOf(fetchIt());
      expect(failure.code).toBe('download.brokenPartial');
      expect(left()).toEqual([]);
      mirror.faults.clear();
      expect(await fetchIt()).toMatchObject({ sha256: request.sha256, resumedFrom: 0 });
    });

    it('with a part that is longer than the file is refused', async () => {
      await leavePart(60_000);
      writeFileSync(partOf(), Buffer.alloc(content.length + 1));
      expect((await failureOf(fetchIt())).code).toBe('download.brokenPartial');
      expect(left()).toEqual([]);
    });

    it('does not lose the part to a web page', async () => {
      await leavePart(60_000);
      always({ kind: 'page' });
      expect((await failureOf(fetchIt())).code).toBe('download.notGo');
      expect(await under.downloads.partial(request.sha256)).toBe(60_000);
    });
  });

  describe('stopping', () => {
    it('keeps the part, and a later request goes on', async () => {
      always({ kind: 'slow', bytesPerSecond: 400_000 });
      const abort = new AbortController();
      const running = under.downloads.fetch(
        request,
        ({ done }) => {
          if (done > 0) abort.abort();
        },
        abort.signal,
      );
      expect((await failureOf(running)).code).toBe('cancelled');
      const kept = await under.downloads.partial(request.sha256);
      expect(kept).toBeGreaterThan(0);
      mirror.faults.clear();
      expect(await fetchIt()).toMatchObject({ sha256: request.sha256, resumedFrom: kept });
    });

    it('before the start brings nothing', async () => {
      const running = under.downloads.fetch(request, () => undefined, AbortSignal.abort());
      expect((await failureOf(running)).code).toBe('cancelled');
      expect(mirror.requests).toEqual([]);
    });

    it('by forgetting ends a running transfer and leaves nothing', async () => {
      always({ kind: 'slow', bytesPerSecond: 400_000 });
      const started = new Promise<void>((resolve) => {
        void failureOf(under.downloads.fetch(request, ({ done }) => done > 0 && resolve()));
      });
      await started;
      await under.downloads.discard(request.sha256);
      expect(left()).toEqual([]);
    });
  });

  describe('two requests for one file', () => {
    it('are one transfer, and both have the file', async () => {
      always({ kind: 'slow', bytesPerSecond: 2_000_000 });
      const names = ['go1.27.0.windows-amd64.zip', 'again.zip'];
      const seen = [0, 0];
      const files = await Promise.all(
        names.map((filename, i) =>
          under.downloads.fetch({ ...request, filename }, ({ done }) => (seen[i] = done)),
        ),
      );
      expect(files.map((file) => [file.sha256, file.filename])).toEqual(
        names.map((filename) => [request.sha256, filename]),
      );
      expect(seen).toEqual([content.length, content.length]);
      expect(mirror.requests).toHaveLength(1);
    });

    it('go on for the one that stays when the other leaves', async () => {
      always({ kind: 'slow', bytesPerSecond: 2_000_000 });
      const abort = new AbortController();
      const leaving = under.downloads.fetch(request, () => undefined, abort.signal);
      const staying = fetchIt();
      abort.abort();
      expect((await failureOf(leaving)).code).toBe('cancelled');
      expect((await staying).sha256).toBe(request.sha256);
      expect(mirror.requests).toHaveLength(1);
    });

    it('of two programs are one after the other: the second finds the file', async () => {
      always({ kind: 'slow', bytesPerSecond: 1_000_000 });
      const other = make(folder, testTimes);
      const files = await Promise.all([fetchIt(), other.downloads.fetch(request, () => undefined)]);
      await other.close();
      expect(files.map((file) => file.sha256)).toEqual([request.sha256, request.sha256]);
      expect(mirror.requests).toHaveLength(1);
      expect(statSync(join(folder, request.sha256)).size).toBe(content.length);
      expect(left()).toEqual([request.sha256]);
    });
  });
}
