// The upgrade that an earlier process left unfinished under an install root.
import type { Journal } from '../journal/journal';
import type { JournalRun } from '../journal/replay';

export interface InterruptedUpgrade {
  readonly run: string;
  /** Null where it was cut off before it wrote what it was about to install: then it can become any version's run. */
  readonly version: string | null;
}

/** The newest one; null where there is none. */
export function interruptedUpgrade(
  journal: Pick<Journal, 'openRuns'>,
  installRoot: string,
): InterruptedUpgrade | null {
  for (const run of [...journal.openRuns()].reverse()) {
    if (run.purpose !== 'upgrade') continue;
    const target = targetOf(run);
    if (target === null) return { run: run.run, version: null };
    if (target.installRoot === installRoot) return { run: run.run, version: target.version };
  }
  return null;
}

function targetOf(
  run: JournalRun,
): { readonly installRoot: string; readonly version: string } | null {
  for (const { action } of run.actions) {
    if (action.kind === 'unpack' || action.kind === 'switchCurrent') {
      return { installRoot: action.installRoot, version: action.version };
    }
  }
  return null;
}
