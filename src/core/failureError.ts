// The one error class of the core: it carries a `Failure`, so that nothing between the cause and the person loses it.
import { failureClass } from '../shared/model/failureClass';
import type { Detail, Failure, FailureCode, NextStep } from '../shared/model/failure';
import type { MessageParams } from '../shared/model/message';

export interface FailureParts {
  readonly params?: MessageParams;
  readonly next?: readonly NextStep[];
  readonly details?: readonly Detail[];
  readonly cause?: unknown;
  readonly at?: Date;
}

export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;

  constructor(code: FailureCode, parts: FailureParts = {}) {
    super(code, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.failure = {
      kind: 'failure',
      code,
      params: { ...parts.params },
      next: [...(parts.next ?? [])],
      details: [...(parts.details ?? [])],
      ...(parts.cause === undefined ? {} : { cause: causeText(parts.cause) }),
      at: (parts.at ?? new Date()).toISOString(),
    };
  }

  /** A failure that was kept as data, to be thrown. */
  static of(failure: Failure): FailureError {
    const error = new FailureError(failure.code);
    Object.assign(error.failure, failure);
    return error;
  }
}

/** Any thrown thing as a failure: an unknown one becomes `internal`, with its text kept. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new FailureError('cancelled', { cause: thrown }).failure;
  }
  return new FailureError('internal', { cause: thrown, next: ['retry', 'report'] }).failure;
}

export function classOf(failure: Failure): (typeof failureClass)[FailureCode] {
  return failureClass[failure.code];
}

function causeText(cause: unknown): string {
  const text =
    cause instanceof FailureError
      ? `${cause.failure.code}${cause.failure.cause === undefined ? '' : `: ${cause.failure.cause}`}`
      : cause instanceof Error
        ? `${cause.name}: ${cause.message}`
        : String(cause);
  return text.slice(0, 8000);
}
