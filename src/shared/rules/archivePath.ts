// One rule for every archive, zip and tar alike: which entries of a Go release may be unpacked, decided before anything
// is written. It judges names, kinds and sizes; it does not look at content or at the disk.

/** Why an entry is refused; `archive.unsafePath` and its kin carry it as a value. */
export type PathRefusal =
  | 'empty'
  | 'outside'
  | 'absolute'
  | 'drive'
  | 'parent'
  | 'backslash'
  | 'stream'
  | 'character'
  | 'reserved'
  | 'trailing'
  | 'shortName'
  | 'tooLong'
  | 'link'
  | 'special'
  | 'duplicate'
  | 'collision'
  | 'tooMany'
  | 'tooLarge'
  | 'ratio';

export type EntryKind = 'file' | 'folder' | 'link' | 'special';

export interface ArchiveEntry {
  /** As the archive spells it, decoded; folders may end in `/`. */
  readonly path: string;
  readonly kind: EntryKind;
  /** Bytes after unpacking. */
  readonly size: number;
  /** Bytes in the archive; null where entries are not compressed one by one. */
  readonly compressed: number | null;
}

/** Upper limits. A real release has 15,636 files and 247 MB, its largest file 29 MB. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes of all files together. */
  readonly totalSize: number;
  /** Bytes of one file. */
  readonly fileSize: number;
  /** Size over compressed size of one file above `ratioFrom` bytes. Go's own test data reaches 231. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

export const goArchiveLimits: ArchiveLimits = {
  entries: 200_000,
  totalSize: 2 * 1024 ** 3,
  fileSize: 256 * 1024 ** 2,
  ratio: 500,
  ratioFrom: 1024 ** 2,
};

export type Admission =
  /** `path` is below `go/`. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'refused'; readonly why: PathRefusal };

/** Everything in a Go archive is below this folder. */
export const archivePrefix = 'go/';

/** Longest name of one file or folder on NTFS, in UTF-16 units. */
const maxSegment = 255;
/** Longest path below `go/`, in UTF-16 units; the longest of go1.27.0 has 105. */
const maxPath = 1024;

/** Names that Windows takes for a device in any folder and with any extension. */
const reserved =
  /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])$/i;
