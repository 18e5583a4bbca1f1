/** A record of Windows' event log as the log gives it. */
export interface EventRecord {
  readonly channel: string;
  readonly recordId: number;
  /** The event's XML. */
  readonly xml: string;
}

export interface EventLog {
  /** Records after `sinceRecordId` first, then new ones as they come. Returns a function that ends it. */
  subscribe(sinceRecordId: number, onRecord: (record: EventRecord) => void): Promise<() => void>;
  /** Records since a time, oldest first. */
  since(at: Date): Promise<readonly EventRecord[]>;
}
