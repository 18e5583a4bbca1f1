/** Bytes or files so far. `total` is 0 while it is not known. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is being worked on now, for example a file's name. */
  readonly current?: string;
  /** Set in the one report before a pause after which a broken transfer goes on. */
  readonly retry?: Retry;
}

export interface Retry {
  /** 2 for the second attempt. */
  readonly attempt: number;
  readonly attempts: number;
  /** Milliseconds until it starts. */
  readonly afterMs: number;
}

export type OnProgress = (progress: Progress) => void;
