// An error of the operating system at a path, as a failure that a person can act on. On Windows Node has no name for
// error 225 (the file holds a virus) and calls it UNKNOWN, as it calls 4551 (an application control policy).
import { FailureError } from '../failureError';

/** @param path what the failure names: absolute, or a file's name below the folder in hand. */
export function diskFailure(error: unknown, path: string): FailureError {
  if (error instanceof FailureError) return error;
  const params = { path };
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new FailureError('disk.full', {
        // Bytes, where the caller knows them.
        params: { ...params, needed: '?', free: '?' },
        cause: error,
        next: ['freeSpace', 'retry'],
      });
    case 'EBUSY':
    case 'ETXTBSY':
    case 'EMFILE':
    case 'ENFILE':
      return new FailureError('disk.locked', {
        params,
        cause: error,
        next: ['closePrograms', 'retry'],
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new FailureError('disk.denied', { params, cause: error, next: ['retry'] });
    case 'ENOENT':
    case 'ENOTDIR':
      return new FailureError('disk.missing', { params, cause: error, next: ['retry'] });
    case 'UNKNOWN':
      return new FailureError('install.virus', {
        params: { file: path },
        cause: error,
        next: ['seeBlocks', 'openWindowsSecurity', 'retry'],
      });
    case 'EIO':
      return new FailureError('disk.failing', { params, cause: error, next: ['retry'] });
    default:
      return new FailureError('internal', { params, cause: error, next: ['retry', 'report'] });
  }
}

/** "EBUSY" and the like; empty for anything that is no system error. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : '';
}
