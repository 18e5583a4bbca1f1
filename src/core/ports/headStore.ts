/** The last tree head that was seen of each log, so that a log which rewrites its history is noticed. */
export interface HeadStore {
  /** The signed note, or null where none was kept. `log` is the verifier key's id, "sum.golang.org+033de0ae". */
  last(log: string): Promise<string | null>;
  /** Keeps `note`, the signed head of a tree of `size` records, unless a larger one is kept already. */
  remember(log: string, note: string, size: number): Promise<void>;
}
