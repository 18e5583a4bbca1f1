// The write-ahead log of everything that Gangway changes: JSON lines, each on disk before its effect. A line that a
// crash cut off at the end is dropped; a damaged line elsewhere is kept aside and said, never guessed.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FailureError } from '../failureError';
import { withFileLock } from '../fileLock';
import type { Clock } from '../ports';
import type { Message } from '../../shared/model';
import { recordSchema, type Action, type JournalRecord, type Note } from './actions';
import { activeIn, replay, type ActiveExclusion, type JournalRun } from './replay';

/** Damaged lines were found: the file as it was is `aside`, and the readable records go on. */
export interface BrokenJournal {
  readonly aside: string;
  /** Numbers of the damaged lines, from 1. */
  readonly lines: readonly number[];
}

type UndoneResult = Extract<JournalRecord, { kind: 'undone' }>['result'];
type DoneResult = Extract<JournalRecord, { kind: 'done' }>['result'];

export interface Journal {
  readonly file: string;
  readonly broken: BrokenJournal | null;
  /**
   * @param actions how many intents its plan has, where the run can be finished after a crash
   * @param undoes of a rollback: the actions that it takes back
   */
  startRun(purpose: string, actions?: number, undoes?: readonly string[]): Promise<string>;
  /** Returns when the record is on disk: only then may the effect begin. */
  intent(run: string, action: Action): Promise<string>;
  done(id: string, result: DoneResult, before?: boolean | null): Promise<void>;
  undone(id: string, result: UndoneResult, why?: Message): Promise<void>;
  note(run: string, note: Note): Promise<void>;
  close(run: string): Promise<void>;
  /** As last read or written here; `refresh` takes in what another process wrote. */
  records(): readonly JournalRecord[];
  runs(): readonly JournalRun[];
  /** Not closed: cut off, or still going on. */
  openRuns(): readonly JournalRun[];
  /** Ours, and not known to be gone. */
  activeExclusions(): readonly ActiveExclusion[];
  refresh(): Promise<void>;
}

/** One writer at a time, also between processes. @throws FailureError `state.locked`, or the file system's error. */
export async function openJournal(file: string, clock: Clock): Promise<Journal> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const log = new FileJournal(file, clock);
  await log.open();
  return log;
}

class FileJournal implements Journal {
  broken: BrokenJournal | null = null;
  private known: readonly JournalRecord[] = [];
  private replayed: readonly JournalRun[] | null = null;
  /** Bytes of the file that `known` stands for. */
  private size = 0;

  constructor(
    readonly file: string,
    private readonly clock: Clock,
  ) {}

  open(): Promise<void> {
    return this.locked(() => this.repair());
  }

  async startRun(purpose: string, actions?: number, undoes?: readonly string[]): Promise<string> {
    const run = newId('r');
    await this.append({
      kind: 'run',
      run,
      at: this.now(),
      purpose,
      ...(actions === undefined ? {} : { actions }),
      ...(undoes === undefined ? {} : { undoes: [...undoes] }),
    });
    return run;
  }

  async intent(run: string, action: Action): Promise<string> {
    const id = newId('a');
    await this.append({ kind: 'intent', id, run, at: this.now(), action });
    return id;
  }

  async done(id: string, result: DoneResult, before?: boolean | null): Promise<void> {
    const seen = before === undefined ? {} : { before };
    await this.append({ kind: 'done', id, at: this.now(), result, ...seen });
  }

  async undone(id: string, result: UndoneResult, why?: Message): Promise<void> {
    const reason = why === undefined ? {} : { why };
    await this.append({ kind: 'undone', id, at: this.now(), result, ...reason });
  }

  async note(run: string, note: Note): Promise<void> {
    await this.append({ kind: 'note', run, at: this.now(), note });
  }

  async close(run: string): Promise<void> {
    await this.append({ kind: 'closed', run, at: this.now() });
  }

  records(): readonly JournalRecord[] {
    return this.known;
  }

  runs(): readonly JournalRun[] {
    this.replayed ??= replay(this.known);
    return this.replayed;
  }

  openRuns(): readonly JournalRun[] {
    return this.runs().filter((run) => run.closedAt === null);
  }

  activeExclusions(): readonly ActiveExclusion[] {
    return activeIn(this.runs());
  }

  async refresh(): Promise<void> {
    if ((await sizeOf(this.file)) === this.size) return;
    this.take(readLines(await readOrEmpty(this.file)));
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private locked<T>(work: () => Promise<T>): Promise<T> {
    return withFileLock(`${this.file}.lock`, work);
  }

  private append(record: JournalRecord): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(recordSchema.parse(record))}\n`);
    return this.locked(async () => {
      await this.repair();
      const handle = await open(this.file, 'a', 0o600);
      try {
        await handle.appendFile(line);
        await handle.sync();
      } finally {
        await handle.close();
      }
      this.size += line.length;
      this.known = [...this.known, record];
      this.replayed = null;
    });
  }

  /** Under the lock: takes in what others wrote, and makes the file whole again. */
  private async repair(): Promise<void> {
    if (this.size > 0 && (await sizeOf(this.file)) === this.size) return;
    const bytes = await readOrEmpty(this.file);
    const read = readLines(bytes);
    if (read.broken.length > 0) {
      const stamp = this.now().replace(/[:.]/g, '-');
      const aside = `${this.file}.broken-${stamp}`;
      await writeWhole(aside, bytes);
      await writeWhole(this.file, Buffer.concat(read.lines));
      this.broken = { aside, lines: read.broken };
    } else if (read.torn) {
      const handle = await open(this.file, 'r+');
      try {
        await handle.truncate(read.whole);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } else if (bytes.length === 0) {
      await writeWhole(this.file, bytes);
    }
    this.take(read);
  }

  private take(read: ReadJournal): void {
    this.known = read.records;
    this.replayed = null;
    this.size = read.broken.length > 0 ? total(read.lines) : read.whole;
  }
}

interface ReadJournal {
  readonly records: readonly JournalRecord[];
  /** The bytes of each readable line, with its end. */
  readonly lines: readonly Buffer[];
  /** Bytes up to the end of the last whole line. */
  readonly whole: number;
  /** Something follows that has no end of line. */
  readonly torn: boolean;
  readonly broken: readonly number[];
}

function readLines(bytes: Buffer): ReadJournal {
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
  return { records, lines, whole: at, torn: at < bytes.length, broken };
}

function parseLine(text: string): JournalRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Damaged: the caller keeps the file aside and says so.
    return null;
  }
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function newId(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

function total(lines: readonly Buffer[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function readOrEmpty(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** Written beside, flushed and renamed; the folder is flushed so that the name is there after a power cut. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
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

/** What to tell of a damaged journal; null where it is whole. */
export function brokenJournal(journal: Journal): FailureError | null {
  if (journal.broken === null) return null;
  const { aside, lines } = journal.broken;
  return new FailureError('journal.broken', {
    params: { path: aside, count: lines.length },
    next: ['report'],
    details: [{ id: 'path', value: aside }],
  });
}
