import type { Settings } from '../../shared/model';

/** Settings on disk. An unreadable file is put aside, and the defaults hold. */
export interface SettingsStore {
  read(): Promise<Settings>;
  /** Merges, validates and writes atomically. */
  change(part: Partial<Settings>): Promise<Settings>;
}

/** A value kept in a file of the state folder, written atomically. */
export interface Kept<T> {
  /** Null where there is none, or none that can be read (it is put aside then). */
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
}
