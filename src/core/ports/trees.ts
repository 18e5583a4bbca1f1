/** What a Go tree says of itself. None of it is proved. */
export interface TreeLabel {
  /** "go1.27.0", the first line of its `VERSION`; null where there is none. */
  readonly version: string | null;
  /** SHA-256 of the archive that Gangway unpacked here; null for a tree that it did not install. */
  readonly sha256: string | null;
}

export interface Trees {
  /** @throws FailureError `disk.missing` where there is no such folder, `disk.denied` */
  label(root: string): Promise<TreeLabel>;
}
