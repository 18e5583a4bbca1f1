// `gangway rollback`: takes back the newest run that is in effect, a named one, or everything.
import { FailureError } from '../../core/failureError';
import { rollback, type RollbackOutcome, type RollbackTarget } from '../../core/flows/rollback';
import { findInterrupted, undoInterrupted } from '../../core/flows/recover';
import { rollbackDeps } from '../../core/flows/rollbackDeps';
import type { World } from '../../core/flows/world';
import { wantWhole } from '../../core/journal/journal';
import { mayBeInEffect } from '../../core/journal/replay';
import type { RollbackReport } from '../../shared/model';
import { usage } from '../arguments';
import { done, failureAnswer } from '../answer';
import { flag, text, type Answer, type Command, type Context } from '../command';

export const rollbackCommand: Command = {
  name: 'rollback',
  synopsis: '[--run ID | --all]',
  about: 'commandLine.rollback.about',
  options: { run: { type: 'string' }, all: { type: 'boolean' } },
  help: [
    ['--run ID', 'commandLine.option.run'],
    ['--all', 'commandLine.option.all'],
  ],
  examples: ['gangway rollback', 'gangway rollback --all --yes --json'],
  positionals: { least: 0, most: 0 },
  async run(context) {
    const run = text(context.values, 'run');
    const all = flag(context.values, 'all');
    if (run !== undefined && all) throw usage('--run --all');
    context.known({ undone: [], kept: [] });
    const world = await context.world();
    wantWhole(world.journal);
    if (all) {
      const agreed = await context.confirm({ key: 'commandLine.rollback.ask' });
      if (agreed !== true) {
        throw new FailureError(agreed === null ? 'consent.missing' : 'consent.no');
      }
    }
    return world.exclusively(() => takeBack(context, world, run, all));
  },
};

async function takeBack(
  context: Context,
  world: World,
  run: string | undefined,
  all: boolean,
): Promise<Answer> {
  context.step({ key: 'commandLine.step.rollback' });
  const deps = rollbackDeps(world);
  const outcomes: RollbackOutcome[] = [];
  // One that was cut off is gone on with first: there is no way back from it but forward.
  for (const interrupted of await findInterrupted(world.journal)) {
    if (interrupted.purpose !== 'rollback') continue;
    outcomes.push(await undoInterrupted(deps, interrupted.run));
  }
  const target = targetOf(world, run, all);
  if (target !== null) outcomes.push(await rollback(deps, target));
  if (all) {
    for (const interrupted of await findInterrupted(world.journal)) {
      outcomes.push(await undoInterrupted(deps, interrupted.run));
    }
  }
  const report: RollbackReport = {
    undone: outcomes.flatMap((outcome) => outcome.report.undone),
    kept: outcomes.flatMap((outcome) => outcome.report.kept),
  };
  const json = {
    undone: report.undone.map(({ what, value }) => ({ what: context.say(what), value })),
    kept: report.kept.map(({ value, why }) => ({ value, why: context.say(why) })),
    run: outcomes.at(-1)?.run ?? null,
  };
  const failure = outcomes.find((outcome) => outcome.failure !== null)?.failure ?? null;
  const rows = reportLines(context, report);
  if (failure !== null) {
    const answer = failureAnswer(failure, context.language, json);
    return { ...answer, lines: [...rows, ...answer.lines] };
  }
  return done(
    { outcome: report.kept.length === 0 ? 'undone' : 'partly', ...json },
    rows.length === 0 ? [context.say({ key: 'commandLine.rollback.nothing' })] : rows,
    // What stays does so by somebody's rule, or because it is not ours to take.
    report.kept.length === 0 ? 0 : 3,
  );
}

/** Null where nothing is in effect. @throws FailureError `usage` for a run that the journal does not have */
function targetOf(world: World, run: string | undefined, all: boolean): RollbackTarget | null {
  if (all) return { kind: 'all' };
  const runs = world.journal.runs();
  if (run !== undefined) {
    if (!runs.some((known) => known.run === run)) throw usage(`--run ${run}`);
    return { kind: 'run', run };
  }
  const newest = [...runs].reverse().find((known) => known.actions.some(mayBeInEffect));
  return newest === undefined ? null : { kind: 'run', run: newest.run };
}

function reportLines(context: Context, { undone, kept }: RollbackReport): readonly string[] {
  return [
    ...undone.map(({ what, value }) =>
      context.say({
        key: 'commandLine.rollback.undone',
        params: { value: `${context.say(what)} ${value}` },
      }),
    ),
    ...kept.map(({ value, why }) =>
      context.say({
        key: 'commandLine.rollback.kept',
        params: { value, why: context.say(why) },
      }),
    ),
  ];
}
