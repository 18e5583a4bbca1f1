// Looks at an answer before a byte of it is kept: is it the file that was asked for, another thing, or a web page?
import type { IncomingHttpHeaders } from 'node:http';
import { FailureError } from '../../failureError';
import type { NextStep } from '../../../shared/model';
import { answerDetails, bytes, isWebPage, type Answer } from '../http/answerDetails';
import { hostOf } from '../http';

/** Enough to know an archive by its first bytes. */
export const beginBytes = 64;

export interface Expected {
  readonly filename: string;
  /** Bytes; 0 where the list does not know. */
  readonly size: number;
}

/** What an answer with the file in it turns out to be. `page` is read on, to say how long it is. */
export type Verdict =
  | { readonly kind: 'file' }
  | { readonly kind: 'page' }
  | { readonly kind: 'refused'; readonly failure: FailureError };

/** Before the body: re-encoded bytes are other bytes, with another hash (golang/go#76228). */
export function judgeEncoding(answer: Answer, expected: Expected): FailureError | null {
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return null;
  return new FailureError('download.reencoded', {
    params: { host: hostOf(answer.url), encoding },
    next: ['retry', 'chooseOtherSource'],
    details: [...describe(answer, expected), { id: 'encoding', value: encoding }],
  });
}

/** @param answer with the first bytes of a whole file, not of a part's rest. */
export function judgeBegin(answer: Answer, expected: Expected): Verdict {
  if (isWebPage(answer.headers, answer.begin)) return { kind: 'page' };
  if (!beginsAs(expected.filename, answer.begin)) {
    const failure = new FailureError('download.notArchive', {
      params: { file: expected.filename, host: hostOf(answer.url) },
      next: ['retry', 'chooseOtherSource'],
      details: describe(answer, expected),
    });
    return { kind: 'refused', failure };
  }
  if (answer.length === null || expected.size === 0 || answer.length === expected.size) {
    return { kind: 'file' };
  }
  const larger = answer.length > expected.size;
  const failure = larger ? tooLarge(answer, expected) : wrongLength(answer, expected);
  return { kind: 'refused', failure };
}

export function notGo(answer: Answer, expected: Expected): FailureError {
  const next: NextStep[] = ['openInBrowser'];
  // The other name of the same files; a page on either is likely the network's, and both are worth a try.
  next.push(hostOf(answer.asked) === 'golang.google.cn' ? 'tryGoDev' : 'tryMirrorChina');
  return new FailureError('download.notGo', {
    params: { host: hostOf(answer.asked), file: expected.filename },
    next,
    details: describe(answer, expected),
  });
}

export function tooLarge(answer: Answer, expected: Expected): FailureError {
  return new FailureError('download.tooLarge', {
    params: { file: expected.filename, announced: bytes(expected.size) },
    next: ['retry', 'chooseOtherSource'],
    details: describe(answer, expected),
  });
}

export function wrongLength(answer: Answer, expected: Expected): FailureError {
  return new FailureError('download.wrongLength', {
    params: {
      file: expected.filename,
      announced: bytes(expected.size),
      received: bytes(answer.length ?? 0),
    },
    next: ['retry', 'chooseOtherSource'],
    details: describe(answer, expected),
  });
}

export function badStatus(answer: Answer, expected: Expected): FailureError {
  return new FailureError('network.status', {
    params: { host: hostOf(answer.url), status: answer.status },
    next: ['retry', 'chooseOtherSource'],
    details: describe(answer, expected),
  });
}

export function resumeRefused(answer: Answer, expected: Expected, from: number): FailureError {
  return new FailureError('download.resumeRefused', {
    params: { host: hostOf(answer.url), file: expected.filename },
    next: ['deleteAndDownloadAgain', 'retry'],
    details: [
      ...describe(answer, expected),
      { id: 'rangeAsked', value: `bytes=${String(from)}-` },
      { id: 'rangeReceived', value: answer.headers['content-range'] ?? '' },
    ],
  });
}

/** "bytes 100-999/1000", as RFC 9110 §14.4 has it; a total of null was "*". Null: unreadable. */
export function readContentRange(
  headers: IncomingHttpHeaders,
): { readonly first: number; readonly last: number; readonly total: number | null } | null {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (match === null) return null;
  const [, first = '', last = '', total = '*'] = match;
  return { first: Number(first), last: Number(last), total: total === '*' ? null : Number(total) };
}

export function contentLength(headers: IncomingHttpHeaders): number | null {
  const text = headers['content-length'];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function describe(answer: Answer, expected: Expected) {
  const size = expected.size === 0 ? '' : `, ${bytes(expected.size)}`;
  return answerDetails(answer, `${mediaType(expected.filename)}${size}`);
}

function mediaType(filename: string): string {
  if (filename.endsWith('.zip')) return 'application/zip';
  if (filename.endsWith('.gz')) return 'application/gzip';
  return 'application/octet-stream';
}

/** Magic numbers: a zip's first local header, gzip (RFC 1952), and the compound file that an MSI is. */
export function beginsAs(filename: string, begin: Buffer): boolean {
  const hex = begin.subarray(0, 8).toString('hex');
  if (filename.endsWith('.zip')) return hex.startsWith('504b0304');
  if (filename.endsWith('.gz')) return hex.startsWith('1f8b');
  if (filename.endsWith('.msi')) return hex === 'd0cf11e0a1b11ae1';
  return true;
}
