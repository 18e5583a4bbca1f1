// Cuts work into batches of about the same effort, and runs them on a few threads at a time. A batch is short, so that
// progress, cancelling and crash checkpoints come between batches and the threads end together.
import { FailureError } from '../../failureError';
import { columnsOf, rowsOf, wholeUpTo, type ZipIndex, type ZipRow } from './zipColumns';

/** Two threads keep two cores busy; more would cost memory and gain little, since the disk is shared. */
export const threads = 2;

/** Unpacked bytes that cost about as much as making one file. */
const fileCost = 16 * 1024;
const batchCost = 2 * 1024 ** 2;

/** Batches of a zip: each file above `wholeUpTo` is one, and those come first, so that the last ones are short. */
export function zipBatches(index: ZipIndex): readonly ZipIndex[] {
  const large: ZipRow[] = [];
  const small: ZipRow[] = [];
  for (const row of rowsOf(index)) (row.size > wholeUpTo ? large : small).push(row);
  large.sort((a, b) => b.size - a.size);
  const batches: (readonly ZipRow[])[] = large.map((row) => [row]);
  batches.push(...cut(small, (row) => row.size + fileCost, batchCost));
  return batches.map(columnsOf);
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
