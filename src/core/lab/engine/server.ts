// The lab's Defender over HTTP, on loopback alone: for the simulated cmdlets of one bench. Whoever has not the token, comes
// from a page or by another name is refused before anything is read.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from '../../../shared/zod';
import type { LabDefender } from '../defender';
import { cmdlets } from './cmdlets';
import { runMpCmdRun } from './mpCmdRun';
import { Parameters } from './parameters';
import {
  cmdletRequestSchema,
  commandRequestSchema,
  replyOf,
  type CommandReply,
  type WireReply,
} from './wire';

export interface EngineServer {
  /** `http://127.0.0.1:<port>` */
  readonly base: string;
  readonly token: string;
  close(): Promise<void>;
}

/** Bytes of one request: an elevated command line has at most 32,767 characters, a list of exclusions many values. */
const maxBody = 1024 * 1024;

export async function serveEngine(lab: LabDefender): Promise<EngineServer> {
  const token = randomBytes(32).toString('base64url');
  const open = new Set<AbortController>();
  const server = createServer((request, response) => {
    const gone = new AbortController();
    open.add(gone);
    response.once('close', () => {
      open.delete(gone);
      gone.abort();
    });
    answer(lab, token, request, gone.signal).then(
      (reply) => {
        send(response, reply);
      },
      (error: unknown) => {
        send(response, refusalOf(error));
      },
    );
  });
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A lab that nobody closes does not keep a command line alive.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${String(port)}`,
    token,
    close() {
      for (const asked of open) asked.abort();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

/** An answer with another status than 200. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface Reply {
  readonly status: number;
  readonly body: WireReply | CommandReply | { readonly refused: string };
}

async function answer(
  lab: LabDefender,
  token: string,
  request: IncomingMessage,
  closing: AbortSignal,
): Promise<Reply> {
  guard(request, token);
  const path = request.url ?? '';
  if (path === '/mpcmdrun') {
    const { elevated, arguments: given } = await parsed(request, commandRequestSchema);
    return { status: 200, body: await runMpCmdRun(lab, { elevated }, given) };
  }
  const name = /^\/cmdlet\/([A-Za-z]+-[A-Za-z]+)$/.exec(path)?.[1];
  const cmdlet = name === undefined ? undefined : cmdlets.get(name);
  if (name === undefined || cmdlet === undefined) throw new Refusal(404, 'no such route');
  const { elevated, parameters } = await parsed(request, cmdletRequestSchema);
  const bound = new Parameters(parameters);
  const refused = bound.refused(name, cmdlet.parameters);
  if (refused !== null) return { status: 200, body: replyOf(refused, true) };
  const result = await cmdlet.run(lab, { elevated }, bound, closing);
  return { status: 200, body: replyOf(result, cmdlet.terminating === true) };
}

function guard(request: IncomingMessage, token: string): void {
  const { headers, socket, method } = request;
  const own = `127.0.0.1:${String(socket.localPort)}`;
  if (headers.host !== own) throw new Refusal(403, 'another host');
  // A page of a browser says where it comes from; a cmdlet has no origin.
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
    throw new Refusal(403, 'a page');
  }
  if (!isSame(headers.authorization ?? '', `Bearer ${token}`)) throw new Refusal(401, 'no token');
  if (method !== 'POST') throw new Refusal(405, 'not a POST');
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new Refusal(415, 'no JSON');
  }
}

/** Of hashes, so that neither length nor content shows in the time it takes. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

async function parsed<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBody) throw new Refusal(413, 'too long');
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal(400, 'not JSON');
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new Refusal(400, z.prettifyError(result.error));
  return result.data;
}

function refusalOf(error: unknown): Reply {
  if (error instanceof Refusal) return { status: error.status, body: { refused: error.message } };
  // The bench's own fault: said to it, since only a test asks.
  const why = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { refused: why } };
}

function send(response: ServerResponse, { status, body }: Reply): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    // What was not read of a request that is refused is not waited for.
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  response.end(text);
}
