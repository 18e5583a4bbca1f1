import { describe, expect, it } from 'vitest';
import { FailureError } from '../failureError';
import { shownFailure } from './shownFailure';
import type { World } from './world';

const world = {
  machine: { display: (path: string) => path.replace('/state/lab/c/', 'C:\\') },
  downloads: { folder: '/state/downloads' },
  downloadsShown: 'C:\\Users\\lin\\downloads',
} as unknown as World;

describe('a failure as the wizard shows it', () => {
  it('has the paths of the machine that it tells of, and keeps figures and the cause', () => {
    const { failure } = new FailureError('disk.full', {
      params: { path: '/state/lab/c/go', needed: 3 },
      details: [{ id: 'file', value: '/state/downloads/ab/cd' }],
      cause: new Error('ENOSPC /state/lab/c/go'),
    });
    const shown = shownFailure(world, failure);
    expect(shown.params).toEqual({ path: 'C:\\go', needed: 3 });
    expect(shown.details).toEqual([{ id: 'file', value: 'C:\\Users\\lin\\downloads\\ab\\cd' }]);
    expect(shown.cause).toBe(failure.cause);
  });

  it('takes no other folder for the downloads', () => {
    const { failure } = new FailureError('disk.denied', { params: { path: '/state/downloads2' } });
    expect(shownFailure(world, failure).params).toEqual({ path: '/state/downloads2' });
  });
});
