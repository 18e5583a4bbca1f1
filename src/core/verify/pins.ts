// Hashes of Windows zips that the program carries, recorded by others at the time of each release. A file that is not
// among them is simply not known; one that differs is a strong alarm.
import recorded from './data/pins.json';

export interface Pin {
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** ISO date of the record. */
  readonly date: string;
}

const pins = new Map(Object.entries(recorded.files));

/** By the file's name, "go1.27.0.windows-amd64.zip". */
export function pinFor(filename: string): Pin | null {
  const [sha256, date] = pins.get(filename) ?? [];
  return sha256 === undefined || date === undefined ? null : { sha256, date };
}
