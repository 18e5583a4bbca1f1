// Leads `current` to a version that is installed already: forward, or back to the one from before.
import { FailureError } from '../failureError';
import { wantWhole, type Journal } from '../journal/journal';
import type { Installer } from '../ports';
import { message } from '../../shared/model/message';
import { withoutGo } from '../../shared/rules/goVersion';
import { journaled } from './journaled';

export type SwitchOutcome =
  | { readonly kind: 'switched'; readonly run: string; readonly before: string | null }
  | { readonly kind: 'already' };

/** @throws FailureError `install.noSuchVersion`, `install.linkRefused`, `journal.broken`, `disk.*` */
export async function switchVersion(
  ports: { readonly installer: Installer; readonly journal: Journal },
  request: { readonly installRoot: string; readonly version: string },
): Promise<SwitchOutcome> {
  const { installer, journal } = ports;
  const { installRoot, version } = request;
  await journal.refresh();
  wantWhole(journal);
  await settleOpen(ports);
  const versions = await installer.versions(installRoot);
  if (!versions.some((kept) => kept.version === version && kept.installedAt !== null)) {
    throw new FailureError('install.noSuchVersion', {
      params: {
        version: withoutGo(version),
        installed: versions.map((kept) => withoutGo(kept.version)).join(', '),
      },
    });
  }
  const before = await installer.current(installRoot);
  if (before === version) return { kind: 'already' };
  const run = await journal.startRun('switch', 1);
  const { applied } = await journaled(journal, run, {
    action: { kind: 'switchCurrent', installRoot, version, before },
    effect: () => installer.switchTo(installRoot, version),
    readBack: async () => (await installer.current(installRoot)) === version,
  });
  if (applied) {
    await journal.note(run, {
      kind: 'switched',
      title: message('upgrade.switched.title', { version: withoutGo(version) }),
      detail: message(before === null ? 'upgrade.switched.fromNone' : 'upgrade.switched.from', {
        before: before === null ? '' : withoutGo(before),
      }),
    });
  }
  await journal.close(run);
  if (!applied) throw new FailureError('install.linkRefused', { params: { path: installRoot } });
  return { kind: 'switched', run, before };
}

/** A switch that was cut off either happened or did not: the link says which. */
async function settleOpen({
  installer,
  journal,
}: {
  readonly installer: Installer;
  readonly journal: Journal;
}): Promise<void> {
  for (const run of journal.openRuns()) {
    if (run.purpose !== 'switch') continue;
    for (const { id, action, done, undone } of run.actions) {
      if (action.kind !== 'switchCurrent' || done !== null || undone !== null) continue;
      const happened = (await installer.current(action.installRoot)) === action.version;
      await journal.done(id, happened ? 'applied' : 'refused');
    }
    await journal.close(run.run);
  }
}
