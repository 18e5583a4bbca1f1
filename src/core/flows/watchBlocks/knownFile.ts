// What Gangway knows of a file's content, from hashes it computed itself.
export interface KnownFile {
  /** "go1.27.0" */
  readonly version: string;
  /**
   * `originalFile`: the hash of this very file equals the verified release's. `ofRelease`: a verified release has a file at
   * this path; the bytes that were taken were not hashed.
   */
  readonly verdict: 'originalFile' | 'ofRelease';
  /** ISO 8601, UTC: when the release was verified. */
  readonly verifiedAt: string;
  /** The whole archive, not a file of it. */
  readonly release: boolean;
  /** What people call it, where the name on disk says nothing, as `go1.27.0.windows-amd64.zip`. */
  readonly name?: string;
}

/** Null where nothing is known of the path. `at`: when it was blocked, ISO 8601. */
export type Identify = (path: string, at: string) => Promise<KnownFile | null>;
