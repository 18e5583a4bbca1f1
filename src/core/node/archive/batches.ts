// Cuts work into batches of about the same effort, and runs them on a few threads at a time. A batch is short, so that
// progress, cancelling and crash checkpoints come between batches and the threads end together.
import { FailureError } from '../../failureError';
import { pick, wholeUpTo, type ZipIndex } from './zipColumns';

/** Two threads keep two cores busy; more would cost memory and gain little, since the disk is shared. */
export const threads = 2;

/** Unpacked bytes that cost about as much as making one file. */
const fileCost = 16 * 1024;
const batchCost = 2 * 1024 ** 2;

/** Batches of a zip: each file above `wholeUpTo` is one, and those come first, so that the last ones are short. */
export function zipBatches(index: ZipIndex): readonly ZipIndex[] {
  const sizeOf = (row: number): number => index.sizes[row] ?? 0;
  const large: number[] = [];
  const small: number[] = [];
  for (let row = 0; row < index.paths.length; row++) {
    (sizeOf(row) > wholeUpTo ? large : small).push(row);
  }
  large.sort((a, b) => sizeOf(b) - sizeOf(a));
  return [
    ...large.map((row) => [row]),
    ...cut(small, (row) => sizeOf(row) + fileCost, batchCost),
  ].map((rows) => pick(index, rows));
}

export function cut<T>(
  items: readonly T[],
  cost: (item: T) => number,
  limit: number,
): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let sum = 0;
  for (const item of items) {
    batch.push(item);
    sum += cost(item);
    if (sum >= limit) {
      batches.push(batch);
      batch = [];
      sum = 0;
    }
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/**
 * Runs `work` on each batch, `threads` at a time, and returns when none runs any more: after a failure or an abort no
 * new batch begins, and those under way are waited for, so that the caller can clear up.
 * @throws what the first failed batch threw; FailureError `cancelled`
 */
export async function runBatches<T>(
  batches: readonly T[],
  work: (batch: T, index: number) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let next = 0;
  const failed: unknown[] = [];
  const line = async (): Promise<void> => {
    while (failed.length === 0) {
      if (signal?.aborted === true) {
        failed.push(new FailureError('cancelled'));
        return;
      }
      const index = next++;
      const batch = batches[index];
      if (batch === undefined) return;
      try {
        await work(batch, index);
      } catch (error) {
        failed.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: threads }, line));
  if (failed.length > 0) throw failed[0];
}
