// The whole upgrade without a window: choose, download, prove, exclusions, install, switch. Nothing on the machine changes
// before the proofs are through; from then on everything is one run of the journal, and a failure takes that run back.
import type { World } from './world';
import { chooseRelease, type ChosenRelease } from './chooseRelease';
import { downloadRelease } from './downloadRelease';
import { noteDownload, wasFetched } from './noteDownload';
import { proveRelease, signedSourceWanted } from './proveRelease';
import { finishUpgrade, noteRefusal } from './upgradeNotes';
import { setExclusions, refuseEarly, type ExclusionWish } from './upgradeExclusions';
import { installRelease, rootOf } from './installRelease';
import { interruptedUpgrade } from './interrupted';
import { rollback } from './rollback';
import { rollbackDeps } from './rollbackDeps';
import { blockContext } from './blockContext';
import { explainVanished } from './explainVanished';
import { FailureError } from '../failureError';
import { checkpoint } from '../checkpoint';
import { wantWhole } from '../journal/journal';
import type { OnProgress, Target } from '../ports';
import type {
  ExclusionResult,
  PlannedExclusion,
  Proof,
  ProofId,
  RollbackReport,
  Source,
} from '../../shared/model';
import type { VerifiedRelease } from '../verify/verifiedRelease';
import type { WantedVersion } from '../../shared/rules/goVersion';

export interface UpgradeRequest {
  readonly source: Source;
  readonly wanted: WantedVersion;
  readonly target: Target;
  readonly installRoot: string;
  readonly exclusions: ExclusionWish;
  readonly accept: readonly ProofId[];
}

export type UpgradeStep =
  | { readonly id: 'list' }
  | { readonly id: 'goesOn' }
  | { readonly id: 'download' | 'source' | 'verify'; readonly file: string }
  | { readonly id: 'exclusions' }
  | { readonly id: 'unpack'; readonly root: string }
  | { readonly id: 'switch'; readonly version: string };

export interface UpgradeObserver {
  chosen(chosen: ChosenRelease): void;
  step(step: UpgradeStep): void;
  progress(step: 'download' | 'source' | 'unpack', progress: Parameters<OnProgress>[0]): void;
  proofs(rows: readonly Proof[]): void;
  exclusions(results: readonly ExclusionResult[]): void;
  /** A run of the journal was begun, or is gone on with. */
  run(run: string): void;
  /** What was begun was taken back, since it failed. */
  takenBack(report: RollbackReport): void;
  /** Null: nobody is there to answer. */
  confirmExclusions(items: readonly PlannedExclusion[]): Promise<boolean | null>;
}

export type UpgradeOutcome =
  | {
      readonly kind: 'upgraded';
      readonly version: string;
      readonly root: string;
      readonly run: string;
      readonly proofs: readonly Proof[];
      readonly exclusions: readonly ExclusionResult[];
      readonly before: string | null;
      readonly files: number;
      /** What the new Go says; null where it does not run on this system. */
      readonly goVersion: string | null;
      readonly removedOld: readonly string[];
    }
  | { readonly kind: 'alreadyInstalled'; readonly version: string; readonly root: string };

/** @throws FailureError whatever stopped it; nothing that was begun is left in effect then, but what `takenBack` says. */
export async function upgradeGo(
  world: World,
  request: UpgradeRequest,
  observer: UpgradeObserver,
  signal: AbortSignal,
): Promise<UpgradeOutcome> {
  await world.journal.refresh();
  wantWhole(world.journal);
  await refuseEarly(world, request.exclusions);
  await world.prepare(request.source);
  observer.step({ id: 'list' });
  const chosen = await chooseRelease(world, request, signal);
  observer.chosen(chosen);
  const { version } = chosen.release;
  const { installRoot } = request;
  await world.journal.refresh();
  const earlier = interruptedUpgrade(world.journal, installRoot);
  const goesOn = earlier !== null && (earlier.version ?? version) === version ? earlier.run : null;
  if (goesOn !== null) observer.step({ id: 'goesOn' });
  else if (await isCurrent(world, installRoot, version)) {
    return { kind: 'alreadyInstalled', version, root: rootOf(installRoot, version) };
  }

  const release = await fetchAndProve(world, request, chosen, observer, signal);
  return world.exclusively(() =>
    changeMachine(world, { ...request, release, goesOn, earlier }, observer, signal),
  );
}

