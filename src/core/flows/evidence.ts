// What Defender's own log says of an entry: whether it was added or removed since a moment. Anyone may read that log, so
// it answers where the list is hidden and the process that acted is gone.
import type { EventLog } from '../ports';
import type { Exclusion } from '../../shared/model';
import { foldCase } from '../../shared/rules/winPath';

/** Null where the log could not be read: then nothing is known. */
type Answer = Promise<boolean | null>;

export async function addedSince(events: EventLog, at: string, exclusion: Exclusion): Answer {
  const changes = await changesSince(events, at);
  return changes?.some(({ before, after }) => before === '' && names(after, exclusion)) ?? null;
}

export async function removedSince(events: EventLog, at: string, exclusion: Exclusion): Answer {
  const changes = await changesSince(events, at);
  return changes?.some(({ before, after }) => after === '' && names(before, exclusion)) ?? null;
}

interface Change {
  readonly before: string;
  readonly after: string;
}

async function changesSince(events: EventLog, at: string): Promise<readonly Change[] | null> {
  try {
    const { parseEvent } = await import('./watchBlocks/parseEvent');
    const records = await events.since(new Date(at));
    return records.flatMap(({ xml }) => {
      const parsed = parseEvent(xml);
      return parsed.kind === 'event' && parsed.event.kind === 'configuration' ? [parsed.event] : [];
    });
  } catch {
    // Not readable for this account: the caller treats it as "not known", never as "no".
    return null;
  }
}

const lists = { path: 'Paths', process: 'Processes', extension: 'Extensions', ip: 'IpAddresses' };

/** `HKLM\…\Exclusions\Paths\<value> = 0x0`: a value may hold ` = ` itself, so it is cut at the last one. */
function names(text: string, { kind, value }: Exclusion): boolean {
  const at = text.lastIndexOf(' = ');
  const key = foldCase(at === -1 ? text : text.slice(0, at));
  return key.endsWith(foldCase(`\\Exclusions\\${lists[kind]}\\${value}`));
}
