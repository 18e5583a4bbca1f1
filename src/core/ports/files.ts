/** The few facts about disks that flows ask for. */
export interface Files {
  /** Bytes free for this user on the volume of `path` (or of its nearest existing parent); null where unknown. */
  freeBytes(path: string): Promise<number | null>;
  exists(path: string): Promise<boolean>;
  /** Creates a folder that only this user writes. True where it was made. */
  makeFolder(path: string): Promise<boolean>;
  removeEmptyFolder(path: string): Promise<boolean>;
  /** Links resolved, as far as the path exists. */
  resolve(path: string): Promise<string>;
}
