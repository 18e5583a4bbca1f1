// Go's version strings, read and ordered exactly as Go's own package go/version does. It does not know which versions
// exist; `chooseRelease.ts` does that with a list.

/** The parts as digits without leading zeros; an absent part is empty, and an absent part sorts before "0". */
export interface GoVersion {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** "", "beta", "rc" or another word of lower-case letters. */
  readonly kind: string;
  readonly pre: string;
}

/** What a person or a script asked for. */
export type WantedVersion =
  | { readonly kind: 'latest' }
  /** "go1.27.0", as lists spell it. */
  | { readonly kind: 'version'; readonly version: string }
  /** "1.27": since Go 1.21 that is a line, not a release. */
  | { readonly kind: 'line'; readonly line: string };

/**
 * Reads "go1.27.0", "go1.27rc1", "go1.20" or "go1". Null for anything that Go itself calls invalid, such as
 * "go1.9.2rc2" (a preview of a patch) or "1.27.0" (no "go").
 */
export function parseGoVersion(text: string): GoVersion | null {
  // "go1.21.0-bigcorp" is a toolchain's name: Go compares what is before the dash.
  const match = pattern.exec(text.split('-', 1)[0] ?? '');
  if (match === null) return null;
  const [, major = '', minor, patch, kind = '', pre = ''] = match;
  if (minor === undefined) return { major, minor: '0', patch: '0', kind: '', pre: '' };
  if (patch !== undefined) return { major, minor, patch, kind: '', pre: '' };
  // Before 1.21 the first release of a line had two parts; since then two parts name the language, older than any rc.
  const isFirstRelease = kind === '' && compareDigits(minor, '21') < 0;
  return { major, minor, patch: isFirstRelease ? '0' : '', kind, pre };
}

const number = '(0|[1-9][0-9]*)';
const pattern = new RegExp(`^go${number}(?:\\.${number}(?:\\.${number}|([a-z]+)${number}?)?)?$`);

/** Negative, 0 or positive as `a` is older, equal or newer. Invalid strings are older than valid ones and equal. */
export function compareGoVersions(a: string, b: string): number {
  const x = parseGoVersion(a);
  const y = parseGoVersion(b);
  if (x === null || y === null) return (x === null ? 0 : 1) - (y === null ? 0 : 1);
  return (
    compareDigits(x.major, y.major) ||
    compareDigits(x.minor, y.minor) ||
    compareDigits(x.patch, y.patch) ||
    compareText(x.kind, y.kind) ||
    compareDigits(x.pre, y.pre)
  );
}

/** "1.27" of "go1.27.0"; null for an invalid version. */
export function lineOf(version: string): string | null {
  const parsed = parseGoVersion(version);
  return parsed === null ? null : `${parsed.major}.${parsed.minor}`;
}

/** True for betas and release candidates, those of patches included (Go calls "go1.9.2rc2" invalid, and shipped it). */
export function isPreview(version: string): boolean {
  return /[0-9](beta|rc)[0-9]*$/.test(version);
}

/** True for what a list may call a release: a valid version that names more than a line. */
export function isRelease(version: string): boolean {
  const parsed = parseGoVersion(version);
  return parsed !== null && (parsed.patch !== '' || parsed.kind !== '');
}

/** "1.27.0" of "go1.27.0": the name of its folder, and how people write it. */
export function withoutGo(version: string): string {
  return version.startsWith('go') ? version.slice(2) : version;
}

/** What was typed: "latest", "1.27.0", "go1.27rc1", "1.27" … Null where it is none of these. */
export function readWantedVersion(text: string): WantedVersion | null {
  const typed = text.trim().toLowerCase();
  if (typed === 'latest') return { kind: 'latest' };
  const version = typed.startsWith('go') ? typed : `go${typed}`;
  const parsed = parseGoVersion(version);
  if (parsed === null || version.includes('-')) return null;
  if (parsed.patch === '' && parsed.kind === '') {
    return { kind: 'line', line: `${parsed.major}.${parsed.minor}` };
  }
  return { kind: 'version', version };
}

/** As numbers of any length: the longer is the larger, and the empty one the smallest. */
function compareDigits(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
