// `gangway exclusions`: what Defender skips, what would be set and why, setting it, and asking about one path.
import { resolve } from 'node:path';
import { FailureError } from '../../core/failureError';
import { applyExclusions } from '../../core/flows/applyExclusions';
import { cannotFailure, endOf, type ExclusionPlan } from '../../core/flows/planExclusions';
import { readExclusions } from '../../core/flows/readExclusions';
import { finishInterrupted, findInterrupted, undoInterrupted } from '../../core/flows/recover';
import { applyDeps, presentProtection, rollbackDeps } from '../../core/flows/rollbackDeps';
import { planForMachine } from '../../core/flows/upgradeExclusions';
import type { World } from '../../core/flows/world';
import type { PlannedExclusion } from '../../shared/model';
import type { Message } from '../../shared/model/message';
import { usage } from '../arguments';
import { done, failureAnswer } from '../answer';
import type { Answer, Command, Context } from '../command';

export const exclusions: Command = {
  name: 'exclusions',
  synopsis: '[list | plan | apply | check PATH]',
  about: 'commandLine.exclusions.about',
  options: {},
  help: [],
  examples: [
    'gangway exclusions list --json',
    'gangway exclusions plan',
    'gangway exclusions apply --yes',
    'gangway exclusions check C:\\Users\\lin\\AppData\\Local\\go-build',
  ],
  positionals: { least: 0, most: 2 },
  async run(context) {
    const [action = 'list', path, ...rest] = context.positionals;
    const extra = action === 'check' ? rest[0] : path;
    if (extra !== undefined) throw usage(extra);
    const world = await context.world();
    switch (action) {
      case 'list':
        return list(context, world);
      case 'plan':
        return plan(context, world);
      case 'apply':
        return world.exclusively(() => apply(context, world));
      case 'check':
        if (path === undefined) throw usage('exclusions check PATH');
        return check(context, world, path);
      default:
        throw usage(`exclusions ${action}`);
    }
  },
};

async function list(context: Context, world: World): Promise<Answer> {
  context.known({ visibility: 'unavailable', exclusions: [] });
  const seen = await readExclusions({ ...applyDeps(world) });
  const say = (said: Message): string => context.say(said);
  const key = `commandLine.exclusions.${seen.visibility}` as const;
  const json = {
    visibility: seen.visibility,
    why: seen.why === null ? null : { id: seen.why.id, sentence: say(seen.why.sentence) },
    exclusions: seen.items.map(({ id, kind, value, owner, why, risk, expires, run }) => ({
      id,
      kind,
      value,
      owner,
      why: say(why),
      risk: { level: risk.level, reason: say(risk.reason) },
      expires,
      run,
    })),
    ours: seen.ours,
    readAt: seen.readAt,
  };
  const lines = [
    say({ key, params: { count: seen.items.length } }),
    ...(seen.why === null ? [] : [say(seen.why.sentence)]),
    ...seen.items.map(
      ({ kind, value, owner }) =>
        `  ${say({ key: 'commandLine.exclusions.item', params: { kind, value, owner } })}`,
    ),
  ];
  if (seen.failure !== null) {
    const answer = failureAnswer(seen.failure, context.language, json);
    return { ...answer, lines: [...lines, ...answer.lines] };
  }
  return done(json, lines, seen.visibility === 'unavailable' ? 4 : 0);
}

async function plan(context: Context, world: World): Promise<Answer> {
  context.known({ exclusions: [] });
  const planned = await planOrThrow(world);
  const now = world.clock.now();
  const chosen = planned.items.filter((item) => item.enabled);
  return done(
    {
      outcome: chosen.length === 0 ? 'none' : 'planned',
      suggestion: planned.suggestion,
      reason: context.say(planned.reason),
      exclusions: planned.items.map((item) => ({
        ...itemJson(context, item, now),
        result: item.enabled ? 'planned' : 'offered',
      })),
    },
    [context.say(planned.reason), ...itemLines(context, planned.items)],
  );
}

