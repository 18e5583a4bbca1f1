// The body of an answer, whoever reads the connection: it comes in pieces, and ends, breaks off or stalls.
import { FailureError } from '../../failureError';
import { BrokenTransfer } from './failures';

/**
 * Takes the next piece. Its memory is used again as soon as this returns: keep nothing of it without a copy. Where a
 * promise is returned, nothing more is read until that is kept.
 */
export type OnChunk = (chunk: Buffer) => void | Promise<void>;

/** A connection that brings a body. `start` begins to bring it; nothing comes before. */
export interface BodySource {
  start(events: BodyEvents): void;
  pause(): void;
  resume(): void;
  /** Ends the connection. */
  destroy(): void;
}

export interface BodyEvents {
  data(chunk: Buffer): void;
  /** The whole body was there. */
  end(): void;
  /** It ended before. */
  cut(cause?: unknown): void;
}

/**
 * Reads a body to its end and ends the connection where that fails.
 * @param stallMs milliseconds without a byte after which the body counts as stalled
 * @throws BrokenTransfer, FailureError `cancelled`, and what `onChunk` throws
 */
export function readBody(
  source: BodySource,
  onChunk: OnChunk,
  stallMs: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let over = false;
    let waiting: Promise<void> | null = null;
    const finish = (error: Error | null): void => {
      if (over) return;
      over = true;
      clearTimeout(stall);
      signal?.removeEventListener('abort', onAbort);
      if (error !== null) source.destroy();
      // The caller may still be busy with a piece: whatever ended the body waits until that is settled.
      (waiting ?? Promise.resolve()).then(() => {
        if (error === null) resolve();
        else reject(error);
      }, reject);
    };
    const stall = setTimeout(() => {
      finish(new BrokenTransfer('stalled'));
    }, stallMs);
    const onAbort = (): void => {
      finish(new FailureError('cancelled'));
    };
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    source.start({
      data(chunk) {
        if (over) return;
        stall.refresh();
        try {
          const kept = onChunk(chunk);
          if (kept === undefined) return;
          waiting = kept;
          source.pause();
          kept.then(() => {
            waiting = null;
            if (over) return;
            stall.refresh();
            source.resume();
          }, finish);
        } catch (error) {
          finish(error as Error);
        }
      },
      end() {
        finish(null);
      },
      cut(cause) {
        finish(
          signal?.aborted === true
            ? new FailureError('cancelled')
            : new BrokenTransfer('cut', cause),
        );
      },
    });
  });
}
