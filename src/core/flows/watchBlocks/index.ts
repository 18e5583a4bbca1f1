// Follows Windows' event log and keeps the list of blocks: what came while Gangway was closed is caught up, nothing is
// told twice, and an unreadable record is counted and never stops the rest.
import type { Clock, EventBookmarks, EventLog, EventRecord, Kept } from '../../ports';
import type { Block } from '../../../shared/model';
import { z } from '../../../shared/zod';
import type { parseEvent, WindowsEvent } from './parseEvent';
import { tellBlocks, type StoryContext } from './stories';

export type { StoryContext } from './stories';

/** What is kept between starts, in `blocks.json` of the state folder. */
export const watchMemorySchema = z.object({
  /** By channel: the newest record that was told. */
  bookmarks: z.record(z.string().max(256), z.number().int().nonnegative()),
  seen: z.array(z.string().max(96)).max(2000),
});
export type WatchMemory = z.infer<typeof watchMemorySchema>;

export interface WatchDeps extends StoryContext {
  readonly events: EventLog;
  readonly clock: Clock;
  readonly memory: Kept<WatchMemory>;
}

export interface BlocksSeen {
  /** Newest first. */
  readonly blocks: readonly Block[];
  /** ISO 8601, UTC: how far back the log was read. */
  readonly since: string;
  /** Records that could not be read. */
  readonly unreadable: number;
}

export interface BlockWatch {
  current(): BlocksSeen;
  markSeen(id: string): Promise<void>;
  /** Reads further back; days in all. */
  lookBack(days: number): Promise<void>;
  /** Tells the stories again, for example after an upgrade made more files known. */
  retell(): Promise<void>;
  /** Ends it, and puts on disk how far it got. */
  close(): Promise<void>;
}

export interface WatchListener {
  /** The list is another one. */
  onChange(seen: BlocksSeen): void;
  /** Something new was blocked: once for a story, also for what came while nobody watched. A burst is one story. */
  onNew(block: Block): void;
}

type Parser = typeof parseEvent;

/** With its XML library: a start shows its first screen without. */
async function readParser(): Promise<Parser> {
  return (await import('./parseEvent')).parseEvent;
}

const dayMs = 24 * 60 * 60_000;
/** Days read at the first start. */
export const firstLookDays = 30;
/** Milliseconds for the action (1117) to follow its detection (1116) before the detection alone is told. */
const holdMs = 2_000;

/** The blocks of the last `days`, without following: for a plan, and for the command line. */
export async function readBlocks(
  deps: StoryContext & { readonly events: EventLog; readonly clock: Clock },
  days = firstLookDays,
): Promise<BlocksSeen> {
  const since = new Date(deps.clock.now().getTime() - days * dayMs);
  const { events, unreadable } = parseAll(await readParser(), await deps.events.since(since));
  return { blocks: await tellBlocks(events, deps), since: since.toISOString(), unreadable };
}

export async function watchBlocks(deps: WatchDeps, listener: WatchListener): Promise<BlockWatch> {
  const watch = new Watch(deps, listener, await readParser());
  await watch.start();
  return watch;
}

