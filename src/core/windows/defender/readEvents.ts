// Reads channels of the event log by the fixed script, page by page, newest first, and puts the pages in order. A channel
// that cannot be read is told and hides no other.
import type { ChannelTrouble } from '../../ports';
import type { PowerShellSession } from '../powershell';
import { ask } from './ask';
import type { Channel } from './channels';
import events from './events.ps1?raw';
import { channelTrouble, eventsAnswerSchema, notReached, type ChannelAnswer } from './parseEvents';

export interface FoundRecord {
  readonly channel: string;
  readonly recordId: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly xml: string;
}

/** Where to begin: after a record, or at a time. */
export type From = { readonly after: number } | { readonly since: Date };

export type ChannelLook =
  | {
      readonly kind: 'read';
      readonly channel: string;
      /** The newest record's number, of any kind of event; 0 for an empty log. */
      readonly newest: number;
      /** Oldest first. */
      readonly records: readonly FoundRecord[];
    }
  | { readonly kind: 'trouble'; readonly channel: string; readonly trouble: ChannelTrouble };

/** Records in one answer: some hundred kilobytes of XML. */
const pageSize = 100;
/** Pages of one channel in one look; older records than these are left out. */
const mostPages = 50;

interface Wish {
  readonly channel: Channel;
  readonly from: From;
}

export async function readEvents(
  session: PowerShellSession,
  wishes: readonly Wish[],
): Promise<readonly ChannelLook[]> {
  const looks = new Map<string, ChannelLook>();
  let open = wishes.map((wish) => ({ ...wish, below: null as number | null }));
  for (let page = 0; page < mostPages && open.length > 0; page += 1) {
    const asked = await ask(
      session,
      events,
      { most: pageSize, channels: open.map(wireOf) },
      eventsAnswerSchema,
    );
    if (asked.kind === 'trouble') {
      for (const { channel } of open) looks.set(channel.name, lost(channel.name, asked.trouble));
      break;
    }
    const next: typeof open = [];
    for (const wish of open) {
      const { name } = wish.channel;
      const answer = asked.value.channels.find(({ channel }) => channel === name);
      const look = addPage(looks.get(name), name, answer);
      looks.set(name, look);
      if (look.kind !== 'read' || answer === undefined || answer.records.length < pageSize)
        continue;
      next.push({ ...wish, below: Math.min(...answer.records.map(({ recordId }) => recordId)) });
    }
    open = next;
  }
  return wishes.map(
    ({ channel }) => looks.get(channel.name) ?? lost(channel.name, { id: 'noAnswer', cause: '' }),
  );
}

/** By time, and within a moment by number. */
export function inOrder(records: readonly FoundRecord[]): readonly FoundRecord[] {
  return [...records].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : a.recordId - b.recordId,
  );
}

function wireOf({ channel, from, below }: Wish & { readonly below: number | null }): unknown {
  return {
    name: channel.name,
    events: channel.events,
    after: 'after' in from ? from.after : null,
    since: 'since' in from ? from.since.toISOString() : null,
    below,
  };
}

function addPage(
  before: ChannelLook | undefined,
  channel: string,
  answer: ChannelAnswer | undefined,
): ChannelLook {
  if (before?.kind === 'trouble') return before;
  if (answer === undefined) return lost(channel, { id: 'noAnswer', cause: 'no answer' });
  if (answer.error !== null) {
    return { kind: 'trouble', channel, trouble: channelTrouble(channel, answer.error) };
  }
  const page = [...answer.records].reverse().map((record) => ({ channel, ...record }));
  return {
    kind: 'read',
    channel,
    newest: Math.max(before?.newest ?? 0, answer.newest ?? 0, page.at(-1)?.recordId ?? 0),
    records: [...page, ...(before?.records ?? [])],
  };
}

function lost(
  channel: string,
  trouble: { readonly id: string; readonly cause: string },
): ChannelLook {
  const cause = trouble.cause === '' ? trouble.id : trouble.cause;
  return { kind: 'trouble', channel, trouble: notReached(channel, cause) };
}
