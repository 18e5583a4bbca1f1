// The Signatures port over worker threads.
import type { Signatures } from '../../ports';
import type { Workers } from '../worker/workers';

export function workerSignatures(workers: Workers): Signatures {
  return {
    check: (request, signal) => workers.run('pgp.check', request, undefined, signal),
  };
}