class Watch implements BlockWatch {
  private readonly events = new Map<string, WindowsEvent>();
  private bookmarks: Record<string, number> = {};
  private readonly seenIds = new Set<string>();
  private readonly told = new Set<string>();
  private readonly heldSince = new Map<string, number>();
  private holding: NodeJS.Timeout | null = null;
  private pending = false;
  private now: BlocksSeen = { blocks: [], since: '', unreadable: 0 };
  private turn: Promise<unknown> = Promise.resolve();
  private stop: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly deps: WatchDeps,
    private readonly listener: WatchListener,
    private readonly parse: Parser,
  ) {}

  async start(): Promise<void> {
    const memory = await this.deps.memory.read();
    for (const id of memory?.seen ?? []) this.seenIds.add(id);
    await this.load(firstLookDays);
    // Before the first start nobody was waiting to be told.
    const first = memory === null;
    const after: EventBookmarks = first ? newest(this.events) : memory.bookmarks;
    this.bookmarks = { ...after };
    if (first) for (const block of this.now.blocks) this.seenIds.add(block.id);
    this.now = { ...this.now, blocks: await this.tell() };
    // What is known from before is not new; what came after the bookmark is.
    for (const block of first ? this.now.blocks : await this.tellUpTo(after)) {
      this.told.add(block.id);
    }
    this.stop = await this.deps.events.subscribe(after, (record) => {
      this.take(record);
    });
    await this.turn;
    await this.update();
  }

  current(): BlocksSeen {
    return this.now;
  }

  markSeen(id: string): Promise<void> {
    return this.inTurn(async () => {
      this.seenIds.add(id);
      await this.retellNow();
      await this.remember();
    });
  }

  lookBack(days: number): Promise<void> {
    return this.inTurn(async () => {
      const before = new Set(this.now.blocks.map((block) => block.id));
      await this.load(days);
      for (const block of this.now.blocks) {
        if (before.has(block.id)) continue;
        // Old news: listed, and not announced.
        this.seenIds.add(block.id);
        this.told.add(block.id);
      }
      await this.retellNow();
    });
  }

  retell(): Promise<void> {
    return this.inTurn(() => this.retellNow());
  }

  async close(): Promise<void> {
    this.closed = true;
    this.stop?.();
    this.stop = null;
    if (this.holding !== null) clearTimeout(this.holding);
    this.holding = null;
    await this.turn;
    await this.remember();
  }

  private async load(days: number): Promise<void> {
    const since = new Date(this.deps.clock.now().getTime() - days * dayMs);
    const read = parseAll(this.parse, await this.deps.events.since(since), this.events);
    this.now = {
      blocks: await this.tell(),
      since: since.toISOString(),
      unreadable: read.unreadable,
    };
  }

  private take(record: EventRecord): void {
    if (this.closed) return;
    const at = this.bookmarks[record.channel] ?? 0;
    // A log that was cleared counts from 1 again.
    this.bookmarks[record.channel] = record.recordId;
    const key = keyOf(record);
    if (this.events.has(key) && record.recordId <= at) return;
    const read = parseAll(this.parse, [record], this.events);
    this.now = { ...this.now, unreadable: this.now.unreadable + read.unreadable };
    this.schedule();
  }

  /** Records come in bursts: one telling for all that are there by then. */
  private schedule(): void {
    if (this.pending) return;
    this.pending = true;
    void this.inTurn(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      this.pending = false;
      await this.update();
    });
  }

  private async update(): Promise<void> {
    await this.retellNow();
    let wait = false;
    for (const block of [...this.now.blocks].reverse()) {
      if (this.told.has(block.id) || this.closed) continue;
      if (block.action === 'detected' && this.hold(block.id)) {
        wait = true;
        continue;
      }
      this.told.add(block.id);
      this.heldSince.delete(block.id);
      this.listener.onNew(block);
    }
    if (wait && this.holding === null && !this.closed) {
      this.holding = setTimeout(() => {
        this.holding = null;
        this.schedule();
      }, holdMs);
      this.holding.unref();
    }
    await this.remember();
  }

  private hold(id: string): boolean {
    const since = this.heldSince.get(id) ?? Date.now();
    this.heldSince.set(id, since);
    return Date.now() - since < holdMs;
  }

  private async retellNow(): Promise<void> {
    this.now = { ...this.now, blocks: await this.tell() };
    if (!this.closed) this.listener.onChange(this.now);
  }

  private tell(): Promise<readonly Block[]> {
    return tellBlocks([...this.events.values()], this.deps, this.seenIds);
  }

  /** The stories as far as they lie at or before the bookmarks. */
  private tellUpTo(after: EventBookmarks): Promise<readonly Block[]> {
    const early = [...this.events].filter(([key]) => {
      const { channel, recordId } = fromKey(key);
      return recordId <= (after[channel] ?? 0);
    });
    return tellBlocks(
      early.map(([, event]) => event),
      this.deps,
    );
  }

  private remember(): Promise<void> {
    const seen = [...this.seenIds].slice(-2000);
    return this.deps.memory.write({ bookmarks: { ...this.bookmarks }, seen });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work);
    this.turn = next.catch(() => undefined);
    return next;
  }
}

function keyOf({ channel, recordId }: EventRecord): string {
  return `${String(recordId)}@${channel}`;
}

function fromKey(key: string): { channel: string; recordId: number } {
  const at = key.indexOf('@');
  return { channel: key.slice(at + 1), recordId: Number(key.slice(0, at)) };
}

function newest(events: ReadonlyMap<string, WindowsEvent>): EventBookmarks {
  const bookmarks: Record<string, number> = {};
  for (const key of events.keys()) {
    const { channel, recordId } = fromKey(key);
    bookmarks[channel] = Math.max(bookmarks[channel] ?? 0, recordId);
  }
  return bookmarks;
}

function parseAll(
  parse: Parser,
  records: readonly EventRecord[],
  into = new Map<string, WindowsEvent>(),
): { readonly events: readonly WindowsEvent[]; readonly unreadable: number } {
  let unreadable = 0;
  for (const record of records) {
    const parsed = parse(record.xml);
    switch (parsed.kind) {
      case 'event':
        into.set(keyOf(record), parsed.event);
        break;
      case 'unreadable':
        unreadable += 1;
        break;
      case 'other':
        break;
    }
  }
  return { events: [...into.values()], unreadable };
}
