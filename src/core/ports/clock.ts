/** Time. The lab has a clock of its own, so that expiry can be tried without waiting. */
export interface Clock {
  now(): Date;
  /** Calls back once at or after `at`; returns a function that cancels. Must not keep the process alive. */
  wake(at: Date, callback: () => void): () => void;
}
