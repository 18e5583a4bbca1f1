// Step 7: what was changed and until when, taking all of it back, and switching between old and new.
import { keptUntil } from '../cleanOld';
import type { Installed } from '../installRelease';
import { pathGuidance } from '../pathGuidance';
import { rollback } from '../rollback';
import { rollbackDeps } from '../rollbackDeps';
import { switchVersion } from '../switchVersion';
import type { World } from '../world';
import { mayBeInEffect, type JournalAction } from '../../journal/replay';
import { FailureError } from '../../failureError';
import { message, type RollbackReport, type Wizard } from '../../../shared/model';
import { splitValue } from '../../../shared/rules/exclusions';
import { withoutGo } from '../../../shared/rules/goVersion';
import type { Engine } from './engine';
import { search } from './findStep';
import { refreshPages } from './pages';

type Done = Wizard['done'];

export async function doneOf(
  { world, store }: Engine,
  done: { readonly run: string; readonly installed: Installed; readonly version: string },
): Promise<Omit<Done, 'status'>> {
  const { machine, journal } = world;
  const { installRoot } = machine;
  const { run, installed, version } = done;
  const runs = [run, ...exclusionRuns(store.state.wizard)];
  const actions = journal
    .runs()
    .filter((known) => runs.includes(known.run))
    .flatMap((known) => known.actions)
    .filter(mayBeInEffect);
  const before =
    installed.before === null
      ? null
      : await beforeOf(world, installed.before, store.state.settings.keepOldDays);
  const guidance = await pathGuidance(machine, world.files, installRoot);
  return {
    goVersion: installed.goVersion,
    before,
    now: { version, root: machine.display(installed.tree.root) },
    changes: changesOf(actions, installed),
    pathGuidance: guidance === null ? null : { text: guidance.text, command: guidance.command },
    run,
    switchBackTo: before?.version ?? null,
  };
}

async function beforeOf(
  { installer, journal, machine }: World,
  version: string,
  keepDays: number,
): Promise<Done['before']> {
  const versions = await installer.versions(machine.installRoot);
  const kept = versions.find((candidate) => candidate.version === version);
  // Removed by now, since it was to be kept for no time.
  if (kept === undefined) return null;
  return {
    version: withoutGo(version),
    keptUntil: keptUntil(journal, machine.installRoot, version, keepDays),
    bytes: kept.bytes,
  };
}

/** In the order in which a person reads them: the new Go first, then what was set around it. */
function changesOf(actions: readonly JournalAction[], installed: Installed): Done['changes'] {
  const stays = message('upgrade.until.stays');
  const unpacked: Done['changes'] = [];
  const others: Done['changes'] = [];
  let task: string | null = null;
  for (const { action, done } of actions) {
    switch (action.kind) {
      case 'unpack':
        unpacked.push({
          icon: 'folder',
          text: message('upgrade.change.files', { count: installed.tree.files }),
          until: stays,
        });
        break;
      case 'switchCurrent':
        unpacked.push({
          icon: 'link',
          text: message('upgrade.change.link', { version: withoutGo(action.version) }),
          until: stays,
        });
        break;
      case 'addExclusion': {
        const split = splitValue(action.exclusion.value);
        const value = split.kind === 'malformed' ? action.exclusion.value : split.path;
        others.push({
          icon: 'exclusion',
          text: message(
            split.kind === 'contextual'
              ? 'upgrade.change.exclusionForTools'
              : 'upgrade.change.exclusion',
            { value },
          ),
          until:
            done?.result !== 'applied'
              ? message('upgrade.until.unknown')
              : action.expires === null
                ? stays
                : message('upgrade.until.time', { at: action.expires }),
        });
        if (action.expires !== null && (task === null || action.expires > task)) {
          task = action.expires;
        }
        break;
      }
      case 'setGoEnv':
        others.push({
          icon: 'setting',
          text: message('upgrade.change.setting', { name: action.name, value: action.value }),
          until: message('upgrade.until.withExclusion'),
        });
        break;
      case 'makeFolder':
        break;
    }
  }
  const ends: Done['changes'] =
    task === null
      ? []
      : [
          {
            icon: 'task',
            text: message('upgrade.change.task'),
            until: message('upgrade.until.time', { at: task }),
          },
        ];
  return [...unpacked, ...others.sort(exclusionsFirst), ...ends].slice(0, 64);
}

function exclusionsFirst(a: Done['changes'][number], b: Done['changes'][number]): number {
  return Number(b.icon === 'exclusion') - Number(a.icon === 'exclusion');
}

/** The newest first. */
function exclusionRuns({ exclusions }: Wizard): readonly string[] {
  const { run, earlierRuns = [] } = exclusions;
  return [...(run === null ? [] : [run]), ...[...earlierRuns].reverse()];
}

/** The upgrade's run and the exclusions' runs, the later first. */
export async function undoEverything(engine: Engine): Promise<void> {
  const { store, world } = engine;
  const { done } = store.state.wizard;
  const runs = [...(done.run === null ? [] : [done.run]), ...exclusionRuns(store.state.wizard)];
  await engine.work('install', async () => {
    const report: RollbackReport = { undone: [], kept: [] };
    await world.exclusively(async () => {
      for (const run of runs) {
        const outcome = await rollback(rollbackDeps(world), { kind: 'run', run });
        report.undone.push(...outcome.report.undone);
        report.kept.push(...outcome.report.kept);
        if (outcome.failure !== null) throw FailureError.of(outcome.failure);
      }
    });
    store.wizard({ kind: 'undone' });
    store.change('history', { lastRollback: report });
  });
  await afterSwitch(engine);
}

/** Back to the old one, and, from there, to the new one again. */
export async function switchBack(engine: Engine): Promise<void> {
  const { store, world } = engine;
  const { done } = store.state.wizard;
  const { switchBackTo, now } = done;
  if (switchBackTo === null || now === null) return;
  await engine.work('install', async () => {
    const { installRoot } = world.machine;
    await world.exclusively(() =>
      switchVersion(world, { installRoot, version: `go${switchBackTo}` }),
    );
    const versions = await world.installer.versions(installRoot);
    const root = versions.find(({ current }) => current)?.root;
    store.wizard({
      kind: 'doneChanged',
      done: {
        goVersion: root === undefined ? null : await world.goEnv.version(root),
        now: { version: switchBackTo, root: root === undefined ? '' : world.machine.display(root) },
        before: await beforeOf(world, `go${now.version}`, store.state.settings.keepOldDays),
        switchBackTo: now.version,
      },
    });
  });
  await afterSwitch(engine);
}

async function afterSwitch(engine: Engine): Promise<void> {
  await search(engine, true);
  await refreshPages(engine);
}
