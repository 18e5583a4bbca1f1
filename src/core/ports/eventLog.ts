import type { Message, NextStep } from '../../shared/model';

/** A record of Windows' event log as the log gives it. */
export interface EventRecord {
  readonly channel: string;
  /** Increasing within a channel; it starts again at 1 when the log is cleared. */
  readonly recordId: number;
  /** The event's XML. */
  readonly xml: string;
}

/** The newest record that was seen of each channel. A channel that is not named is read from its start. */
export type EventBookmarks = Readonly<Record<string, number>>;

/** A channel that cannot be followed now. It is tried again, and told again only after it worked in between. */
export interface ChannelTrouble {
  readonly channel: string;
  readonly kind: 'missing' | 'unreadable' | 'languageMode' | 'notReached';
  readonly sentence: Message;
  readonly next: NextStep | null;
}

export interface EventLog {
  /**
   * Records after the bookmarks first, oldest first, then new ones as they come, each once. Resolves when the records that
   * were there have been given. Returns a function that ends it; nothing is given after that.
   * A bookmark beyond a channel's newest record means that its log was cleared: all of it is given.
   */
  subscribe(
    after: EventBookmarks,
    onRecord: (record: EventRecord) => void,
    onTrouble?: (trouble: ChannelTrouble) => void,
  ): Promise<() => void>;
  /**
   * Records since a time, oldest first.
   * @throws FailureError `events.unreadable` where no channel that exists can be read
   */
  since(at: Date): Promise<readonly EventRecord[]>;
}
