// What the lab's Defender sees of the lab's drive: where links stand, and how old they are.
import { lstatSync, type Stats } from 'node:fs';
import type { DiskFacts } from './matching';
import type { LabView } from './step';

export function diskFacts({ drive, state }: LabView): DiskFacts {
  const started = Date.parse(state.serviceStartedAt);
  const link = (path: string): Stats | null => {
    try {
      const found = lstatSync(drive.host(path));
      return found.isSymbolicLink() ? found : null;
    } catch {
      // Nothing stands there.
      return null;
    }
  };
  return {
    isReparsePoint: (path) => link(path) !== null,
    isNewReparsePoint: (path) => (link(path)?.birthtimeMs ?? 0) > started,
  };
}
