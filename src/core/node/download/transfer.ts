// One attempt to bring the rest of a file over HTTP. It keeps nothing that is not part of the announced file, and
// checks that a server which goes on really goes on where the part ends.
import { checkpoint } from '../../checkpoint';
import type { FailureError } from '../../failureError';
import { RefusedRedirect } from '../http/failures';
import type { Http, Reply } from '../http';
import type { Answer } from '../http/answerDetails';
import {
  badStatus,
  beginBytes,
  contentLength,
  judgeBegin,
  judgeEncoding,
  notGo,
  readContentRange,
  resumeRefused,
  tooLarge,
  wrongLength,
  type Expected,
} from './judge';
import type { Origin, Part } from './part';

export interface Wanted extends Expected {
  readonly from: string;
}

/** A page of that size is long enough to be described; more of it is not read. */
const pageCap = 64 * 1024;
/** Where a list gives no size, nothing of Go comes near this. */
const sizeCap = 1024 * 1024 * 1024;

/**
 * @param onBytes told after each chunk, with the length of the part
 * @throws FailureError; BrokenTransfer, after which the part is still good
 */
export async function transfer(
  wanted: Wanted,
  part: Part,
  http: Http,
  onBytes: (length: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const reply = await askForRest(wanted, part, http, signal);
  const answer = (begin: Buffer, length = contentLength(reply.headers)): Answer => ({
    ...reply,
    begin,
    length,
  });
  const refuse = (failure: FailureError): never => {
    reply.body.destroy();
    throw failure;
  };
  const encoded = judgeEncoding(answer(Buffer.alloc(0)), wanted);
  if (encoded !== null) refuse(encoded);
  switch (reply.status) {
    case 200:
      return whole(wanted, part, http, reply, answer, onBytes, signal);
    case 206:
      if (!fits(reply, part, wanted)) {
        return refuse(resumeRefused(answer(Buffer.alloc(0)), wanted, part.length));
      }
      return rest(wanted, part, http, reply, answer, onBytes, signal);
    case 416:
      return refuse(resumeRefused(answer(Buffer.alloc(0)), wanted, part.length));
    default:
      return refuse(badStatus(answer(Buffer.alloc(0)), wanted));
  }
}

type MakeAnswer = (begin: Buffer, length?: number | null) => Answer;

async function askForRest(
  wanted: Wanted,
  part: Part,
  http: Http,
  signal: AbortSignal,
): Promise<Reply> {
  const headers = part.length === 0 ? {} : rangeHeaders(part.readOrigin(), wanted, part);
  try {
    return await http.ask(wanted.from, headers, signal);
  } catch (error) {
    if (!(error instanceof RefusedRedirect)) throw error;
    const url = error.to;
    throw notGo(
      {
        asked: wanted.from,
        url,
        status: error.status,
        headers: {},
        begin: Buffer.alloc(0),
        length: null,
      },
      wanted,
    );
  }
}

/** RFC 9110 §13.1.5: only a strong validator may stand in If-Range, and only the server that gave it knows it. */
function rangeHeaders(origin: Origin | null, wanted: Wanted, part: Part): Record<string, string> {
  const range = { range: `bytes=${String(part.length)}-` };
  if (origin?.from !== wanted.from) return range;
  const strong = origin.etag !== null && !origin.etag.startsWith('W/') ? origin.etag : null;
  const validator = strong ?? origin.lastModified;
  return validator === null ? range : { ...range, 'if-range': validator };
}

/** A server that lies about the range would put other bytes after ours. */
function fits(reply: Reply, part: Part, wanted: Wanted): boolean {
  const range = readContentRange(reply.headers);
  if (part.length === 0 || range?.first !== part.length || range.last < range.first) return false;
  const length = contentLength(reply.headers);
  if (length !== null && length !== range.last - range.first + 1) return false;
  const total = range.total ?? range.last + 1;
  return range.last < total && (wanted.size === 0 || total === wanted.size);
}

/** The whole file: also where a rest was asked for and the server has another file now, or does not know ranges. */
async function whole(
  wanted: Wanted,
  part: Part,
  http: Http,
  reply: Reply,
  answer: MakeAnswer,
  onBytes: (length: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let begin = Buffer.alloc(0);
  let length = 0;
  const seen: { as: 'begin' | 'file' | 'page' } = { as: 'begin' };

  const judge = async (): Promise<void> => {
    const verdict = judgeBegin(answer(begin), wanted);
    switch (verdict.kind) {
      case 'refused':
        throw verdict.failure;
      case 'page':
        seen.as = 'page';
        return;
      case 'file':
        seen.as = 'file';
        part.restart();
        part.writeOrigin({
          from: wanted.from,
          etag: reply.headers.etag ?? null,
          lastModified: reply.headers['last-modified'] ?? null,
        });
        await keepFirst(begin, part, wanted, answer);
        onBytes(part.length);
    }
  };

  await http.read(
    reply,
    (chunk) => {
      length += chunk.length;
      switch (seen.as) {
        case 'file':
          keep(chunk, part, wanted, answer);
          onBytes(part.length);
          return;
        case 'page':
          if (length > pageCap) throw notGo(answer(begin), wanted);
          return;
        case 'begin':
          begin = Buffer.concat([begin, chunk]);
          return begin.length < beginBytes ? undefined : judge();
      }
    },
    signal,
  );
  if (seen.as === 'begin') await judge();
  if (seen.as === 'page') throw notGo(answer(begin, length), wanted);
  complete(part, wanted, answer);
}

async function rest(
  wanted: Wanted,
  part: Part,
  http: Http,
  reply: Reply,
  answer: MakeAnswer,
  onBytes: (length: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let first = true;
  await http.read(
    reply,
    (chunk) => {
      if (first) {
        first = false;
        return keepFirst(chunk, part, wanted, answer).then(() => {
          onBytes(part.length);
        });
      }
      keep(chunk, part, wanted, answer);
      onBytes(part.length);
      return undefined;
    },
    signal,
  );
  complete(part, wanted, answer);
}

function keep(chunk: Buffer, part: Part, wanted: Wanted, answer: MakeAnswer): void {
  const limit = wanted.size === 0 ? sizeCap : wanted.size;
  if (part.length + chunk.length > limit) {
    part.spoiled = true;
    throw tooLarge(answer(Buffer.alloc(0), part.length + chunk.length), wanted);
  }
  part.add(chunk);
}

async function keepFirst(
  chunk: Buffer,
  part: Part,
  wanted: Wanted,
  answer: MakeAnswer,
): Promise<void> {
  part.pieces += 1;
  keep(chunk, part, wanted, answer);
  await checkpoint('afterDownloadStarted');
}

function complete(part: Part, wanted: Wanted, answer: MakeAnswer): void {
  if (wanted.size !== 0 && part.length !== wanted.size) {
    part.spoiled = true;
    throw wrongLength(answer(Buffer.alloc(0), part.length), wanted);
  }
}
