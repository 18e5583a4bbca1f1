// The last tree head seen of each checksum database, in `heads.json` of the state folder. Heads only grow: a smaller one
// never replaces a larger.
import { join } from 'node:path';
import { z } from '../../shared/zod';
import type { HeadStore } from '../ports';
import { jsonFile } from './jsonFile';

const headsSchema = z.record(
  z.string().max(256),
  z.object({ size: z.number().int().nonnegative(), note: z.string().max(16_384) }),
);

export function headsFile(stateFolder: string): HeadStore {
  const file = jsonFile(join(stateFolder, 'heads.json'), headsSchema);
  // Writes of this process take turns, so that none is lost between the reading and the renaming.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    async last(log) {
      const heads = await file.read();
      return heads !== null && Object.hasOwn(heads, log) ? (heads[log]?.note ?? null) : null;
    },
    remember(log, note, size) {
      const mine = turn.then(async () => {
        const heads = (await file.read()) ?? {};
        const kept = Object.hasOwn(heads, log) ? heads[log] : undefined;
        if (kept !== undefined && kept.size >= size) return;
        await file.write({ ...heads, [log]: { size, note } });
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
