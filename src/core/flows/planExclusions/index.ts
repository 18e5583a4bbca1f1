// Proposes exclusions from what Go says and what Defender did, or says why none: no blocks, or an exclusion cannot help
// here. The same readings give the same plan. Changes nothing.
import type { Clock, Defender, Elevation, Files, GoEnv, Machine } from '../../ports';
import type { Journal } from '../../journal/journal';
import { asFailure, FailureError } from '../../failureError';
import {
  message,
  type Block,
  type DefenderStatus,
  type Message,
  type PlannedExclusion,
  type Wizard,
} from '../../../shared/model';
import { samePath, sameText } from '../../../shared/rules/winPath';
import { placesOn } from '../exclusionPlaces';
import { basisOf } from './basis';
import { shapeChoice } from './choice';
import { dayOf, proposeItems, type ProposedItems } from './items';

export { endOf, shapeChoice, taskNameOf } from './choice';

export interface PlanDeps {
  readonly machine: Machine;
  readonly files: Pick<Files, 'resolve'>;
  readonly goEnv: GoEnv;
  readonly defender: Defender;
  readonly journal: Pick<Journal, 'refresh' | 'activeExclusions'>;
  readonly clock: Clock;
}

export interface PlanRequest {
  /** The Go that is asked where it builds; null where there is none. */
  readonly askRoot: string | null;
  /** The GOROOT that will build, for example the one about to be installed; else `askRoot`. */
  readonly buildRoot: string | null;
  readonly blocks: readonly Block[];
  /** ISO 8601: how far back the blocks reach. */
  readonly since: string;
  /** The user asked for a plan although none is suggested. */
  readonly anyway: boolean;
  readonly expert: boolean;
}

type Step = Wizard['exclusions'];

export interface ExclusionPlan {
  readonly suggestion: Step['suggestion'];
  readonly reason: Message;
  readonly basis: Step['basis'];
  readonly items: readonly PlannedExclusion[];
  readonly refused: ProposedItems['refused'];
  readonly status: DefenderStatus;
  /** The Go whose settings are changed with it. */
  readonly askRoot: string | null;
}

export async function planExclusions(deps: PlanDeps, request: PlanRequest): Promise<ExclusionPlan> {
  await deps.journal.refresh();
  const [status, reading, asked] = await Promise.all([
    deps.defender.status(),
    deps.defender.exclusions(),
    ask(deps.goEnv, request.askRoot),
  ]);
  const { machine } = deps;
  const goBlocks = request.blocks.filter((block) => block.concernsGo);
  const helped = goBlocks.filter((block) => block.exclusionHelps);
  const root = request.buildRoot ?? request.askRoot;
  const proposed: ProposedItems =
    asked.env === null || root === null
      ? { items: [], refused: [] }
      : await proposeItems({
          goEnv: asked.env,
          goRoot: windowsName(await deps.files.resolve(machine.display(root))),
          arch: asked.env['GOHOSTARCH'] ?? machine.arch,
          buildFolder: machine.display(machine.buildFolder),
          environmentTmpDir: machine.environment['GOTMPDIR'] ?? '',
          contextual: status.contextualExclusions,
          blocks: helped,
          smartAppControl: status.smartAppControl,
          places: placesOn(machine, asked.env),
          files: deps.files,
          expert: request.expert,
        });
  const ours = deps.journal.activeExclusions();
  const items = proposed.items.filter(
    (item) =>
      !ours.some(
        ({ exclusion }) => exclusion.kind === item.kind && sameText(exclusion.value, item.value),
      ),
  );
  const decision = decide({
    status,
    asked: asked.env !== null,
    goBlocks,
    helped,
    items,
    allActive: items.length === 0 && proposed.items.length > 0,
  });
  const shown =
    decision.suggestion === 'plan' || (request.anyway && decision.suggestion === 'none');
  const basis = basisOf({
    since: request.since,
    goBlocks,
    goEnv: asked.env,
    reading,
    ours: ours.map(({ exclusion }) => exclusion.value),
    refused: proposed.refused,
  });
  return {
    ...decision,
    basis,
    items: shown ? items : [],
    refused: proposed.refused,
    status,
    askRoot: request.askRoot,
  };
}

/** A folder that lies outside the lab's drive has a Windows name too. */
function windowsName(path: string): string {
  return path.startsWith('/') ? `C:${path.replaceAll('/', '\\')}` : path;
}