async function apply(context: Context, world: World): Promise<Answer> {
  context.known({ exclusions: [] });
  const deps = applyDeps(world);
  await goOn(world);
  const planned = await planOrThrow(world);
  const chosen = planned.items.filter((item) => item.enabled);
  if (chosen.length === 0) {
    return done(
      { outcome: 'nothing', reason: context.say(planned.reason), exclusions: [], run: null },
      [context.say(planned.reason), context.say({ key: 'commandLine.exclusions.nothing' })],
    );
  }
  for (const line of itemLines(context, chosen)) context.line(line);
  const agreed = await context.confirm({
    key: 'commandLine.exclusions.ask',
    params: { count: chosen.length },
  });
  if (agreed !== true) {
    throw new FailureError(agreed === null ? 'consent.missing' : 'consent.no');
  }
  context.step({ key: 'commandLine.step.exclusions' });
  const outcome = await applyExclusions(deps, { items: chosen, askRoot: planned.askRoot });
  const json = {
    run: outcome.run,
    exclusions: outcome.results.map(({ kind, value, result, why, expires, log }) => {
      const item = chosen.find((one) => one.kind === kind && one.value === value);
      return {
        kind,
        value,
        result,
        why: context.say(why),
        risk: item === undefined ? null : riskJson(context, item),
        expires,
        ...(log === undefined ? {} : { log }),
      };
    }),
  };
  if (outcome.failure !== null) return failureAnswer(outcome.failure, context.language, json);
  return done(
    { outcome: outcome.kind, ...json },
    outcome.results.map(({ value, result }) =>
      context.say({ key: 'commandLine.exclusions.result', params: { value, result } }),
    ),
    outcome.kind === 'applied' || outcome.kind === 'nothing'
      ? 0
      : outcome.kind === 'partly'
        ? 3
        : 4,
  );
}

async function check(context: Context, world: World, path: string): Promise<Answer> {
  const { defender } = presentProtection(world);
  // A Windows path is one wherever the lab runs.
  const asked = /^[a-z]:[\\/]/i.test(path) ? path : world.machine.display(resolve(path));
  const answer = await defender.check(asked);
  return done(
    { outcome: answer, path: asked, answer },
    [context.say({ key: `commandLine.exclusions.check.${answer}`, params: { path: asked } })],
    answer === 'unknown' ? 4 : 0,
  );
}

/** What an earlier start left half done is finished first: the same wish again means going on. */
async function goOn(world: World): Promise<void> {
  for (const { run, purpose, canFinish } of await findInterrupted(world.journal)) {
    if (purpose !== 'exclusions') continue;
    const deps = { apply: applyDeps(world), rollback: rollbackDeps(world) };
    if (!canFinish) {
      // Cut off before its plan was on disk: what there is of it is taken back, and the plan is made anew.
      await undoInterrupted(deps.rollback, run);
      continue;
    }
    const { outcome } = await finishInterrupted(deps, run);
    if (outcome.failure !== null) throw FailureError.of(outcome.failure);
  }
}

/** Asked for on the command line, so also where nothing was blocked. @throws where an exclusion could have no effect */
async function planOrThrow(world: World): Promise<ExclusionPlan> {
  const { expert } = await world.settings.read();
  const planned = await planForMachine(world, { buildRoot: null, anyway: true, expert });
  const cannot = cannotFailure(planned.status);
  if (cannot !== null) throw cannot;
  return planned;
}

function itemJson(
  context: Context,
  item: PlannedExclusion,
  now: Date,
): Readonly<Record<string, unknown>> {
  return {
    kind: item.kind,
    value: item.value,
    purpose: item.purpose,
    why: context.say(item.why),
    gain: context.say(item.gain),
    risk: riskJson(context, item),
    expires: endOf(item.expiry, now),
  };
}

function riskJson(context: Context, { risk }: PlannedExclusion): Readonly<Record<string, unknown>> {
  return { level: risk.level, reason: context.say(risk.reason) };
}

function itemLines(context: Context, items: readonly PlannedExclusion[]): readonly string[] {
  return items.map(
    ({ value, why, risk }) =>
      `  ${context.say({
        key: 'commandLine.exclusions.planned',
        params: { value, why: context.say(why), risk: context.say(risk.reason) },
      })}`,
  );
}
