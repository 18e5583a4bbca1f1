// A manifest of some 15,000 files as columns: their hashes are one buffer outside of the collector's heap. As objects
// they would make the heap grow by 25 MB while it copies them from one half to the other.
import type { Manifest } from '../../verify/verifiedRelease';

type Row = Readonly<{ sha256: string; size: number }>;

const digestBytes = 32;

export class ColumnManifest implements Manifest {
  private readonly rows = new Map<string, number>();
  private readonly digests: Buffer;
  private readonly sizes: Float64Array;

  /**
   * @param paths the order of the manifest. A file belongs to it only once `set` named its hash and size.
   */
  constructor(private readonly paths: readonly string[]) {
    this.digests = Buffer.alloc(paths.length * digestBytes);
    this.sizes = new Float64Array(paths.length).fill(absent);
    paths.forEach((path, row) => this.rows.set(path, row));
  }

  /** @param digest 32 bytes, which are copied */
  set(path: string, digest: Uint8Array, size: number): void {
    const row = this.rows.get(path);
    if (row === undefined) throw new RangeError(`not announced: ${path}`);
    this.digests.set(digest, row * digestBytes);
    if (this.sizes[row] === absent) this.size++;
    this.sizes[row] = size;
  }

  size = 0;

  get(path: string): Row | undefined {
    const row = this.rows.get(path);
    return row === undefined ? undefined : this.at(row);
  }

  has(path: string): boolean {
    return this.get(path) !== undefined;
  }

  *keys(): MapIterator<string> {
    for (const [row, path] of this.paths.entries()) if (this.sizes[row] !== absent) yield path;
  }

  *entries(): MapIterator<[string, Row]> {
    for (const [row, path] of this.paths.entries()) {
      const file = this.at(row);
      if (file !== undefined) yield [path, file];
    }
  }

  *values(): MapIterator<Row> {
    for (const [, file] of this.entries()) yield file;
  }

  [Symbol.iterator](): MapIterator<[string, Row]> {
    return this.entries();
  }

  forEach(take: (file: Row, path: string, all: Manifest) => void): void {
    for (const [path, file] of this.entries()) take(file, path, this);
  }

  private at(row: number): Row | undefined {
    const size = this.sizes[row];
    if (size === undefined || size === absent) return undefined;
    const from = row * digestBytes;
    return { sha256: this.digests.toString('hex', from, from + digestBytes), size };
  }
}

const absent = -1;
