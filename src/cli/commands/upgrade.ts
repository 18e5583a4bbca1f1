// `gangway upgrade`: the whole job. A failure is told together with what was known by then: proofs, exclusions, run.
import { pathGuidance } from '../../core/flows/pathGuidance';
import { sourceWords } from '../../core/flows/source';
import { upgradeGo, type UpgradeObserver, type UpgradeStep } from '../../core/flows/upgradeGo';
import type { ExclusionWish } from '../../core/flows/upgradeExclusions';
import type { World } from '../../core/flows/world';
import type { Target } from '../../core/ports';
import { machineArchSchema, machineOsSchema, type ExclusionResult } from '../../shared/model';
import type { Message } from '../../shared/model/message';
import { readWantedVersion } from '../../shared/rules/goVersion';
import { usage } from '../arguments';
import { done } from '../answer';
import { text, type Answer, type Command, type Context, valued } from '../command';
import { proofLines, proofsJson } from '../proofs';
import { acceptOption, helpOf, installRootOption, sourceOption } from './common';

export const upgrade: Command = {
  name: 'upgrade',
  synopsis: '[--to latest|VERSION] [--from SOURCE] [options]',
  about: 'commandLine.upgrade.about',
  options: valued('to', 'from', 'os', 'arch', 'install-root', 'exclusions', 'accept-unavailable'),
  help: [
    ['--to latest|VERSION', 'commandLine.option.to'],
    helpOf.from,
    ['--os OS', 'commandLine.option.os'],
    ['--arch ARCH', 'commandLine.option.arch'],
    helpOf.installRoot,
    ['--exclusions plan|none', 'commandLine.option.exclusions'],
    helpOf.accept,
  ],
  examples: [
    'gangway upgrade',
    'gangway upgrade --to 1.27.0 --from golang.google.cn --json',
    'gangway upgrade --os windows --arch amd64 --install-root ./go --exclusions none',
    'gangway upgrade --lab clean --exclusions plan --yes',
  ],
  positionals: { least: 0, most: 0 },
  async run(context) {
    const wanted = readWantedVersion(text(context.values, 'to') ?? 'latest');
    if (wanted === null) throw usage(`--to ${text(context.values, 'to') ?? ''}`);
    const wish = exclusionWish(context);
    const accept = acceptOption(context);
    const target = targetOption(context);
    const world = await context.world();
    const source = await sourceOption(context, world);
    const installRoot = installRootOption(context, world);
    context.known({ version: null, root: null, proofs: [], exclusions: [], run: null });
    const outcome = await upgradeGo(
      world,
      { wanted, source, target: target(world), installRoot, exclusions: wish, accept },
      observe(
        context,
        world,
        sourceWords(source, (path) => world.machine.display(path)),
      ),
      context.signal,
    );
    const { version, root } = outcome;
    if (outcome.kind === 'alreadyInstalled') {
      return done(
        { outcome: 'alreadyInstalled', version, root, proofs: [], exclusions: [], run: null },
        [context.say({ key: 'commandLine.upgrade.already', params: { version, root } })],
      );
    }
    const guidance =
      target(world).os === world.machine.os
        ? await pathGuidance(world.machine, world.files, installRoot)
        : null;
    const { proofs, exclusions, run, before, files, goVersion, removedOld } = outcome;
    return done(
      {
        outcome: 'upgraded',
        version,
        root,
        proofs: proofsJson(proofs, context.language),
        exclusions: exclusionsJson(exclusions, context),
        run,
        before,
        files,
        goVersion,
        removedOld,
        path:
          guidance === null
            ? null
            : {
                folder: guidance.folder,
                command: guidance.command,
                text: context.say(guidance.text),
              },
      },
      upgradedLines(),
    );

    function upgradedLines(): Answer['lines'] {
      const { language } = context;
      const say = (said: Message): string => context.say(said);
      return [
        ...proofLines(proofs, language),
        ...(exclusions.length === 0
          ? [say({ key: 'commandLine.upgrade.noExclusions' })]
          : exclusions.map(({ value, result }) =>
              say({ key: 'commandLine.exclusions.result', params: { value, result } }),
            )),
        say({ key: 'commandLine.upgrade.done', params: { version, root } }),
        ...(goVersion === null
          ? []
          : [say({ key: 'commandLine.upgrade.says', params: { said: goVersion } })]),
        ...(guidance === null ? [] : [say(guidance.text), `  ${guidance.command}`]),
        say({ key: 'commandLine.upgrade.undo', params: { run } }),
      ];
    }
  },
};

