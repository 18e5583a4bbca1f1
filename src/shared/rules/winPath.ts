// Windows paths as text, on any system: one normal form, and comparison by segments. Nothing is looked up on a disk;
// links and short names are the caller's to resolve.

/** A drive (`C:`) or a share (`\\server\share`), and the names below it. */
export interface WinPath {
  readonly root: string;
  readonly segments: readonly string[];
}

export type PathRefusal =
  | 'empty'
  | 'notAbsolute'
  | 'parentSegment'
  | 'device'
  | 'driveWildcard'
  | 'badCharacter'
  | 'tooLong';

export type ParsedPath =
  | { readonly kind: 'path'; readonly path: WinPath }
  | { readonly kind: 'refused'; readonly why: PathRefusal };

/** Longest exclusion that Gangway writes, in UTF-16 units. Microsoft documents no limit. */
export const maxValueLength = 2048;

/**
 * Reads a path in any of its spellings: `/` for `\`, doubled and trailing separators, `\\?\`, trailing dots and blanks of
 * a name (Windows drops them). Wildcards may stand in names. `.` and `..` are refused rather than resolved.
 */
export function parseWinPath(text: string): ParsedPath {
  if (text.trim() === '') return refused('empty');
  if (text.length > maxValueLength) return refused('tooLong');
  let rest = text.trim().replaceAll('/', '\\');
  const extended = /^\\\\[?.]\\(.*)$/s.exec(rest);
  if (extended !== null) {
    const inner = extended[1] ?? '';
    const share = /^UNC\\+(.*)$/is.exec(inner);
    if (share !== null) rest = `\\\\${share[1] ?? ''}`;
    else if (/^[a-z]:(\\|$)/i.test(inner)) rest = inner;
    else return refused('device');
  }
  if (/^\\\?\?\\/.test(rest)) return refused('device');
  if (/^[*?]+:/.test(rest)) return refused('driveWildcard');
  const drive = /^([a-z]):(?:\\(.*))?$/is.exec(rest);
  if (drive !== null) return below(`${(drive[1] ?? '').toUpperCase()}:`, drive[2] ?? '');
  const share = /^\\\\+([^\\]+)\\+([^\\]+)(?:\\(.*))?$/s.exec(rest);
  if (share !== null) {
    const server = share[1] ?? '';
    const name = share[2] ?? '';
    if (badName(server) || badName(name) || /[*?]/.test(server + name)) {
      return refused('badCharacter');
    }
    return below(`\\\\${server}\\${name}`, share[3] ?? '');
  }
  return refused('notAbsolute');
}

function below(root: string, rest: string): ParsedPath {
  const segments: string[] = [];
  for (const raw of rest.split('\\')) {
    if (raw.trim() === '') continue;
    if (/^[. ]+$/.test(raw)) return refused('parentSegment');
    const name = raw.replace(/[. ]+$/, '');
    if (badName(name)) return refused('badCharacter');
    segments.push(name);
  }
  return { kind: 'path', path: { root, segments } };
}

/** Control characters, and what no file name on Windows holds. A colon would name a stream. */
function badName(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  return name === '' || /[\u0000-\u001f<>:"|]/.test(name);
}

function refused(why: PathRefusal): ParsedPath {
  return { kind: 'refused', why };
}

/** `C:\` for a drive, else without a trailing separator. */
export function formatWinPath({ root, segments }: WinPath): string {
  return segments.length === 0 ? `${root}\\` : [root, ...segments].join('\\');
}

/** The path in its normal form, or null where it has none. */
export function normalWinPath(text: string): string | null {
  const parsed = parseWinPath(text);
  return parsed.kind === 'path' ? formatWinPath(parsed.path) : null;
}

/** Case as NTFS folds it: one character to one character, so `ß` stays. */
export function foldCase(text: string): string {
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toUpperCase();
  let folded = '';
  for (const unit of text) {
    const upper = unit.toUpperCase();
    folded += upper.length === unit.length ? upper : unit;
  }
  return folded;
}

export function sameText(a: string, b: string): boolean {
  return foldCase(a) === foldCase(b);
}

/** Two spellings of one path. False where either is no path. */
export function samePath(a: string, b: string): boolean {
  const left = normalWinPath(a);
  const right = normalWinPath(b);
  return left !== null && right !== null && sameText(left, right);
}

/** The path itself or anything below it, by whole names: `C:\gopher` is not in `C:\go`. */
export function isWithin(path: string, folder: string): boolean {
  const inner = parseWinPath(path);
  const outer = parseWinPath(folder);
  if (inner.kind === 'refused' || outer.kind === 'refused') return false;
  return (
    sameText(inner.path.root, outer.path.root) &&
    inner.path.segments.length >= outer.path.segments.length &&
    outer.path.segments.every((name, at) => sameText(name, inner.path.segments[at] ?? ''))
  );
}

/** The last name of a path; the path itself where it has none. */
export function lastName(path: string): string {
  const parsed = parseWinPath(path);
  if (parsed.kind === 'refused') return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
  return parsed.path.segments.at(-1) ?? formatWinPath(parsed.path);
}

export function parentPath(path: string): string | null {
  const parsed = parseWinPath(path);
  if (parsed.kind === 'refused' || parsed.path.segments.length === 0) return null;
  return formatWinPath({ root: parsed.path.root, segments: parsed.path.segments.slice(0, -1) });
}

/** `PROGRA~1`: what it stands for cannot be told from the text. */
export function looksShort(name: string): boolean {
  return /^[^.\s]{1,6}~\d{1,6}(\.[^.]{0,3})?$/.test(name);
}

/** Whether a name fits a pattern with `*` (any run of characters) and `?` (one). */
export function nameMatches(pattern: string, name: string): boolean {
  if (!/[*?]/.test(pattern)) return sameText(pattern, name);
  return intersects(foldCase(pattern), foldCase(name), true);
}

/** Whether some name fits both patterns. */
export function patternsMeet(a: string, b: string): boolean {
  if (!/[*?]/.test(a) && !/[*?]/.test(b)) return sameText(a, b);
  return intersects(foldCase(a), foldCase(b), false);
}

/** Patterns as states: can both be walked to their ends by one text? With `literal`, `b`'s wildcards are characters. */
function intersects(a: string, b: string, literal: boolean): boolean {
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const queue: number[] = [0];
  seen[0] = 1;
  const visit = (i: number, j: number): void => {
    const at = i * width + j;
    if (seen[at] === 1) return;
    seen[at] = 1;
    queue.push(at);
  };
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const i = Math.floor(at / width);
    const j = at % width;
    if (i === a.length && j === b.length) return true;
    const x = a[i];
    const y = b[j];
    const yStar = !literal && y === '*';
    if (x === '*') {
      visit(i + 1, j);
      if (y !== undefined && !yStar) visit(i, j + 1);
    }
    if (yStar) {
      visit(i, j + 1);
      if (x !== undefined && x !== '*') visit(i + 1, j);
    }
    if (x === undefined || y === undefined || x === '*' || yStar) continue;
    if (x === y || x === '?' || (!literal && y === '?')) visit(i + 1, j + 1);
  }
  return false;
}
