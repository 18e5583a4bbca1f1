// Removes versions that Gangway itself replaced, once they were kept long enough. A version that no record of the
// journal says was replaced stays, whoever put it there; so does whatever `current` leads to.
import type { Journal } from '../journal/journal';
import type { Clock, Installer } from '../ports';
import { message } from '../../shared/model/message';
import { withoutGo } from '../../shared/rules/goVersion';

export interface CleanPorts {
  readonly installer: Installer;
  readonly journal: Journal;
  readonly clock: Clock;
}

const day = 86_400_000;

/** ISO 8601, UTC: until when a replaced version is kept; null where nothing says that it was replaced. */
export function keptUntil(
  journal: Pick<Journal, 'runs'>,
  installRoot: string,
  version: string,
  keepDays: number,
): string | null {
  let replacedAt: string | null = null;
  for (const run of journal.runs()) {
    for (const { action, done, undone } of run.actions) {
      if (action.kind !== 'switchCurrent' || action.installRoot !== installRoot) continue;
      if (done?.result !== 'applied') continue;
      // Switching back to it makes it wanted again, and its days begin anew when it is replaced once more.
      if (action.version === version) replacedAt = null;
      if (action.before === version) replacedAt = undone === null ? done.at : null;
    }
  }
  return replacedAt === null
    ? null
    : new Date(Date.parse(replacedAt) + keepDays * day).toISOString();
}

/** @returns the versions that were removed */
export async function cleanOld(
  ports: CleanPorts,
  request: { readonly installRoot: string; readonly keepDays: number },
): Promise<readonly string[]> {
  const { installer, journal, clock } = ports;
  const { installRoot, keepDays } = request;
  const now = clock.now().toISOString();
  const due = (await installer.versions(installRoot)).filter((kept) => {
    if (kept.current || kept.installedAt === null) return false;
    const until = keptUntil(journal, installRoot, kept.version, keepDays);
    return until !== null && until <= now;
  });
  if (due.length === 0) return [];
  const run = await journal.startRun('cleanOld', 0);
  for (const kept of due) {
    await installer.remove(installRoot, kept.version);
    await journal.note(run, {
      kind: 'removedOld',
      title: message('upgrade.removedOld.title', { version: withoutGo(kept.version) }),
      detail: message('upgrade.removedOld.detail', { count: keepDays }),
    });
  }
  await journal.close(run);
  return due.map((kept) => kept.version);
}
