// Serves a mirror on loopback as go.dev and the checksum database are served: the list, files with ETag and ranges,
// the small files beside them, and tiles. Nothing outside the mirror's folder can be asked for.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { open, readFile, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { releaseListSchema, type GoRelease } from '../../../shared/model';
import { newestOfLine, supportedLines } from '../../../shared/rules/chooseRelease';
import { makeFaults, type Fault, type Faults } from './faults';
import { sendBody, type Body } from './sendBody';

export interface ServedMirror {
  /** "http://127.0.0.1:40123": what the embedded source resolves to. */
  readonly base: string;
  readonly faults: Faults;
  /** "GET /dl/go1.27.0.windows-amd64.zip bytes=100-", newest last; the last 1000. Whoever reads it may empty it. */
  readonly requests: string[];
  close(): Promise<void>;
}

export interface ServeOptions {
  /** For archives, so that a demonstration shows a transfer and not a flash. Left out: as fast as it goes. */
  readonly bytesPerSecond?: number;
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

export async function serveMirror(
  folder: string,
  options: ServeOptions = {},
): Promise<ServedMirror> {
  const faults = makeFaults(folder);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(
      `${request.method ?? ''} ${request.url ?? ''} ${request.headers.range ?? ''}`.trim(),
    );
    if (requests.length > 1000) requests.shift();
    answer(folder, faults, options, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  // It serves its own process: it must not keep that alive.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${String(port)}`,
    faults,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  folder: string,
  faults: Faults,
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const fault = faults.take(url.pathname);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    plain(response, 405, 'GET only\n');
    return;
  }
  if (fault !== null && answersByItself(fault, response)) return;
  const body = await find(folder, url, fault);
  if (body === null) {
    plain(response, 404, `not found: ${url.pathname}\n`);
    return;
  }
  if (fault?.kind === 'gzip') {
    const packed = gzipSync(await readBody(body));
    response.writeHead(200, { 'content-type': body.type, 'content-encoding': 'gzip' }).end(packed);
    return;
  }
  await respond(request, response, body, fault, body.archive ? options.bytesPerSecond : undefined);
}

/** The faults that are an answer of their own. */
function answersByItself(fault: Fault, response: ServerResponse): boolean {
  if (fault.kind === 'status') plain(response, fault.status, 'this is a fault on demand\n');
  else if (fault.kind === 'page') page(response);
  else if (fault.kind === 'redirect') response.writeHead(302, { location: fault.to }).end();
  else return false;
  return true;
}

async function find(folder: string, url: URL, fault: Fault | null): Promise<Body | null> {
  const path = url.pathname;
  if (path === '/dl/' && url.searchParams.get('mode') === 'json') {
    return listBody(folder, url.searchParams.get('include') === 'all', fault);
  }
  if (path.startsWith('/sumdb/')) {
    const below = fault?.kind === 'forgedHead' ? 'sumdb-forged' : 'sumdb';
    const rest = safeSegments(path.slice('/sumdb/'.length));
    return rest === null ? null : fileBody(join(folder, below, ...rest));
  }
  if (path === '/linux/linux_signing_key.pub') {
    return fileBody(
      fault?.kind === 'instead' ? fault.path : join(folder, 'linux', 'linux_signing_key.pub'),
    );
  }
  const name = safeSegments(path.slice('/dl/'.length));
  if (!path.startsWith('/dl/') || name?.length !== 1) return null;
  return fileBody(fault?.kind === 'instead' ? fault.path : join(folder, 'dl', ...name));
}

async function listBody(folder: string, all: boolean, fault: Fault | null): Promise<Body> {
  const text = await readFile(join(folder, 'dl', 'index.json'), 'utf8');
  const every = releaseListSchema.parse(JSON.parse(text));
  const releases = all ? every : current(every);
  if (fault?.kind === 'tampered') {
    for (const file of releases.flatMap((release) => release.files)) {
      file.sha256 = file.sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    }
  }
  const bytes = Buffer.from(JSON.stringify(releases, null, 1));
  return {
    bytes,
    size: bytes.length,
    type: 'application/json',
    etag: etagOf(bytes),
    archive: false,
  };
}

/** go.dev without `include=all`: the newest patch of each supported line. */
function current(releases: readonly GoRelease[]): readonly GoRelease[] {
  return supportedLines(releases)
    .map((line) => newestOfLine(releases, line))
    .filter((release) => release !== null);
}

async function fileBody(path: string): Promise<Body | null> {
  const stats = await stat(path).catch(() => null);
  if (stats?.isFile() !== true) return null;
  return {
    path,
    size: stats.size,
    type: typeOf(path),
    etag: `"${stats.size.toString(16)}-${Math.floor(stats.mtimeMs).toString(16)}"`,
    archive: /\.(?:zip|gz)$/.test(path),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  body: Body,
  fault: Fault | null,
  bytesPerSecond: number | undefined,
): Promise<void> {
  if (request.headers['if-none-match'] === body.etag) {
    response.writeHead(304, { etag: body.etag }).end();
    return;
  }
  const headers = { 'content-type': body.type, etag: body.etag, 'accept-ranges': 'bytes' };
  const range = fault?.kind === 'ignoreRange' ? null : rangeOf(request, body);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${String(body.size)}` }).end();
    return;
  }
  const first = range ?? 0;
  const lie = range !== null && fault?.kind === 'lyingRange' ? fault.lie : null;
  const said = lie === 'header' ? Math.floor(first / 2) : first;
  const length = body.size - said;
  const announced = length + (fault?.kind === 'wrongLength' ? fault.by : 0);
  response.writeHead(range === null ? 200 : 206, {
    ...headers,
    'content-length': announced,
    ...(range === null
      ? {}
      : { 'content-range': `bytes ${String(said)}-${String(body.size - 1)}/${String(body.size)}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const from = lie === null ? first : Math.floor(first / 2);
  await sendBody(response, body, { from, length: announced, fault, bytesPerSecond });
}

/** The first byte of "bytes=100-"; null where the whole is to be sent. Other forms are not asked for here. */
function rangeOf(request: IncomingMessage, body: Body): number | 'unsatisfiable' | null {
  const match = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  if (match === null) return null;
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== body.etag) return null;
  const first = Number(match[1]);
  return first >= body.size ? 'unsatisfiable' : first;
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

function page(response: ServerResponse): void {
  const html = `<!DOCTYPE html><html lang="en"><title>Guest network</title><body>${'<p>Please sign in.</p>'.repeat(40)}</body></html>\n`;
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
  });
  response.end(html);
}

async function readBody(body: Body): Promise<Buffer> {
  if (body.bytes !== undefined) return body.bytes;
  const file = await open(body.path ?? '', 'r');
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function typeOf(path: string): string {
  if (path.endsWith('.zip')) return 'application/zip';
  if (path.endsWith('.gz')) return 'application/gzip';
  if (path.endsWith('.json')) return 'application/json';
  return /[/\\]tile[/\\]/.test(path) ? 'application/octet-stream' : 'text/plain; charset=utf-8';
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
}

/** Names of letters, digits and `._@-`; none that leads upwards. */
function safeSegments(path: string): readonly string[] | null {
  const segments = path.split('/');
  const fine = segments.every((one) => /^[A-Za-z0-9._@-]+$/.test(one) && !/^\.+$/.test(one));
  return fine ? segments : null;
}
