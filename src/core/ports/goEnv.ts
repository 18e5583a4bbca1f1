/** `go env` of one Go, asked, never assumed. */
export interface GoEnv {
  /**
   * Runs `<root>/bin/go env -json`.
   * @throws FailureError `goEnv.unavailable` where that Go does not run on this system.
   */
  read(root: string): Promise<Readonly<Record<string, string>>>;
  /** `go env -w NAME=value`; an empty value unsets. Read back: true where the new value is what was set. */
  set(root: string, name: string, value: string): Promise<boolean>;
  /** What `go version` prints; null where that Go does not run here. */
  version(root: string): Promise<string | null>;
}
