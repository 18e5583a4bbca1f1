// The lab's event log: XML records in a JSON-lines file that only grows. A reader follows it by the file system's own
// notices, within a process and across processes; nothing polls.
import { watch } from 'node:fs';
import { appendFile, open, readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { EventBookmarks, EventLog, EventRecord } from '../../ports';
import { z } from '../../../shared/zod';

const lineSchema = z.object({
  channel: z.string(),
  recordId: z.number().int().positive(),
  at: z.string(),
  /** The scenario in which it arose: another scenario is another computer, with a log of its own. */
  scenario: z.string(),
  xml: z.string(),
});
export type LoggedEvent = z.infer<typeof lineSchema>;

export async function appendEvents(file: string, events: readonly LoggedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const text = events.map((event) => `${JSON.stringify(lineSchema.parse(event))}\n`).join('');
  await appendFile(file, text, { mode: 0o600 });
}

export async function readEvents(file: string): Promise<readonly LoggedEvent[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  // What follows the last end of line is still being written.
  return parseLines(text.slice(0, text.lastIndexOf('\n') + 1));
}

/** `EventLog` over the file. `settle` runs what the lab's time has made due before the log is read. */
export function eventLogOf(file: string, scenario: string, settle: () => Promise<void>): EventLog {
  const mine = (event: LoggedEvent): boolean => event.scenario === scenario;
  const record = ({ channel, recordId, xml }: LoggedEvent): EventRecord => ({
    channel,
    recordId,
    xml,
  });
  return {
    async since(at) {
      await settle();
      const from = at.toISOString();
      const events = (await readEvents(file)).filter((event) => mine(event) && event.at >= from);
      return sorted(events).map(record);
    },
    async subscribe(after, onRecord) {
      await settle();
      await touch(file);
      const follower = new Follower(file, (event) => {
        if (mine(event)) onRecord(record(event));
      });
      const first = await follower.readOn();
      for (const event of sorted(first.filter(mine))) {
        if (isAfter(event, after, first)) onRecord(record(event));
      }
      await follower.follow();
      return () => {
        follower.end();
      };
    },
  };
}

/** Reads what was appended since the last look; one look at a time. */
class Follower {
  private offset = 0;
  private rest = Buffer.alloc(0);
  private turn: Promise<unknown> = Promise.resolve();
  private ended = false;
  private watcher: ReturnType<typeof watch> | null = null;

  constructor(
    private readonly file: string,
    private readonly onEvent: (event: LoggedEvent) => void,
  ) {}

  async follow(): Promise<void> {
    // The folder: some systems lose a watch on a file.
    this.watcher = watch(dirname(this.file), { persistent: false }, (_, name) => {
      if (name === basename(this.file)) void this.give();
    });
    this.watcher.on('error', () => {
      this.end();
    });
    // What came between the first look and the watch.
    await this.give();
  }

  end(): void {
    this.ended = true;
    this.watcher?.close();
    this.watcher = null;
  }

  private isOver(): boolean {
    return this.ended;
  }

  async readOn(): Promise<readonly LoggedEvent[]> {
    const { size } = await stat(this.file);
    if (size <= this.offset) return [];
    const handle = await open(this.file, 'r');
    try {
      const chunk = Buffer.alloc(size - this.offset);
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, this.offset);
      this.offset += bytesRead;
      const bytes = Buffer.concat([this.rest, chunk.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(0x0a) + 1;
      this.rest = bytes.subarray(end);
      return parseLines(bytes.subarray(0, end).toString('utf8'));
    } finally {
      await handle.close();
    }
  }

  private give(): Promise<void> {
    const next = this.turn.then(async () => {
      for (const event of this.isOver() ? [] : await this.readOn()) {
        // A listener may end it.
        if (!this.isOver()) this.onEvent(event);
      }
    });
    this.turn = next.catch(() => undefined);
    // The lab's folder can be removed under a running watcher, at the end of a test: then there is no log any more.
    return next.catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.end();
    });
  }
}

function isAfter(event: LoggedEvent, after: EventBookmarks, all: readonly LoggedEvent[]): boolean {
  const bookmark = after[event.channel] ?? 0;
  const newest = Math.max(
    ...all.filter(({ channel }) => channel === event.channel).map(({ recordId }) => recordId),
  );
  return bookmark > newest || event.recordId > bookmark;
}

/** By time; the file keeps the order in which things were written, and a history is written late. */
function sorted(events: readonly LoggedEvent[]): LoggedEvent[] {
  return [...events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.recordId - b.recordId));
}

async function touch(file: string): Promise<void> {
  await appendFile(file, '', { mode: 0o600 });
}

function parseLines(text: string): readonly LoggedEvent[] {
  const events: LoggedEvent[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    events.push(lineSchema.parse(JSON.parse(line)));
  }
  return events;
}
