// A block in words: what happened, what the file is, what it means. Says what is known and from where; never that a
// file is harmless.
import { message, type Block, type Message } from '../../../shared/model';
import { lastName } from '../../../shared/rules/winPath';
import type { GoFile } from './goFiles';
import type { KnownFile } from './knownFile';

export interface Story {
  readonly source: Block['source'];
  readonly action: Block['action'];
  readonly path: string;
  readonly threat: string | null;
  readonly process: string;
  /** Rule or policy, a GUID in upper case. */
  readonly rule: string;
  readonly file: GoFile;
  readonly known: KnownFile | null;
  readonly count: number;
  /** Different files. */
  readonly distinct: number;
}

type Described = Pick<
  Block,
  | 'headline'
  | 'file'
  | 'verdict'
  | 'verdictText'
  | 'whatItIs'
  | 'whatItMeans'
  | 'concernsGo'
  | 'exclusionHelps'
>;

/** The policies that are Smart App Control: enforced, evaluation, and without cloud answers. */
const smartAppControl = new Set([
  '0283AC0F-FFF1-49AE-ADA1-8A933130CAD6',
  '1283AC0F-FFF1-49AE-ADA1-8A933130CAD6',
  '5283AC0F-FFF1-49AE-ADA1-8A933130CAD6',
]);
const prevalenceRule = '01443614-CD74-433A-B99E-2ECDC07BFC25';
/** Rules that do not honour Defender's exclusions: process creation by PSExec and WMI. */
const deafRules = new Set(['D1E49AAC-8F56-4280-B9BA-993A6D77406C']);

export function describeBlock(story: Story): Described {
  const file = (story.known?.name ?? lastName(story.path)).slice(0, 512);
  const concernsGo = story.file.kind !== 'other';
  return {
    headline: headlineOf(story, file),
    file,
    concernsGo,
    exclusionHelps: concernsGo && story.source !== 'appControl' && !deafRules.has(story.rule),
    ...verdictOf(story),
    whatItIs: whatItIs(story),
    whatItMeans: whatItMeans(story),
  };
}

function headlineOf(story: Story, file: string): Message {
  if (story.source === 'appControl') {
    return smartAppControl.has(story.rule)
      ? message('blocks.headline.smartAppControl', { file })
      : message('blocks.headline.appControl', { file });
  }
  if (story.source === 'attackSurfaceReduction') {
    return message('blocks.headline.surfaceReduction', { file });
  }
  if (story.file.kind === 'testProgram' && story.distinct > 1) {
    return message(`blocks.headline.${story.action}Tests`, { count: story.distinct });
  }
  const command = commandOf(story);
  return command === null
    ? message(`blocks.headline.${story.action}`, { file })
    : message(`blocks.headline.${story.action}During`, { file, command });
}

/** What Go was doing, as far as the file and the program that opened it tell. */
function commandOf({ file, process }: Story): string | null {
  switch (file.kind) {
    case 'testProgram':
      return 'go test';
    case 'builtProgram':
      return 'go build';
    case 'tool':
      return /\\(?:go|compile|link|asm|cgo)\.exe$/i.test(process) ? 'go build' : null;
    case 'release':
    case 'installedProgram':
    case 'inGoFolder':
    case 'other':
      return null;
  }
}

function verdictOf({ file, known, source }: Story): Pick<Block, 'verdict' | 'verdictText'> {
  if (known !== null) {
    const version = known.version.replace(/^go/, '');
    return {
      verdict: known.verdict,
      verdictText: message(`blocks.verdict.${known.verdict}`, { version }),
    };
  }
  if (source === 'appControl') {
    return {
      verdict: file.kind === 'other' ? 'notGo' : 'unknown',
      verdictText: message('blocks.verdict.notDefender'),
    };
  }
  switch (file.kind) {
    case 'testProgram':
      return { verdict: 'builtHere', verdictText: message('blocks.verdict.builtByTest') };
    case 'builtProgram':
      return { verdict: 'builtHere', verdictText: message('blocks.verdict.builtByBuild') };
    case 'tool':
    case 'release':
      return { verdict: 'unknown', verdictText: message('blocks.verdict.notCompared') };
    case 'installedProgram':
    case 'inGoFolder':
      return { verdict: 'unknown', verdictText: message('blocks.verdict.goFolder') };
    case 'other':
      return { verdict: 'notGo', verdictText: message('blocks.verdict.notGo') };
  }
}

const namedTools = ['compile', 'link', 'asm', 'go', 'gofmt', 'cgo'] as const;

function whatItIs({ file, known, distinct }: Story): Message {
  if (known?.verdict === 'originalFile') {
    return message('blocks.whatItIs.original', {
      version: known.version.replace(/^go/, ''),
      at: known.verifiedAt,
    });
  }
  switch (file.kind) {
    case 'tool': {
      const tool = namedTools.find((name) => name === file.name);
      return tool === undefined
        ? message('blocks.whatItIs.tool')
        : message(`blocks.whatItIs.tool.${tool}`);
    }
    case 'testProgram':
      return message('blocks.whatItIs.tests', { count: distinct });
    case 'builtProgram':
      return message('blocks.whatItIs.built');
    case 'release':
      return message('blocks.whatItIs.release');
    case 'installedProgram':
      return message('blocks.whatItIs.installed');
    case 'inGoFolder':
      return message('blocks.whatItIs.goFolder');
    case 'other':
      return message('blocks.whatItIs.other');
  }
}

function whatItMeans({ source, rule, threat, action, file }: Story): Message {
  if (source === 'appControl') return message('blocks.whatItMeans.appControl');
  if (source === 'attackSurfaceReduction') {
    return rule === prevalenceRule
      ? message('blocks.whatItMeans.prevalence')
      : message('blocks.whatItMeans.surfaceReduction', { rule });
  }
  const name = threat ?? '';
  if (action === 'failed') return message('blocks.whatItMeans.failed', { threat: name });
  if (action === 'allowed') return message('blocks.whatItMeans.allowed', { threat: name });
  if (action === 'detected') return message('blocks.whatItMeans.detected', { threat: name });
  if (file.kind === 'other') return message('blocks.whatItMeans.notGo', { threat: name });
  return /!ml$/i.test(name)
    ? message('blocks.whatItMeans.machineLearned', { threat: name })
    : message('blocks.whatItMeans.named', { threat: name });
}
