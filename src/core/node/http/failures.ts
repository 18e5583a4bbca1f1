// What can go wrong on the wire, told apart: an address that cannot be reached, a certificate that is not trusted, a
// redirect that is not followed, a transfer that broke off.
import { FailureError } from '../../failureError';

/** The connection was there and ended before the body did. */
export class BrokenTransfer extends Error {
  override readonly name = 'BrokenTransfer';
  constructor(
    readonly reason: 'cut' | 'stalled',
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

/** A redirect that is not followed: from https to plain http, to another scheme, or one too many. */
export class RefusedRedirect extends Error {
  override readonly name = 'RefusedRedirect';
  constructor(
    readonly reason: 'downgrade' | 'scheme' | 'malformed' | 'tooMany',
    readonly status: number,
    /** Where it would have led. */
    readonly to: string,
  ) {
    super(`${reason}: ${to}`);
  }
}

/** The body is larger than the caller's limit. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Any error of a request as the failure that people see. Failures pass through as they are. */
export function networkFailure(error: unknown, host: string): FailureError {
  if (error instanceof FailureError) return error;
  if (isAbort(error)) return new FailureError('cancelled', { cause: error });
  const code = codeOf(error);
  if (certificateCodes.test(code)) {
    return new FailureError('network.certificate', {
      params: { host },
      next: ['checkNetwork', 'chooseOtherSource'],
      details: [{ id: 'reason', value: code }],
      cause: error,
    });
  }
  return new FailureError('network.unreachable', {
    params: { host },
    next: ['retry', 'checkNetwork'],
    details: code === '' ? [] : [{ id: 'reason', value: code }],
    cause: error,
  });
}

/** "ECONNREFUSED" and the like; the first of several where Node tried several addresses; else empty. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : '';
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

const certificateCodes = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_)/;