const longestReserved = 'CONOUT$'.length;
/** What NTFS forbids in a name, and what nobody can see: controls, format characters, lone surrogates, separators. */
const forbidden = /[<>"|?*]|\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;
/** Most names: nothing but their end and their first part can be wrong with them. */
const plain = /^[a-z0-9_+-][a-z0-9_.+-]*$/i;
/** `PROGRA~1`: Windows may take it for another file's short name. */
const shortName = /~[0-9]+(?:\.[^.]*)?$/;

/**
 * Judges one path below `go/`, with forward slashes.
 * @returns null where it may be written on any system that Go runs on.
 */
export function refusePath(path: string): PathRefusal | null {
  if (path === '') return 'empty';
  if (path.includes('\\')) return 'backslash';
  if (path.startsWith('/')) return 'absolute';
  if (path.length > maxPath) return 'tooLong';
  for (const segment of path.split('/')) {
    const why = refuseSegment(segment);
    if (why !== null) return why;
  }
  return null;
}

/** Admits the entries of one archive in order, and remembers them, so that no two can land on one file. */
export class ArchiveGuard {
  /** Folded path → how it was spelt and what it is. */
  private readonly seen = new Map<string, { readonly path: string; readonly folder: boolean }>();
  private lastFolder = '';
  private entries = 0;
  private total = 0;

  constructor(private readonly limits: ArchiveLimits = goArchiveLimits) {}

  admit(entry: ArchiveEntry): Admission {
    this.entries += 1;
    if (this.entries > this.limits.entries) return refused('tooMany');
    if (entry.kind === 'link') return refused('link');
    if (entry.kind === 'special') return refused('special');
    const why = this.refuseSize(entry) ?? refusePrefix(entry.path);
    if (why !== null) return refused(why);
    const below = entry.path.slice(archivePrefix.length);
    const path = entry.kind === 'folder' && below.endsWith('/') ? below.slice(0, -1) : below;
    if (entry.kind === 'folder' && path === '') return { kind: 'folder' };
    const unsafe = this.refusePlace(path, entry.kind === 'folder');
    if (unsafe !== null) return refused(unsafe);
    return entry.kind === 'folder' ? { kind: 'folder' } : { kind: 'file', path };
  }

  private refuseSize(entry: ArchiveEntry): PathRefusal | null {
    const { size, compressed } = entry;
    if (!Number.isSafeInteger(size) || size < 0 || size > this.limits.fileSize) return 'tooLarge';
    this.total += size;
    if (this.total > this.limits.totalSize) return 'tooLarge';
    if (compressed !== null && size > this.limits.ratioFrom) {
      if (size / Math.max(1, compressed) > this.limits.ratio) return 'ratio';
    }
    return null;
  }

  private refusePlace(path: string, isFolder: boolean): PathRefusal | null {
    const slash = path.lastIndexOf('/');
    if (slash === 0) return 'absolute';
    const folder = slash < 0 ? '' : path.slice(0, slash);
    if (folder === this.lastFolder && path.length <= maxPath) {
      // The folder was judged with the entry before.
      const why = refuseSegment(slash < 0 ? path : path.slice(slash + 1));
      if (why !== null) return why;
    } else {
      const unsafe = refusePath(path);
      if (unsafe !== null) return unsafe;
      for (let at = folder.indexOf('/'); at >= 0; at = folder.indexOf('/', at + 1)) {
        const why = this.claim(folder.slice(0, at), true);
        if (why !== null) return why;
      }
      const why = folder === '' ? null : this.claim(folder, true);
      if (why !== null) return why;
      this.lastFolder = folder;
    }
    return this.claim(path, isFolder);
  }

  private claim(path: string, folder: boolean): PathRefusal | null {
    const key = foldPath(path);
    const before = this.seen.get(key);
    if (before === undefined) {
      this.seen.set(key, { path, folder });
      return null;
    }
    if (before.path !== path || before.folder !== folder) return 'collision';
    return folder ? null : 'duplicate';
  }
}

/** Two paths with the same result may be one file on a disk that ignores case or normalises names. */
export function foldPath(path: string): string {
  if (ascii.test(path)) return path.toLowerCase();
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

const ascii = /^[\x20-\x7e]*$/;

function refusePrefix(path: string): PathRefusal | null {
  if (path === '') return 'empty';
  if (path.includes('\\')) return 'backslash';
  if (path.startsWith('/')) return 'absolute';
  if (/^[a-z]:/i.test(path)) return 'drive';
  return path.startsWith(archivePrefix) ? null : 'outside';
}

function refuseSegment(segment: string): PathRefusal | null {
  if (segment === '') return 'empty';
  if (segment === '.' || segment === '..') return 'parent';
  if (plain.test(segment)) return segment.length > maxSegment ? 'tooLong' : refuseEnds(segment);
  if (/^[a-z]:/i.test(segment)) return 'drive';
  if (segment.includes(':')) return 'stream';
  if (forbidden.test(segment)) return 'character';
  if (segment.length > maxSegment) return 'tooLong';
  return refuseEnds(segment) ?? (shortName.test(segment) ? 'shortName' : null);
}

function refuseEnds(segment: string): PathRefusal | null {
  if (segment.endsWith('.') || segment.endsWith(' ')) return 'trailing';
  const dot = segment.indexOf('.');
  const stem = (dot < 0 ? segment : segment.slice(0, dot)).trim();
  return stem.length <= longestReserved && reserved.test(stem) ? 'reserved' : null;
}

function refused(why: PathRefusal): Admission {
  return { kind: 'refused', why };
}
