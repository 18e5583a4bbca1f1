// `settings.json` of the state folder. A value that is not understood makes the file unreadable as a whole: it is put
// aside, and the defaults hold.
import { join } from 'node:path';
import type { SettingsStore } from '../ports';
import { defaultSettings, settingsSchema } from '../../shared/model';
import { jsonFile } from './jsonFile';

export function openSettings(stateFolder: string): SettingsStore {
  const file = jsonFile(join(stateFolder, 'settings.json'), settingsSchema);
  let turn: Promise<unknown> = Promise.resolve();
  const store: SettingsStore = {
    async read() {
      return (await file.read()) ?? defaultSettings;
    },
    change(part) {
      // One change at a time, or the second would undo the first.
      const next = turn.then(async () => {
        const settings = settingsSchema.parse({ ...(await store.read()), ...part });
        await file.write(settings);
        return settings;
      });
      turn = next.catch(() => undefined);
      return next;
    },
  };
  return store;
}
