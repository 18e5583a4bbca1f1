// The journal's file as records, and how it is written whole. A line that is no record is told by its number.
import { open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { recordSchema, type JournalRecord } from './actions';

export interface ReadJournal {
  readonly records: readonly JournalRecord[];
  /** The bytes of each readable line, with its end. */
  readonly lines: readonly Buffer[];
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes up to the end of the last whole line. */
  readonly whole: number;
  /** Something follows that has no end of line: a record that was cut off, unless its line is among `broken`. */
  readonly torn: boolean;
  readonly broken: readonly number[];
}

export function readLines(bytes: Buffer): ReadJournal {
  const records: JournalRecord[] = [];
  const lines: Buffer[] = [];
  const broken: number[] = [];
  let at = 0;
  for (let number = 1; ; number += 1) {
    const end = bytes.indexOf(0x0a, at);
    if (end === -1) break;
    const line = bytes.subarray(at, end + 1);
    const record = parseLine(line.toString('utf8'));
    if (record === null) {
      broken.push(number);
    } else {
      records.push(record);
      lines.push(line);
    }
    at = end + 1;
  }
  const rest = bytes.subarray(at);
  if (!isCutOff(rest)) broken.push(lines.length + broken.length + 1);
  return { records, lines, size: bytes.length, whole: at, torn: rest.length > 0, broken };
}

/** How each record begins. */
const beginning = Buffer.from('{"kind":"');

/** A record whose end a crash took, which nothing has been done upon. Anything else at the end is damage. */
function isCutOff(rest: Buffer): boolean {
  const length = Math.min(rest.length, beginning.length);
  return rest.subarray(0, length).equals(beginning.subarray(0, length));
}

function parseLine(text: string): JournalRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Damaged: the caller says so, and leaves the file as it is.
    return null;
  }
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

export async function readOrEmpty(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** Written beside, flushed and renamed; the folder is flushed so that the name is there after a power cut. */
export async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const beside = `${file}.new`;
  const handle = await open(beside, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  // Windows has no such call; NTFS logs the rename itself.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