async function fetchAndProve(
  world: World,
  request: UpgradeRequest,
  chosen: ChosenRelease,
  observer: UpgradeObserver,
  signal: AbortSignal,
): Promise<VerifiedRelease> {
  const { source, file, sourceArchive } = chosen;
  const settings = await world.settings.read();
  const began = world.clock.now();
  try {
    observer.step({ id: 'download', file: file.filename });
    const asking = new AbortController();
    const wanted = signedSourceWanted(world, { source, sourceArchive, settings }, asking.signal);
    wanted.catch(() => undefined);
    const downloaded = await downloadRelease(
      world,
      { source, file, installRoot: request.installRoot },
      (progress) => {
        observer.progress('download', progress);
      },
      signal,
    ).catch((error: unknown) => {
      asking.abort();
      throw error;
    });
    const wantsSource = await wanted;
    if (wantsSource && sourceArchive !== null) {
      observer.step({ id: 'source', file: sourceArchive.filename });
    }
    observer.step({ id: 'verify', file: file.filename });
    const result = await proveRelease(
      world,
      {
        source,
        file,
        sourceArchive,
        path: downloaded.path,
        from: downloaded.from,
        settings,
        accept: request.accept,
        wantsSource,
      },
      {
        proofs: (rows) => {
          observer.proofs(rows);
        },
        sourceProgress: (progress) => {
          observer.progress('source', progress);
        },
      },
      signal,
    );
    observer.proofs(result.proofs);
    await checkpoint('afterVerify');
    const fetched = wasFetched(downloaded);
    await noteDownload(world, { source, file: downloaded, fetched, proofs: result.proofs });
    if (result.kind === 'verified') return result.release;
    await noteRefusal(world, file.filename, result);
    throw FailureError.of(result.failure);
  } catch (error) {
    throw FailureError.of(await explainVanished(world, error, began, () => context(world, chosen)));
  }
}

interface Change extends UpgradeRequest {
  readonly release: VerifiedRelease;
  /** The run of an earlier process that this one goes on with. */
  readonly goesOn: string | null;
  readonly earlier: { readonly run: string } | null;
}

async function changeMachine(
  world: World,
  request: Change,
  observer: UpgradeObserver,
  signal: AbortSignal,
): Promise<UpgradeOutcome> {
  const { release, installRoot, goesOn, earlier } = request;
  if (earlier !== null && goesOn === null) {
    // Another version was cut off here: it is taken back before this one begins.
    const { report } = await rollback(rollbackDeps(world), { kind: 'run', run: earlier.run });
    observer.takenBack(report);
  }
  const run = goesOn ?? (await world.journal.startRun('upgrade'));
  observer.run(run);
  const began = world.clock.now();
  try {
    const exclusions = await setExclusions(
      world,
      {
        wish: request.exclusions,
        run,
        buildRoot: rootOf(installRoot, release.version),
      },
      {
        starts: () => {
          observer.step({ id: 'exclusions' });
        },
        results: (results) => {
          observer.exclusions(results);
        },
        confirm: (items) => observer.confirmExclusions(items),
      },
    );
    observer.exclusions(exclusions);
    signal.throwIfAborted();
    const root = rootOf(installRoot, release.version);
    observer.step({ id: 'unpack', root });
    const installed = await installRelease(
      world,
      { release, installRoot, run },
      {
        step: (id, state) => {
          if (id === 'switch' && state === 'running') {
            observer.step({ id: 'switch', version: release.version });
          }
        },
        progress: (progress) => {
          observer.progress('unpack', progress);
        },
      },
      signal,
    );
    const removedOld = await finishUpgrade(world, { run, installRoot, release, installed });
    return {
      kind: 'upgraded',
      version: release.version,
      root: installed.tree.root,
      run,
      proofs: release.proofs,
      exclusions,
      before: installed.before,
      files: installed.tree.files,
      goVersion: installed.goVersion,
      removedOld,
    };
  } catch (error) {
    const failure = await explainVanished(world, error, began, () => context(world, null));
    const { report } = await rollback(rollbackDeps(world), { kind: 'run', run });
    observer.takenBack(report);
    throw FailureError.of(failure);
  }
}

async function isCurrent(world: World, installRoot: string, version: string): Promise<boolean> {
  const versions = await world.installer.versions(installRoot);
  return versions.some(
    (kept) => kept.version === version && kept.current && kept.installedAt !== null,
  );
}

function context(world: World, chosen: ChosenRelease | null): ReturnType<typeof blockContext> {
  return blockContext(world, {
    releases: chosen?.listed.releases ?? null,
    listedAt: chosen?.listed.fetchedAt ?? null,
    unpacking: () => null,
  });
}
