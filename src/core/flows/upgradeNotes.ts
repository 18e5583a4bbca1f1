// What the journal says of an upgrade for people to read later, and what follows a finished one.
import { cleanOld } from './cleanOld';
import type { Installed } from './installRelease';
import type { World } from './world';
import type { VerifyResult } from '../verify/verify';
import type { VerifiedRelease } from '../verify/verifiedRelease';
import { message } from '../../shared/model/message';
import { withoutGo } from '../../shared/rules/goVersion';

type NotePorts = Pick<World, 'journal' | 'machine' | 'installer' | 'clock' | 'settings'>;

/** A file that was refused is worth finding later: when, and by which proof. */
export async function noteRefusal(
  ports: Pick<NotePorts, 'journal'>,
  file: string,
  result: Exclude<VerifyResult, { kind: 'verified' }>,
): Promise<void> {
  if (result.kind !== 'refused') return;
  const failed = result.proofs.find(({ state }) => state === 'failed');
  const run = await ports.journal.startRun('verify', 0);
  await ports.journal.note(run, {
    kind: 'refused',
    title: message('upgrade.refused.title', { file }),
    detail: message('upgrade.refused.detail', { proof: failed?.id ?? '' }),
  });
  await ports.journal.close(run);
}

/** Notes the upgrade, closes its run, and removes what was kept long enough. @returns the versions that were removed */
export async function finishUpgrade(
  ports: NotePorts,
  done: {
    readonly run: string;
    readonly installRoot: string;
    readonly release: VerifiedRelease;
    readonly installed: Installed;
  },
): Promise<readonly string[]> {
  const { journal, machine } = ports;
  const { run, installRoot, release, installed } = done;
  const passed = release.proofs.filter(({ state }) => state === 'passed').length;
  await journal.note(run, {
    kind: 'verified',
    title: message('upgrade.verified.title', { file: release.filename }),
    detail: message('upgrade.verified.detail', { count: passed }),
  });
  const params = {
    count: installed.tree.files,
    root: machine.display(installed.tree.root),
    before: installed.before === null ? '' : withoutGo(installed.before),
  };
  await journal.note(run, {
    kind: 'upgraded',
    title: message('upgrade.upgraded.title', { version: withoutGo(release.version) }),
    detail: message(
      installed.before === null ? 'upgrade.upgraded.new' : 'upgrade.upgraded.from',
      params,
    ),
  });
  await journal.close(run);
  const { keepOldDays } = await ports.settings.read();
  // The days count from this switch: nothing that it replaced is due yet, unless it is to be kept for none.
  return cleanOld(ports, { installRoot, keepDays: keepOldDays });
}
