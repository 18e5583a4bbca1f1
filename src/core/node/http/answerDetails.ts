// What answered, as details for support: which address, with which status, what it said it was and how it begins.
import type { IncomingHttpHeaders } from 'node:http';
import type { Detail } from '../../../shared/model/failure';

export interface Answer {
  readonly asked: string;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** What was read of the body. */
  readonly begin: Buffer;
  /** Bytes of the whole body, where known. */
  readonly length: number | null;
}

/** @param expected for example "application/zip, 78,924,880 bytes". */
export function answerDetails(answer: Answer, expected: string): readonly Detail[] {
  const type = contentType(answer.headers);
  const received = [
    type === '' ? null : type,
    answer.length === null ? null : bytes(answer.length),
  ].filter((part) => part !== null);
  return [
    { id: 'asked', value: answer.asked },
    { id: 'answeredBy', value: `${answer.url}, status ${String(answer.status)}` },
    { id: 'expected', value: expected },
    { id: 'received', value: received.join(', ') },
    { id: 'beginsWith', value: beginning(answer.begin) },
  ].filter(({ value }) => value !== '');
}

/** "text/html" of "text/html; charset=utf-8"; empty where nothing was said. */
export function contentType(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** True for what a browser would show as a page, by its type or its first bytes. */
export function isWebPage(headers: IncomingHttpHeaders, begin: Buffer): boolean {
  if (['text/html', 'application/xhtml+xml'].includes(contentType(headers))) return true;
  const text = begin.subarray(0, 256).toString('latin1').replace(/^ï»¿/, '').trimStart();
  return /^<(?:!doctype|html|head|body|\?xml|script|meta)/i.test(text);
}

/** "78,924,880 bytes": details are the same in every language, so that support can read them. */
export function bytes(count: number): string {
  return `${count.toLocaleString('en')} bytes`;
}

/** The first 64 bytes, if they are text; else as hex. */
function beginning(begin: Buffer): string {
  const text = begin.subarray(0, 64).toString('utf8').replace(/\s+/g, ' ').trim();
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\ufffd]/.test(text) ? begin.subarray(0, 16).toString('hex') : text;
}
