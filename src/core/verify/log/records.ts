// What the checksum database says, read from its bytes: tree heads, records and the sums in a record. Formats are those
// of golang.org/x/mod/sumdb. Nothing here is proved; `checksumLog.ts` does that.
import { decodeBase64, decodeText } from './signedNote';
import { LogRefusal } from './logRefusal';

export interface TreeHead {
  /** Number of records. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
}

export interface LookupAnswer {
  /** The record's place in the log, counted from 0. */
  readonly id: number;
  /** The record as it is hashed, its last line feed included. */
  readonly record: string;
  /** The signed tree head that came with it, still sealed. */
  readonly note: string;
}

/** Bytes. A real answer has some 400. */
export const largestAnswer = 64 * 1024;

/**
 * `go.sum database tree\n<size>\n<base64 root>\n`; lines after that are extensions and do not count.
 * @throws LogRefusal malformed.
 */
export function readTreeHead(text: string): TreeHead {
  const [title, size = '', root = '', rest] = splitLines(text, 3);
  const bytes = decodeBase64(root);
  const count = readCount(size);
  if (title !== 'go.sum database tree' || count === null || bytes?.length !== 32) {
    throw new LogRefusal('malformed', 'the signed text is not a tree head');
  }
  if (rest === undefined) throw new LogRefusal('malformed', 'the tree head is cut short');
  return { size: count, root: bytes };
}

/**
 * `<id>\n<record>\n` and then the note: the record ends at the first blank line.
 * @throws LogRefusal malformed.
 */
export function readLookup(bytes: Uint8Array): LookupAnswer {
  if (bytes.length > largestAnswer) throw new LogRefusal('malformed', 'the answer is too large');
  const text = decodeText(bytes);
  const end = text.indexOf('\n');
  const id = end < 0 ? null : readCount(text.slice(0, end));
  if (id === null) throw new LogRefusal('malformed', 'the answer does not start with a number');
  const rest = text.slice(end + 1);
  const blank = rest.indexOf('\n\n');
  // At 0 the record would be a blank line; before that there is none at all.
  if (blank <= 0 || rest.startsWith('\n')) throw new LogRefusal('malformed', 'the record is empty');
  return { id, record: rest.slice(0, blank + 1), note: rest.slice(blank + 2) };
}

/**
 * The one `h1:` sum of exactly this module and version in a record's text.
 * @throws LogRefusal malformed, noSum or manySums.
 */
export function sumOf(record: string, module: string, version: string): string {
  const sums: string[] = [];
  for (const line of record.slice(0, -1).split('\n')) {
    const fields = line.split(' ');
    if (fields.length !== 3) throw new LogRefusal('malformed', 'a line of the record is no sum');
    const [path, of, sum = ''] = fields;
    if (path === module && of === version && sum.startsWith('h1:')) sums.push(sum);
  }
  const [sum, ...others] = sums;
  if (sum === undefined) throw new LogRefusal('noSum', `no sum of ${module} ${version}`);
  if (others.length > 0) throw new LogRefusal('manySums', `${String(sums.length)} sums`);
  if (decodeBase64(sum.slice(3))?.length !== 32) {
    throw new LogRefusal('malformed', 'the sum is not 32 bytes in base64');
  }
  return sum;
}

/** A decimal number without sign or leading zeros that a double holds exactly; else null. */
function readCount(text: string): number | null {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** The first `count` lines and then, as one string, what follows the last of them; undefined where a line is missing. */
function splitLines(text: string, count: number): (string | undefined)[] {
  const lines: (string | undefined)[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return [...lines, text.slice(at), ...Array<undefined>(count - i).fill(undefined)];
    lines.push(text.slice(at, end));
    at = end + 1;
  }
  return [...lines, text.slice(at)];
}
