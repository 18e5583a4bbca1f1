// What every adapter of the catalogue port must do, tried against a server on loopback and folders on disk.
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FailureError } from '../../src/core/failureError';
import type { Catalogue } from '../../src/core/ports';
import type { GoRelease, Source } from '../../src/shared/model';
import { failureOf } from '../support/disk';
import { temporaryFolder } from '../support/temporary';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const sampleList: readonly GoRelease[] = [
  {
    version: 'go1.27.0',
    stable: true,
    files: [
      {
        filename: 'go1.27.0.windows-amd64.zip',
        os: 'windows',
        arch: 'amd64',
        version: 'go1.27.0',
        sha256: 'f0c0a0d33ba94f4d2c5dbc887334ce678b21813504ddb3aafcb06e60a5a667c4',
        size: 78_924_880,
        kind: 'archive',
      },
    ],
  },
  { version: 'go1.28rc1', stable: false, files: [] },
];

export function catalogueContract(make: (stateFolder: string, now: () => Date) => Catalogue): void {
  const scratch = temporaryFolder();
  const state = { answer: ((_, response) => response.end()) as Answer, asked: [] as string[] };
  const server = createServer((request, response) => {
    state.asked.push(request.url ?? '');
    state.answer(request, response);
  });
  let base = '';
  let source: Source;
  let clock = new Date('2026-11-23T10:00:00.000Z');
  let stateFolder = '';
  let catalogue: Catalogue;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/go`;
    source = { kind: 'url', url: base };
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(async () => {
    clock = new Date('2026-11-23T10:00:00.000Z');
    stateFolder = await mkdtemp(join(scratch, 'state-'));
    catalogue = make(stateFolder, () => clock);
    state.asked = [];
  });

  const json = (value: unknown, headers: Record<string, string> = {}): Answer => {
    return (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(value));
    };
  };
  const page: Answer = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!DOCTYPE html><html lang="en"><title>Guest network</title></html>');
  };
  const status =
    (code: number): Answer =>
    (_, response) =>
      response.writeHead(code).end();
  const cutOff: Answer = (request) => request.socket.destroy();
  const folderWith = async (text: string | null): Promise<Source> => {
    const path = await mkdtemp(join(scratch, 'mirror-'));
    if (text !== null) writeFileSync(join(path, 'index.json'), text);
    return { kind: 'folder', path };
  };

  describe('a list', () => {
    it('comes from the server, with the time it came', async () => {
      state.answer = json(sampleList);
      expect(await catalogue.list(source)).toEqual({
        source,
        releases: sampleList,
        fetchedAt: '2026-11-23T10:00:00.000Z',
        fromCache: false,
      });
      expect(state.asked).toEqual(['/go/?mode=json&include=all']);
    });

    it("comes from index.json where the server does not know go.dev's query", async () => {
      for (const first of [
        page,
        status(404),
        status(403),
        json([{ name: 'go1.27.0', type: 'file' }]),
      ]) {
        state.answer = (request, response) =>
          (request.url === '/go/index.json' ? json(sampleList) : first)(request, response);
        expect((await catalogue.list(source)).releases).toEqual(sampleList);
      }
    });

    it("keeps the address's own query", async () => {
      state.answer = (request, response) =>
        (request.url?.includes('mode=json') === true ? status(404) : json(sampleList))(
          request,
          response,
        );
      await catalogue.list({ kind: 'url', url: `${base}/?token=a%20b` });
      expect(state.asked).toEqual([
        '/go/?token=a+b&mode=json&include=all',
        '/go/index.json?token=a%20b',
      ]);
    });

    it('comes from a folder', async () => {
      const folder = await folderWith(JSON.stringify(sampleList));
      expect(await catalogue.list(folder)).toMatchObject({
        releases: sampleList,
        fromCache: false,
      });
    });

    it('that is a web page is named, with who answered what', async () => {
      state.answer = page;
      const failure = await failureOf(catalogue.list(source));
      expect(failure.code).toBe('catalogue.notJson');
      const details = Object.fromEntries(failure.details.map(({ id, value }) => [id, value]));
      expect(details).toMatchObject({
        asked: `${base}/index.json`,
        answeredBy: `${base}/index.json, status 200`,
        expected: 'application/json',
      });
      expect(details['received']).toMatch(/^text\/html, \d+ bytes$/);
      expect(details['beginsWith']).toContain('<!DOCTYPE html>');
      expect(failure.next).toContain('openInBrowser');
    });

    it('that is not there is named', async () => {
      state.answer = status(404);
      expect((await failureOf(catalogue.list(source))).code).toBe('catalogue.noList');
      expect((await failureOf(catalogue.list(await folderWith(null)))).code).toBe(
        'catalogue.noList',
      );
      const notList = catalogue.list(await folderWith('# not json'));
      expect((await failureOf(notList)).code).toBe('catalogue.notJson');
    });

    it.each([
      ['an object', {}],
      ['a path for a name', withFile({ filename: '../go1.27.0.windows-amd64.zip' })],
      ['another version inside', withFile({ version: 'go1.26.0' })],
      ['a hash that is none', withFile({ sha256: 'xyz' })],
      ['a negative size', withFile({ size: -1 })],
      ['one version twice', [...sampleList, ...sampleList]],
    ])('with %s is refused as a whole', async (_, list) => {
      state.answer = json(list);
      expect((await failureOf(catalogue.list(source))).code).toBe('catalogue.wrongShape');
      const folder = await folderWith(JSON.stringify(list));
      expect((await failureOf(catalogue.list(folder))).code).toBe('catalogue.wrongShape');
    });
  });

  describe('a list that is kept', () => {
    it('is asked for by its ETag, and its age is that of the last answer', async () => {
      state.answer = json(sampleList, { etag: '"one"' });
      await catalogue.list(source);
      const conditions: (string | undefined)[] = [];
      state.answer = (request, response) => {
        conditions.push(request.headers['if-none-match']);
        response.writeHead(304).end();
      };
      clock = new Date('2026-11-24T10:00:00.000Z');
      const again = await make(stateFolder, () => clock).list(source);
      expect(conditions).toEqual(['"one"']);
      expect(again).toMatchObject({
        releases: sampleList,
        fetchedAt: '2026-11-24T10:00:00.000Z',
        fromCache: false,
      });
    });

    it.each([
      ['an error of the server', status(503), 'network.status'],
      ['a web page', page, 'catalogue.notJson'],
      ['a connection that ends', cutOff, 'network.unreachable'],
    ])('stands in for %s, and says how old it is and why', async (_, answer, code) => {
      state.answer = json(sampleList);
      await catalogue.list(source);
      clock = new Date('2026-11-26T10:00:00.000Z');
      state.answer = answer;
      const kept = await catalogue.list(source);
      expect(kept).toMatchObject({
        releases: sampleList,
        fetchedAt: '2026-11-23T10:00:00.000Z',
        fromCache: true,
        staleBecause: { code },
      });
    });

    it('is read without asking anyone, with its age; none is none', async () => {
      expect(await catalogue.kept(source)).toBeNull();
      state.answer = json(sampleList);
      await catalogue.list(source);
      state.asked.length = 0;
      expect(await catalogue.kept(source)).toEqual({
        releases: sampleList,
        fetchedAt: '2026-11-23T10:00:00.000Z',
      });
      expect(await catalogue.kept(await folderWith('[]'))).toBeNull();
      expect(state.asked).toEqual([]);
    });

    it('does not stand in for a list that is there and wrong', async () => {
      state.answer = json(sampleList);
      await catalogue.list(source);
      state.answer = json(withFile({ sha256: 'AB'.repeat(32) }));
      expect((await failureOf(catalogue.list(source))).code).toBe('catalogue.wrongShape');
    });

    it('does not stand in for another source, nor where the user cancelled', async () => {
      state.answer = json(sampleList);
      await catalogue.list(source);
      state.answer = status(500);
      const other = catalogue.list({ kind: 'url', url: `${base}/other` });
      expect((await failureOf(other)).code).toBe('network.status');
      const cancelled = catalogue.list(source, AbortSignal.abort());
      expect((await failureOf(cancelled)).code).toBe('cancelled');
    });

    it('that is damaged is not believed', async () => {
      state.answer = json(sampleList, { etag: '"one"' });
      await catalogue.list(source);
      const cache = join(stateFolder, 'catalogue');
      const { readdirSync } = await import('node:fs');
      for (const name of readdirSync(cache)) writeFileSync(join(cache, name), '{"releases":[]}');
      state.answer = status(500);
      expect((await failureOf(catalogue.list(source))).code).toBe('network.status');
    });
  });

  describe('a file', () => {
    const name = 'go1.27.0.windows-amd64.zip';

    it('has a place at each source', () => {
      expect(catalogue.locate({ kind: 'go.dev' }, name)).toBe(`https://go.dev/dl/${name}`);
      expect(catalogue.locate({ kind: 'golang.google.cn' }, name)).toBe(
        `https://golang.google.cn/dl/${name}`,
      );
      expect(catalogue.locate({ kind: 'url', url: `${base}?token=x` }, name)).toBe(
        `${base}/${name}?token=x`,
      );
      const folder = join(scratch, 'mirror');
      mkdirSync(folder, { recursive: true });
      expect(catalogue.locate({ kind: 'folder', path: folder }, name)).toBe(join(folder, name));
    });

    it.each(['../x.zip', 'go1.27.0.zip/../../x.zip', 'C:\\go1.zip', 'x.zip', ''])(
      'is not looked for under the name %j',
      (bad) => {
        expect(() => catalogue.locate({ kind: 'folder', path: scratch }, bad)).toThrow(
          FailureError,
        );
      },
    );
  });
}

function withFile(parts: Readonly<Record<string, unknown>>): unknown {
  return sampleList.map((release) => ({
    ...release,
    files: release.files.map((file) => ({ ...file, ...parts })),
  }));
}
