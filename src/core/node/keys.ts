// An organisation's OpenPGP keys: files `keys/org/<fingerprint>.asc` below the state folder. A key is here because an
// administrator put it here; that it may vouch for a file is decided elsewhere.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../failureError';
import type { OrganisationKey } from '../ports';
import { writeAtomically } from './jsonFile';
import type { KeyFacts } from './openpgp/inspect';
import type { Workers } from './worker/workers';

/** Bytes of a key file that are read at most. */
const largestFile = 1024 * 1024;

export interface OrganisationKeys {
  /**
   * What a file holds, to show before asking. Nothing is kept.
   * @throws FailureError keys.notAKey (also for a secret key, or several keys), keys.weak.
   */
  inspect(armored: string): Promise<KeyFacts>;
  /** Keeps the key. @throws as `inspect`; adding a key again replaces its file. */
  add(armored: string): Promise<OrganisationKey>;
  /** By fingerprint. A file that is no longer a usable key is left out. */
  list(): Promise<OrganisationKey[]>;
  /** @throws FailureError keys.noSuchKey. Spaces and case of the fingerprint do not matter. */
  remove(fingerprint: string): Promise<void>;
}

export function organisationKeys(stateFolder: string, workers: Workers): OrganisationKeys {
  const folder = join(stateFolder, 'keys', 'org');

  const inspect = async (armored: string): Promise<KeyFacts> => {
    if (armored.length > largestFile) throw notAKey('tooLarge');
    const found = await workers.run('pgp.inspect', { armored });
    switch (found.kind) {
      case 'secret':
        throw notAKey('secret');
      case 'notAKey':
        throw notAKey('notAKey');
      case 'keys':
        return onlyUsable(found.keys);
    }
  };

  return {
    inspect,
    async add(armored) {
      const facts = await inspect(armored);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeAtomically(join(folder, `${facts.fingerprint}.asc`), facts.armored);
      return asKey(facts);
    },
    async list() {
      const keys: OrganisationKey[] = [];
      for (const name of await fileNames(folder)) {
        const fingerprint = /^([0-9A-F]{40,64})\.asc$/.exec(name)?.[1];
        if (fingerprint === undefined) continue;
        const facts = await readUsable(join(folder, name), inspect);
        // The name of the file is what a person agreed to: another key inside it is not that key.
        if (facts?.fingerprint === fingerprint) keys.push(asKey(facts));
      }
      return keys;
    },
    async remove(fingerprint) {
      const wanted = fingerprint.replace(/\s+/g, '').replace(/^0x/i, '').toUpperCase();
      if (!(await fileNames(folder)).includes(`${wanted}.asc`)) {
        throw new FailureError('keys.noSuchKey', { params: { fingerprint: wanted.slice(0, 64) } });
      }
      await rm(join(folder, `${wanted}.asc`));
    },
  };
}

function onlyUsable(keys: readonly KeyFacts[]): KeyFacts {
  const [key, ...others] = keys;
  // One file, one key, one question to the person who adds it.
  if (key === undefined || others.length > 0) throw notAKey('several');
  if (!key.valid && !key.revoked) throw notAKey('invalid');
  const weakness = key.revoked ? 'revoked' : key.weakness;
  if (weakness !== null) {
    throw new FailureError('keys.weak', {
      params: { name: key.name, why: weakness },
      details: [{ id: 'fingerprint', value: key.fingerprint }],
    });
  }
  return key;
}

async function readUsable(
  path: string,
  inspect: (armored: string) => Promise<KeyFacts>,
): Promise<KeyFacts | null> {
  try {
    return await inspect(await readFile(path, 'utf8'));
  } catch (error) {
    // Damaged, or revoked or weak by today's rules: such a key vouches for nothing.
    if (error instanceof FailureError && error.failure.code.startsWith('keys.')) return null;
    throw error;
  }
}

async function fileNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function asKey({ fingerprint, name, armored }: KeyFacts): OrganisationKey {
  return { fingerprint, name, armored };
}

function notAKey(why: 'notAKey' | 'secret' | 'several' | 'invalid' | 'tooLarge'): FailureError {
  return new FailureError('keys.notAKey', { details: [{ id: 'why', value: why }] });
}
