// The small files that proofs need, from the source or from Go's own servers. It tells "not published" from "not
// reached" and from "something else came"; what a file proves is not its business.
import { readFile, stat } from 'node:fs/promises';
import type { ProofSources, SideBytes, SideText } from '../ports';
import { asFailure } from '../failureError';
import type { Source } from '../../shared/model';
import { contentType, isWebPage } from './http/answerDetails';
import { TooLarge } from './http/failures';
import type { Http, SmallReply } from './http';
import {
  databasePlace,
  shownPlace,
  sidePlaces,
  signingKeysPlace,
  sumsPlace,
} from './catalogue/places';
import type { EmbeddedBase, Place } from './catalogue/places';

export interface ProofSourcesParts {
  readonly http: Http;
  readonly embedded?: EmbeddedBase;
}

/** Bytes. A `.sha256` has 64, an `.asc` under 2,000; an organisation's `SHA256SUMS` some 100 a file, Google's keys 20,000. */
export const caps = {
  side: 64 * 1024,
  sums: 1024 * 1024,
  keys: 256 * 1024,
  database: 64 * 1024,
} as const;

export function nodeProofSources(parts: ProofSourcesParts): ProofSources {
  const embedded = parts.embedded ?? (() => null);
  const beside = async (
    source: Source,
    filename: string,
    suffix: '.sha256' | '.asc',
    signal?: AbortSignal,
  ) =>
    firstFound(sidePlaces(source, filename, suffix, embedded), (place) =>
      readPlace(place, caps.side, parts.http, signal),
    );
  const sums = async (
    source: Source,
    name: 'SHA256SUMS' | 'SHA256SUMS.asc',
    signal?: AbortSignal,
  ) => {
    const place = sumsPlace(source, name, embedded);
    if (place !== null) return readPlace(place, caps.sums, parts.http, signal);
    return { kind: 'notPublished', from: source.kind } as const;
  };
  return {
    sidecar: (source, filename, signal) => beside(source, filename, '.sha256', signal),
    signature: (source, filename, signal) => beside(source, filename, '.asc', signal),
    sums: (source, signal) => sums(source, 'SHA256SUMS', signal),
    sumsSignature: (source, signal) => sums(source, 'SHA256SUMS.asc', signal),
    signingKeys: async (source, signal) =>
      readPlace(signingKeysPlace(source, embedded), caps.keys, parts.http, signal),
    checksumDatabase: async (source, path, signal) =>
      askDatabase(databasePlace(source, path, embedded), parts.http, signal),
  };
}

/** The first place that has it; else what the last one said. */
async function firstFound(
  places: readonly Place[],
  read: (place: Place) => Promise<SideText>,
): Promise<SideText> {
  let answer: SideText = { kind: 'notPublished', from: '' };
  for (const place of places) {
    answer = await read(place);
    if (answer.kind === 'found') return answer;
  }
  return answer;
}

async function readPlace(
  place: Place,
  cap: number,
  http: Http,
  signal?: AbortSignal,
): Promise<SideText> {
  return place.kind === 'path'
    ? readFromFolder(place.path, cap)
    : askServer(place, cap, http, signal);
}

async function readFromFolder(path: string, cap: number): Promise<SideText> {
  try {
    const { size } = await stat(path);
    if (size > cap) return { kind: 'unusable', from: path, cause: `${String(size)} bytes` };
    const bytes = await readFile(path);
    return usable(bytes, path) ?? { kind: 'found', text: bytes.toString('utf8'), from: path };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { kind: 'notPublished', from: path };
    return { kind: 'unavailable', from: path, cause: String(error) };
  }
}

async function askServer(
  place: Place,
  cap: number,
  http: Http,
  signal?: AbortSignal,
): Promise<SideText> {
  const from = shownPlace(place);
  let reply: SmallReply;
  try {
    reply = await http.small(place.kind === 'url' ? place.url : '', cap, {}, signal);
  } catch (error) {
    if (error instanceof TooLarge) return { kind: 'unusable', from, cause: error.message };
    return { kind: 'unavailable', from, cause: causeOf(error, signal) };
  }
  if (reply.status === 404 || reply.status === 410) return { kind: 'notPublished', from };
  if (reply.status !== 200) {
    return { kind: 'unavailable', from, cause: `status ${String(reply.status)}` };
  }
  if (isWebPage(reply.headers, reply.bytes)) {
    return { kind: 'unusable', from: reply.url, cause: 'text/html' };
  }
  const encoding = reply.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return { kind: 'unusable', from, cause: encoding };
  return (
    usable(reply.bytes, reply.url) ?? { kind: 'found', text: reply.bytes.toString('utf8'), from }
  );
}

/** Null for text; anything binary is something else than what these files hold. */
function usable(bytes: Buffer, from: string): SideText | null {
  if (isWebPage({}, bytes)) return { kind: 'unusable', from, cause: 'text/html' };
  return bytes.includes(0) ? { kind: 'unusable', from, cause: 'application/octet-stream' } : null;
}

async function askDatabase(from: string, http: Http, signal?: AbortSignal): Promise<SideBytes> {
  let reply: SmallReply;
  try {
    reply = await http.small(from, caps.database, {}, signal);
  } catch (error) {
    return { kind: 'unavailable', from, cause: causeOf(error, signal) };
  }
  const { status, bytes } = reply;
  // A tile is bytes like any others, so only what a server says it is can tell a page from one.
  if (contentType(reply.headers) === 'text/html') {
    return { kind: 'unavailable', from, cause: `text/html, status ${String(status)}` };
  }
  if (status === 200) return { kind: 'found', bytes: new Uint8Array(bytes), from };
  if (status === 404 || status === 410) return { kind: 'notFound', from };
  return { kind: 'unavailable', from, cause: `status ${String(status)}` };
}

/** A cancelled request is no answer about a proof: it goes up. */
function causeOf(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted === true) throw error;
  const failure = asFailure(error);
  const reason = failure.details.map((detail) => detail.value).join(', ');
  return reason === '' ? (failure.cause ?? failure.code) : reason;
}
