// The head of an HTTP/1.1 answer (RFC 9112), read strictly: whatever is not exactly one is refused.
import type { IncomingHttpHeaders } from 'node:http';

export interface Head {
  readonly status: number;
  /** By lower-case name; repeated ones joined by ", ". */
  readonly headers: IncomingHttpHeaders;
  readonly framing: Framing;
}

/** How the body ends. */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  /** With the connection. */
  | { readonly kind: 'close' };

/** Bytes of a head; larger ones are no answer of ours. */
export const headCap = 32 * 1024;

/** An answer that is no HTTP, or contradicts itself. `code` is what people are shown. */
export class BadAnswer extends Error {
  readonly code = 'BAD_ANSWER';
}

/** @param text all before the empty line, decoded as Latin-1 @throws BadAnswer */
export function readHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const status = Number(/^HTTP\/1\.[01] ([1-9]\d\d)(?: .*)?$/.exec(first)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) throw new BadAnswer(`no status line: ${first.slice(0, 60)}`);
  // No prototype: a header may have any name.
  const headers = Object.create(null) as Record<string, string>;
  for (const line of lines) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new BadAnswer(`no header: ${line.slice(0, 60)}`);
    }
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] = before === undefined ? value : `${before}, ${value}`;
  }
  return { status, headers, framing: framingOf(status, headers) };
}

/** RFC 9112 §6.3. Two lengths, or a length and chunks, are how answers are smuggled: refused. */
function framingOf(status: number, headers: Readonly<Record<string, string>>): Framing {
  if (status < 200 || status === 204 || status === 304) return { kind: 'length', bytes: 0 };
  const coding = headers['transfer-encoding'];
  const length = headers['content-length'];
  if (coding !== undefined) {
    if (length !== undefined) throw new BadAnswer('both a length and a transfer coding');
    if (coding.toLowerCase() !== 'chunked') throw new BadAnswer(`transfer coding ${coding}`);
    return { kind: 'chunked' };
  }
  if (length === undefined) return { kind: 'close' };
  if (!/^\d{1,15}$/.test(length)) throw new BadAnswer(`content length ${length}`);
  return { kind: 'length', bytes: Number(length) };
}

/** Takes the chunks of RFC 9112 §7.1 apart. Extensions and trailers are read over. */
export class ChunkDecoder {
  private state: 'size' | 'data' | 'dataEnd' | 'trailer' | 'done' = 'size';
  private line = '';
  private left = 0;

  /** True once the last chunk and the trailer were there. @throws BadAnswer */
  decode(piece: Buffer, onData: (data: Buffer) => void): boolean {
    for (let at = 0; at < piece.length && this.state !== 'done';) {
      if (this.state === 'data') {
        const take = Math.min(this.left, piece.length - at);
        onData(piece.subarray(at, at + take));
        at += take;
        this.left -= take;
        if (this.left === 0) this.state = 'dataEnd';
        continue;
      }
      const end = piece.indexOf(0x0a, at);
      this.line += piece.toString('latin1', at, end === -1 ? piece.length : end);
      if (this.line.length > 4096) throw new BadAnswer('a line between chunks is too long');
      if (end === -1) return false;
      at = end + 1;
      this.takeLine();
    }
    return this.state === 'done';
  }

  private takeLine(): void {
    if (!this.line.endsWith('\r')) throw new BadAnswer('a line without its carriage return');
    const line = this.line.slice(0, -1);
    this.line = '';
    switch (this.state) {
      case 'size': {
        const digits = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
        if (digits === undefined) throw new BadAnswer('a chunk without its size');
        this.left = Number.parseInt(digits, 16);
        this.state = this.left === 0 ? 'trailer' : 'data';
        return;
      }
      case 'dataEnd':
        if (line !== '') throw new BadAnswer('a chunk is longer than its size');
        this.state = 'size';
        return;
      case 'trailer':
        if (line === '') this.state = 'done';
        return;
      case 'data':
      case 'done':
        return;
    }
  }
}
