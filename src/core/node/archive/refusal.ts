// An archive that is refused, as a failure.
import { FailureError } from '../../failureError';
import type { FailureCode } from '../../../shared/model/failure';
import type { PathRefusal } from '../../../shared/rules/archivePath';

/** `path` is the archive's own text: it is cut, since it can be anything. */
export function archiveRefused(why: PathRefusal, path: string): FailureError {
  return new FailureError(codeOf(why), {
    params: { path: shown(path), why },
    details: [{ id: 'entry', value: shown(path) }],
    next: ['deleteAndDownloadAgain', 'report'],
  });
}

/** For an archive whose parts contradict each other or cannot be read. */
export function archiveBroken(what: string, path: string, cause?: unknown): FailureError {
  return new FailureError('archive.broken', {
    params: { path: shown(path) },
    cause: cause ?? new Error(what),
    details: [
      { id: 'entry', value: shown(path) },
      { id: 'reason', value: what },
    ],
    next: ['deleteAndDownloadAgain', 'report'],
  });
}

function codeOf(why: PathRefusal): FailureCode {
  switch (why) {
    case 'tooMany':
      return 'archive.tooMany';
    case 'tooLarge':
    case 'ratio':
      return 'archive.tooLarge';
    case 'empty':
    case 'outside':
    case 'absolute':
    case 'drive':
    case 'parent':
    case 'backslash':
    case 'stream':
    case 'character':
    case 'reserved':
    case 'trailing':
    case 'shortName':
    case 'tooLong':
    case 'link':
    case 'special':
    case 'duplicate':
    case 'collision':
      return 'archive.unsafePath';
  }
}

/** Control characters made visible, so that a name cannot forge a line on a terminal. */
function shown(path: string): string {
  const visible = path.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return visible.length > 300 ? `${visible.slice(0, 300)}…` : visible;
}
