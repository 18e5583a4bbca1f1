// The EventLog port by looking every so often, over a session of its own so that it holds up nothing else. A record is
// given once; one that came and was cleared away between two looks is not seen.
import { FailureError } from '../../failureError';
import type { ChannelTrouble, EventBookmarks, EventLog, EventRecord } from '../../ports';
import type { PowerShellSession } from '../powershell';
import { channels as allChannels, type Channel } from './channels';
import { inOrder, readEvents, type FoundRecord } from './readEvents';

export interface EventLogParts {
  readonly session: PowerShellSession;
  /** Milliseconds between two looks. */
  readonly intervalMs?: number;
  readonly channels?: readonly Channel[];
}

/** Milliseconds. A look is one call to a warm session. */
const defaultIntervalMs = 2_000;

export function powerShellEventLog(parts: EventLogParts): EventLog {
  const { session, intervalMs = defaultIntervalMs, channels = allChannels } = parts;
  return {
    async since(at) {
      const from = { since: at };
      const looks = await readEvents(
        session,
        channels.map((channel) => ({ channel, from })),
      );
      const troubles = looks.flatMap((look) => (look.kind === 'trouble' ? [look.trouble] : []));
      const read = looks.filter((look) => look.kind === 'read');
      // Where there is no such log there is nothing in it; where there is and none can be read, that is no empty log.
      const unread = troubles.filter(({ kind }) => kind !== 'missing');
      if (read.length === 0 && unread.length > 0) throw unreadable(unread);
      return inOrder(read.flatMap(({ records }) => records)).map(recordOf);
    },

    async subscribe(after, onRecord, onTrouble = () => undefined) {
      const follower = new Follower(session, channels, after, onRecord, onTrouble);
      await follower.look();
      follower.goOn(intervalMs);
      return () => {
        follower.end();
      };
    },
  };
}

class Follower {
  private readonly positions: Map<string, number>;
  /** Channels in trouble, by the kind that was told. */
  private readonly told = new Map<string, ChannelTrouble['kind']>();
  private timer: NodeJS.Timeout | null = null;
  private ended = false;

  constructor(
    private readonly session: PowerShellSession,
    private readonly channels: readonly Channel[],
    after: EventBookmarks,
    private readonly onRecord: (record: EventRecord) => void,
    private readonly onTrouble: (trouble: ChannelTrouble) => void,
  ) {
    this.positions = new Map(channels.map(({ name }) => [name, after[name] ?? 0]));
  }

  async look(): Promise<void> {
    const looks = await readEvents(
      this.session,
      this.channels.map((channel) => ({ channel, from: { after: this.position(channel.name) } })),
    );
    if (this.isOver()) return;
    const came: FoundRecord[] = [];
    for (const look of looks) {
      if (look.kind === 'trouble') {
        this.tell(look.trouble);
        continue;
      }
      this.told.delete(look.channel);
      this.positions.set(look.channel, look.newest);
      came.push(...look.records);
    }
    for (const record of inOrder(came)) {
      // A listener may end it.
      if (!this.isOver()) this.onRecord(recordOf(record));
    }
  }

  /** The next look begins when the last is over, so that looks never queue up. */
  goOn(intervalMs: number): void {
    if (this.isOver()) return;
    this.timer = setTimeout(() => {
      void this.look().finally(() => {
        this.goOn(intervalMs);
      });
    }, intervalMs);
    this.timer.unref();
  }

  end(): void {
    this.ended = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private isOver(): boolean {
    return this.ended;
  }

  private position(channel: string): number {
    return this.positions.get(channel) ?? 0;
  }

  private tell(trouble: ChannelTrouble): void {
    if (this.told.get(trouble.channel) === trouble.kind) return;
    this.told.set(trouble.channel, trouble.kind);
    this.onTrouble(trouble);
  }
}

function recordOf({ channel, recordId, xml }: FoundRecord): EventRecord {
  return { channel, recordId, xml };
}

function unreadable(troubles: readonly ChannelTrouble[]): FailureError {
  const next = troubles.flatMap((trouble) => (trouble.next === null ? [] : [trouble.next]));
  return new FailureError('events.unreadable', {
    next: [...new Set(next)],
    details: troubles.map(({ channel, kind }) => ({ id: 'reason', value: `${channel}: ${kind}` })),
  });
}
