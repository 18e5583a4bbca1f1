import { describe, expect, it } from 'vitest';
import { asFailure, FailureError } from '../../failureError';
import { hasty, systemError } from '../../../../test/support/disk';
import { heldFailure, patiently } from './patient';

describe('patience', () => {
  it.each(['EACCES', 'EPERM', 'EBUSY', 'ENOTEMPTY'])('waits out %s on Windows', async (code) => {
    const { patience, waits } = hasty('win32');
    let left = 6;
    const answer = await patiently(
      () => (left-- > 0 ? Promise.reject(systemError(code)) : Promise.resolve('done')),
      patience,
    );
    expect(answer).toBe('done');
    expect(waits).toEqual([1, 2, 3, 5, 8, 12]);
  });

  it('gives up in time, with the last error, and waits ever longer until then', async () => {
    const { patience, waits } = hasty('win32', 30_000);
    await expect(patiently(() => Promise.reject(systemError('EBUSY')), patience)).rejects.toThrow(
      'EBUSY',
    );
    const total = waits.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeLessThanOrEqual(30_000);
    expect(total).toBeGreaterThan(28_000);
    expect(Math.max(...waits)).toBe(1000);
  });

  it.each(['UNKNOWN', 'ENOENT', 'ENOSPC', 'EINVAL'])('never waits for %s', async (code) => {
    const { patience, waits } = hasty('win32');
    await expect(patiently(() => Promise.reject(systemError(code)), patience)).rejects.toThrow(
      code,
    );
    expect(waits).toEqual([]);
  });

  it('takes "denied" for an answer elsewhere', async () => {
    const { patience, waits } = hasty('linux');
    await expect(
      patiently(() => Promise.reject(systemError('EACCES')), patience),
    ).rejects.toThrow();
    expect(waits).toEqual([]);
    expect(heldFailure(systemError('EACCES'), '/a', patience).failure.code).toBe('disk.denied');
    expect(heldFailure(systemError('EACCES'), '/a', hasty('win32').patience).failure.code).toBe(
      'disk.locked',
    );
  });

  it('ends when told to', async () => {
    const { patience } = hasty('win32');
    const work = patiently(
      () => Promise.reject(systemError('EBUSY')),
      patience,
      AbortSignal.abort(),
    );
    const error = await work.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(FailureError);
    expect(asFailure(error).code).toBe('cancelled');
  });
});
