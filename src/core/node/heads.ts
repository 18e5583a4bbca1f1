// The last tree head seen of each checksum database, in `heads.json` of the state folder. Heads only grow: a smaller one
// never replaces a larger, whichever process writes it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '../../shared/zod';
import { withFileLock } from '../fileLock';
import type { HeadStore } from '../ports';
import { diskFailure } from './diskFailure';
import { jsonFile } from './jsonFile';

const headsSchema = z.record(
  z.string().max(256),
  z.object({ size: z.number().int().nonnegative(), note: z.string().max(16_384) }),
);

/** Its methods throw FailureError `disk.*` where the file cannot be read or written, `state.locked`. */
export function headsFile(stateFolder: string): HeadStore {
  const path = join(stateFolder, 'heads.json');
  const file = jsonFile(path, headsSchema);
  const kept = async (log: string) => {
    const heads = (await file.read()) ?? {};
    return { heads, head: Object.hasOwn(heads, log) ? heads[log] : undefined };
  };
  const grow = async (log: string, note: string, size: number): Promise<void> => {
    const { heads, head } = await kept(log);
    if (head !== undefined && head.size >= size) return;
    await file.write({ ...heads, [log]: { size, note } });
  };
  return {
    async last(log) {
      try {
        return (await kept(log)).head?.note ?? null;
      } catch (error) {
        throw diskFailure(error, path);
      }
    },
    async remember(log, note, size) {
      try {
        await mkdir(stateFolder, { recursive: true });
        await withFileLock(`${path}.lock`, () => grow(log, note, size));
      } catch (error) {
        throw diskFailure(error, path);
      }
    },
  };
}