/** `--exclusions`; left out, only what a block gives a reason for. */
function exclusionWish(context: Context): ExclusionWish {
  switch (text(context.values, 'exclusions')) {
    case undefined:
      return { kind: 'whereBlocked' };
    case 'none':
      return { kind: 'none' };
    case 'plan':
      return { kind: 'plan', canAnswer: context.canAnswer };
    default:
      throw usage(`--exclusions ${text(context.values, 'exclusions') ?? ''}`);
  }
}

function targetOption({ values }: Context): (world: World) => Target {
  const os = optional(text(values, 'os'), '--os', machineOsSchema);
  const arch = optional(text(values, 'arch'), '--arch', machineArchSchema);
  return ({ machine }) => ({ os: os ?? machine.os, arch: arch ?? machine.arch });
}

function optional<T>(
  given: string | undefined,
  name: string,
  schema: { safeParse(value: unknown): { readonly success: boolean; readonly data?: T } },
): T | undefined {
  if (given === undefined) return undefined;
  const parsed = schema.safeParse(given);
  if (!parsed.success || parsed.data === undefined) throw usage(`${name} ${given}`);
  return parsed.data;
}

function observe(context: Context, world: World, source: string | Message): UpgradeObserver {
  let asked: readonly ExclusionResult[] = [];
  return {
    chosen({ release, fallback }) {
      context.known({ version: release.version });
      if (fallback !== null) context.step(fallback);
    },
    step(step) {
      context.step(stepMessage(step, source, world));
    },
    progress(step, progress) {
      context.progress(progress, step === 'unpack' ? 'files' : 'bytes');
    },
    proofs(rows) {
      context.known({ proofs: proofsJson(rows, context.language) });
    },
    exclusions(results) {
      asked = results;
      context.known({ exclusions: exclusionsJson(results, context) });
    },
    run(run) {
      context.known({ run });
    },
    takenBack(report) {
      context.known({
        // What had been set is among what was taken back.
        exclusions: exclusionsJson(
          asked.filter(({ result }) => result !== 'applied'),
          context,
        ),
        takenBack: {
          undone: report.undone.map(({ what, value }) => ({ what: context.say(what), value })),
          kept: report.kept.map(({ value, why }) => ({ value, why: context.say(why) })),
        },
      });
    },
    confirmExclusions(items) {
      for (const { value, why, risk } of items) {
        context.step({
          key: 'commandLine.exclusions.planned',
          params: { value, why: context.say(why), risk: context.say(risk.reason) },
        });
      }
      return context.confirm({
        key: 'commandLine.exclusions.ask',
        params: { count: items.length },
      });
    },
  };
}

function stepMessage(step: UpgradeStep, source: string | Message, world: World): Message {
  switch (step.id) {
    case 'list':
      return { key: 'commandLine.step.list', params: { source } };
    case 'goesOn':
      return { key: 'commandLine.step.goesOn' };
    case 'download':
      return { key: 'commandLine.step.download', params: { file: step.file } };
    case 'source':
      return { key: 'commandLine.step.source' };
    case 'verify':
      return { key: 'commandLine.step.verify', params: { file: step.file } };
    case 'exclusions':
      return { key: 'commandLine.step.exclusions' };
    case 'unpack':
      return {
        key: 'commandLine.step.unpack',
        params: { folder: world.machine.display(step.root) },
      };
    case 'switch':
      return { key: 'commandLine.step.switch', params: { version: step.version } };
  }
}

function exclusionsJson(
  results: readonly ExclusionResult[],
  context: Context,
): readonly Readonly<Record<string, unknown>>[] {
  return results.map(({ kind, value, result, why, expires }) => ({
    kind,
    value,
    result,
    why: context.say(why),
    expires,
  }));
}
