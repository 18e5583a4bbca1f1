/** Bytes or files so far. `total` is 0 while it is not known. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is being worked on now, for example a file's name. */
  readonly current?: string;
}
export type OnProgress = (progress: Progress) => void;
