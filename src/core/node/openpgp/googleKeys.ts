// Google's signing key as it was refreshed on this machine: `keys/google.asc`, used beside the one that the program
// carries. Only a key whose primary fingerprint is pinned gets in, so a refresh can add subkeys and nothing else.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../../failureError';
import { writeAtomically } from '../jsonFile';
import type { Workers } from '../worker/workers';

/** Empty where nothing was refreshed yet. */
export async function readRefreshedKeyring(stateFolder: string): Promise<string> {
  try {
    return await readFile(fileOf(stateFolder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * Keeps the pinned keys of a newer bundle and drops the others.
 * @param armored what was fetched, one or several armour blocks.
 * @param pinned upper-case hex fingerprints of primary keys.
 * @returns the fingerprints that were kept.
 * @throws FailureError keys.notAKey where the bundle holds no pinned key.
 */
export async function refreshKeyring(
  stateFolder: string,
  armored: string,
  pinned: readonly string[],
  workers: Workers,
): Promise<readonly string[]> {
  const found = await workers.run('pgp.inspect', { armored });
  const keys = found.kind === 'keys' ? found.keys : [];
  const kept = keys.filter(
    (key) =>
      pinned.includes(key.fingerprint) && key.weakness === null && (key.valid || key.revoked),
  );
  if (kept.length === 0) {
    throw new FailureError('keys.notAKey', { details: [{ id: 'why', value: 'notPinned' }] });
  }
  await writeAtomically(fileOf(stateFolder), kept.map((key) => key.armored).join('\n'));
  return kept.map((key) => key.fingerprint);
}

function fileOf(stateFolder: string): string {
  return join(stateFolder, 'keys', 'google.asc');
}
