// Google's signing key as it was fetched on this computer, used beside the one that the program carries. Only a key
// whose primary fingerprint is pinned gets in, so a refresh can add subkeys and revocations and nothing else. What the
// lab's mirror publishes is kept apart.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProofSources, SigningKeys } from '../../ports';
import type { Source } from '../../../shared/model';
import { diskFailure } from '../diskFailure';
import { writeAtomically } from '../jsonFile';
import type { Workers } from '../worker/workers';

export interface GoogleKeysParts {
  readonly stateFolder: string;
  readonly workers: Workers;
  readonly sources: Pick<ProofSources, 'signingKeys'>;
}

export function googleKeys({ stateFolder, workers, sources }: GoogleKeysParts): SigningKeys {
  const kept = (source: Source): Promise<string> => readKept(keptFile(stateFolder, source));
  return {
    kept,
    async refresh(source, pinned, signal) {
      const answer = await sources.signingKeys(source, signal);
      const { from } = answer;
      if (answer.kind === 'notPublished') return { kind: 'unavailable', from, cause: 'not there' };
      if (answer.kind !== 'found') return { kind: 'unavailable', from, cause: answer.cause };
      // Merged with what was known: an old copy of the key must not make a revocation forgotten.
      const found = await workers.run(
        'pgp.inspect',
        { armored: answer.text, known: await kept(source) },
        undefined,
        signal,
      );
      if (found.kind !== 'keys') return { kind: 'unavailable', from, cause: 'no public key' };
      const ours = found.keys.filter((key) => pinned.includes(key.fingerprint));
      if (ours.length === 0) {
        return { kind: 'notPinned', from, fingerprints: found.keys.map((key) => key.fingerprint) };
      }
      const usable = ours.filter((key) => key.weakness === null && (key.valid || key.revoked));
      if (usable.length === 0) {
        return { kind: 'unavailable', from, cause: 'the key does not vouch for itself' };
      }
      const keyring = usable.map((key) => key.armored).join('\n');
      const path = keptFile(stateFolder, source);
      try {
        await writeAtomically(path, keyring);
      } catch (error) {
        throw diskFailure(error, path);
      }
      return { kind: 'refreshed', keyring, from };
    },
  };
}

async function readKept(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw diskFailure(error, path);
  }
}

function keptFile(stateFolder: string, source: Source): string {
  return source.kind === 'embedded'
    ? join(stateFolder, 'lab', 'keys', 'mirror.asc')
    : join(stateFolder, 'keys', 'google.asc');
}