async function ask(
  goEnv: GoEnv,
  root: string | null,
): Promise<{ readonly env: Readonly<Record<string, string>> | null }> {
  if (root === null) return { env: null };
  try {
    return { env: await goEnv.read(root) };
  } catch (error) {
    // That Go does not run here: the plan says so instead of guessing folders.
    if (asFailure(error).code === 'goEnv.unavailable') return { env: null };
    throw error;
  }
}

interface Decision {
  readonly suggestion: Step['suggestion'];
  readonly reason: Message;
}

function decide(seen: {
  readonly status: DefenderStatus;
  readonly asked: boolean;
  readonly goBlocks: readonly Block[];
  readonly helped: readonly Block[];
  readonly items: readonly PlannedExclusion[];
  readonly allActive: boolean;
}): Decision {
  const { status, goBlocks, helped, items } = seen;
  const cannot = whyCannot(status);
  if (cannot !== null) return { suggestion: 'cannot', reason: cannot };
  if (goBlocks.length > 0 && helped.length === 0) {
    return { suggestion: 'cannot', reason: message('exclusions.reason.smartAppControl') };
  }
  if (!seen.asked) return { suggestion: 'cannot', reason: message('exclusions.reason.goNotAsked') };
  if (seen.allActive) return { suggestion: 'none', reason: message('exclusions.reason.active') };
  if (helped.length === 0)
    return { suggestion: 'none', reason: message('exclusions.reason.noBlocks') };
  if (items.length === 0)
    return { suggestion: 'none', reason: message('exclusions.reason.nothingNarrow') };
  return { suggestion: 'plan', reason: planReason(helped, items) };
}

/** Why no exclusion that Gangway writes could have an effect here; null where it could. */
export function whyCannot(status: DefenderStatus): Message | null {
  if (status.managed) return message('exclusions.reason.managed');
  switch (status.kind) {
    case 'otherAntivirus':
      return message('exclusions.reason.otherAntivirus', { name: status.otherAntivirus ?? '' });
    case 'passive':
      return message('exclusions.reason.passive');
    case 'off':
      return message('exclusions.reason.off');
    case 'on':
    case 'paused':
    case 'unknown':
      return null;
  }
}

/** The same as a failure, for who asks to apply all the same. */
export function cannotFailure(status: DefenderStatus): FailureError | null {
  if (status.managed) {
    return new FailureError('defender.managed', { next: ['continueWithout', 'askAdministrator'] });
  }
  switch (status.kind) {
    case 'otherAntivirus':
    case 'passive':
      return new FailureError('defender.otherAntivirus', {
        params: { name: status.otherAntivirus ?? '' },
        next: ['continueWithout'],
      });
    case 'off':
      return new FailureError('defender.off', { next: ['openWindowsSecurity', 'continueWithout'] });
    case 'on':
    case 'paused':
    case 'unknown':
      return null;
  }
}

function planReason(helped: readonly Block[], items: readonly PlannedExclusion[]): Message {
  const [newest] = helped;
  const forTools = items.every((item) => item.purpose === 'toolchain');
  const taken = helped.find((block) => items.some((item) => samePath(item.target, block.path)));
  const built = helped.find((block) => block.verdict === 'builtHere');
  const first = (forTools ? taken : built) ?? newest;
  if (first === undefined) return message('exclusions.reason.noBlocks');
  const params = { count: first.count, day: dayOf(first.at), file: first.file };
  const both =
    items.some((item) => item.purpose === 'buildFolder') &&
    items.some((item) => item.purpose === 'buildCache') &&
    items.length === 2;
  if (first.source === 'attackSurfaceReduction') {
    return message(both ? 'exclusions.reason.launchesBoth' : 'exclusions.reason.launches', params);
  }
  if (/\.test\.exe$/i.test(first.file)) {
    return message(both ? 'exclusions.reason.testsBoth' : 'exclusions.reason.tests', params);
  }
  return message('exclusions.reason.file', params);
}

/** The wizard's step after planning. `anyway` opens the cards although none is suggested. */
export function planStep(
  plan: ExclusionPlan,
  elevation: Pick<Elevation, 'describe' | 'asks'>,
  now: Date,
): Omit<Step, 'results' | 'run'> {
  return {
    status: 'ready',
    suggestion: plan.suggestion,
    reason: plan.reason,
    basis: [...plan.basis],
    open: plan.items.length > 0,
    ...shapeChoice(plan.items, elevation, now),
  };
}
