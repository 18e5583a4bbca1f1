// The files of a zip as columns, which are cheap to send between threads, and as rows, which are easy to read.

/** One column an attribute, one row a file, in order of their place in the archive: cheap to send between threads. */
export interface ZipIndex {
  /** Below `go/`. */
  readonly paths: readonly string[];
  /** Of the local header, in bytes from the start of the archive. */
  readonly offsets: Float64Array;
  readonly compressed: Float64Array;
  readonly sizes: Float64Array;
  readonly crcs: Uint32Array;
  /** Sum of `deflated` and `executable`. */
  readonly flags: Uint8Array;
}

export const deflated = 1;
export const executable = 2;

/** Bytes, unpacked. Larger files pass through a thread in pieces, and are a batch of their own. */
export const wholeUpTo = 2 * 1024 ** 2;

/** One row of the columns. */
export interface ZipRow {
  readonly path: string;
  readonly offset: number;
  readonly compressed: number;
  readonly size: number;
  readonly crc: number;
  readonly flags: number;
}

export function columnsOf(rows: readonly ZipRow[]): ZipIndex {
  return {
    paths: rows.map((row) => row.path),
    offsets: Float64Array.from(rows, (row) => row.offset),
    compressed: Float64Array.from(rows, (row) => row.compressed),
    sizes: Float64Array.from(rows, (row) => row.size),
    crcs: Uint32Array.from(rows, (row) => row.crc),
    flags: Uint8Array.from(rows, (row) => row.flags),
  };
}

export function rowsOf(index: ZipIndex): ZipRow[] {
  return index.paths.map((path, i) => ({
    path,
    offset: index.offsets[i] ?? 0,
    compressed: index.compressed[i] ?? 0,
    size: index.sizes[i] ?? 0,
    crc: index.crcs[i] ?? 0,
    flags: index.flags[i] ?? 0,
  }));
}

/** Some rows of the columns, in the order given. */
export function pick(index: ZipIndex, rows: readonly number[]): ZipIndex {
  return {
    paths: rows.map((row) => index.paths[row] ?? ''),
    offsets: Float64Array.from(rows, (row) => index.offsets[row] ?? 0),
    compressed: Float64Array.from(rows, (row) => index.compressed[row] ?? 0),
    sizes: Float64Array.from(rows, (row) => index.sizes[row] ?? 0),
    crcs: Uint32Array.from(rows, (row) => index.crcs[row] ?? 0),
    flags: Uint8Array.from(rows, (row) => index.flags[row] ?? 0),
  };
}
