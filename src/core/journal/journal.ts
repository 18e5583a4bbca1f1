// The write-ahead log of everything that Gangway changes: JSON lines, each on disk before its effect. A line that a
// crash cut off at the end is dropped. With a damaged line nothing more is written, and so nothing is changed, until
// the person has the file set aside.
import { randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FailureError } from '../failureError';
import { withFileLock } from '../fileLock';
import type { Clock } from '../ports';
import type { Message } from '../../shared/model';
import { recordSchema, type Action, type JournalRecord, type Note } from './actions';
import { readLines, readOrEmpty, sizeOf, writeWhole, type ReadJournal } from './lines';
import { activeIn, replay, type ActiveExclusion, type JournalRun } from './replay';

/** Lines that cannot be read: what they recorded is not known, and cannot be taken back by itself. */
interface BrokenJournal {
  /** Numbers of the damaged lines, from 1. */
  readonly lines: readonly number[];
}

export interface SetAside {
  /** Where the damaged file is now. */
  readonly aside: string;
  readonly lines: readonly number[];
}

type UndoneResult = Extract<JournalRecord, { kind: 'undone' }>['result'];
type DoneResult = Extract<JournalRecord, { kind: 'done' }>['result'];

export interface Journal {
  readonly file: string;
  /** Not null: every call that writes throws `journal.broken`, before its effect. */
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
  /**
   * Only by the person's word: keeps the damaged file as it is under another name, and goes on with the lines that can be
   * read. Null where it is whole.
   */
  setAside(): Promise<SetAside | null>;
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

  setAside(): Promise<SetAside | null> {
    return this.locked(async () => {
      await this.repair();
      if (this.broken === null) return null;
      const { lines } = this.broken;
      const aside = `${this.file}.broken-${this.now().replace(/[:.]/g, '-')}`;
      const bytes = await readOrEmpty(this.file);
      await writeWhole(aside, bytes);
      const whole = Buffer.concat(readLines(bytes).lines);
      await writeWhole(this.file, whole);
      this.take(readLines(whole));
      return { aside, lines };
    });
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
      wantWhole(this);
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

  /** Under the lock: takes in what others wrote, and drops what a crash cut off at the end. */
  private async repair(): Promise<void> {
    if (this.size > 0 && (await sizeOf(this.file)) === this.size) return;
    const bytes = await readOrEmpty(this.file);
    const read = readLines(bytes);
    if (read.broken.length > 0) {
      // Left as it is: what to do with it is not decided here.
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
    this.size = read.broken.length > 0 ? read.size : read.whole;
    this.broken = read.broken.length > 0 ? { lines: read.broken } : null;
  }
}

function newId(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

/** @throws FailureError `journal.broken`: what is known of the machine is not whole, so nothing is changed on it. */
export function wantWhole(journal: Pick<Journal, 'file' | 'broken'>): void {
  const broken = brokenJournal(journal);
  if (broken !== null) throw broken;
}

/** What to tell of a damaged journal; null where it is whole. */
export function brokenJournal(journal: Pick<Journal, 'file' | 'broken'>): FailureError | null {
  if (journal.broken === null) return null;
  const { lines } = journal.broken;
  return new FailureError('journal.broken', {
    params: { path: journal.file, count: lines.length },
    next: ['setJournalAside', 'showJournal', 'report'],
    details: [
      { id: 'path', value: journal.file },
      { id: 'lines', value: lineNumbers(lines) },
    ],
  });
}

/** "3, 5, 9 …" */
function lineNumbers(lines: readonly number[]): string {
  return `${lines.slice(0, 20).join(', ')}${lines.length > 20 ? ' …' : ''}`;
}
