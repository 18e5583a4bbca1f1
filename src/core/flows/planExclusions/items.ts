// The exclusions that could be proposed, narrowest use first: the folder that builds run in, the build cache for Go's own
// tools, a file of the toolchain that was taken and is the original, and, for experts, the module cache.
import {
  message,
  type Block,
  type DefenderStatus,
  type Message,
  type PlannedExclusion,
  type Purpose,
} from '../../../shared/model';
import { writeContextual, type Judgement, type Places } from '../../../shared/rules/exclusions';
import { isWithin, samePath } from '../../../shared/rules/winPath';
import { judgeResolved } from '../exclusionPlaces';
import type { Files } from '../../ports';

export interface ItemInputs {
  readonly goEnv: Readonly<Record<string, string>>;
  /** GOROOT whose tools will build, a Windows path without links. */
  readonly goRoot: string;
  /** "amd64": names the tool folder. */
  readonly arch: string;
  readonly buildFolder: string;
  /** GOTMPDIR of the process environment: `go env -w` cannot change it. */
  readonly environmentTmpDir: string;
  readonly contextual: boolean;
  /** Of Go, where an exclusion helps; newest first. */
  readonly blocks: readonly Block[];
  readonly smartAppControl: DefenderStatus['smartAppControl'];
  readonly places: Places;
  readonly files: Pick<Files, 'resolve'>;
  readonly expert: boolean;
}

export interface ProposedItems {
  readonly items: readonly PlannedExclusion[];
  /** What was not proposed, and why. */
  readonly refused: readonly {
    readonly purpose: Purpose;
    readonly value: string;
    readonly why: Message;
  }[];
}

export async function proposeItems(inputs: ItemInputs): Promise<ProposedItems> {
  const items: PlannedExclusion[] = [];
  const refused: ProposedItems['refused'][number][] = [];
  const take = async (
    purpose: Purpose,
    value: string,
    make: (judged: Extract<Judgement, { kind: 'accepted' }>) => PlannedExclusion,
  ): Promise<void> => {
    const judged = await judgeResolved({ kind: 'path', value }, inputs.places, inputs.files);
    if (judged.kind === 'accepted') items.push(make(judged));
    else refused.push({ purpose, value, why: judged.reason });
  };

  const wanted = buildFolderOf(inputs);
  await take('buildFolder', wanted.folder, ({ path, exclusion }) => ({
    id: 'buildFolder',
    purpose: 'buildFolder',
    kind: 'path',
    value: exclusion.value,
    target: path,
    contextual: false,
    why: whyBuildFolder(inputs),
    gain: message('exclusions.gain.buildFolder'),
    risk: { level: 'low', reason: message('exclusions.risk.buildFolder') },
    expiry: '8h',
    enabled: true,
    ...(wanted.sets ? { setsGoEnv: { name: 'GOTMPDIR', value: path } } : {}),
  }));

  const cache = inputs.goEnv['GOCACHE'] ?? '';
  if (cache !== '' && cache !== 'off') {
    const { contextual } = inputs;
    const value = contextual ? forGoTools(cache, inputs) : cache;
    await take('buildCache', value, ({ path, exclusion }) => ({
      id: 'buildCache',
      purpose: 'buildCache',
      kind: 'path',
      value: exclusion.value,
      target: path,
      contextual,
      why: message('exclusions.why.buildCache'),
      gain: message(contextual ? 'exclusions.gain.buildCache' : 'exclusions.gain.buildCachePlain'),
      risk: contextual
        ? { level: 'low', reason: message('exclusions.risk.buildCache') }
        : { level: 'medium', reason: message('exclusions.risk.buildCachePlain') },
      expiry: '7d',
      enabled: true,
    }));
  }

  for (const block of confirmedTools(inputs)) {
    await take('toolchain', block.path, ({ path, exclusion }) => ({
      id: `toolchain-${block.file.toLowerCase().replace(/[^a-z0-9]/g, '-')}`.slice(0, 64),
      purpose: 'toolchain',
      kind: 'path',
      value: exclusion.value,
      target: path,
      contextual: false,
      why: message('exclusions.why.toolchain', { file: block.file, day: dayOf(block.at) }),
      gain: message('exclusions.gain.toolchain'),
      risk: { level: 'low', reason: message('exclusions.risk.toolchain') },
      expiry: '7d',
      enabled: true,
    }));
  }

  const modules = inputs.goEnv['GOMODCACHE'] ?? '';
  if (inputs.expert && modules !== '') {
    await take('moduleCache', modules, ({ path, exclusion }) => ({
      id: 'moduleCache',
      purpose: 'moduleCache',
      kind: 'path',
      value: exclusion.value,
      target: path,
      contextual: false,
      why: message('exclusions.why.moduleCache'),
      gain: message('exclusions.gain.moduleCache'),
      risk: { level: 'high', reason: message('exclusions.risk.moduleCache') },
      expiry: '8h',
      enabled: false,
    }));
  }
  return { items, refused };
}

/** A GOTMPDIR that is set already is kept; Go builds there. */
function buildFolderOf(inputs: ItemInputs): { readonly folder: string; readonly sets: boolean } {
  const set = inputs.goEnv['GOTMPDIR'] ?? '';
  const fromEnvironment = inputs.environmentTmpDir !== '';
  if (set === '' || (samePath(set, inputs.buildFolder) && !fromEnvironment)) {
    return { folder: inputs.buildFolder, sets: set === '' };
  }
  return { folder: set, sets: false };
}

function forGoTools(cache: string, { goRoot, arch }: ItemInputs): string {
  return writeContextual(cache, {
    pathType: 'folder',
    scanType: null,
    scanTrigger: 'OnAccess',
    processes: [`${goRoot}\\bin\\go.exe`, `${goRoot}\\pkg\\tool\\windows_${arch}\\*`],
  });
}

function whyBuildFolder({ blocks }: ItemInputs): Message {
  const block = blocks.find((one) => one.verdict === 'builtHere');
  if (block === undefined) return message('exclusions.why.buildFolder');
  const { count } = block;
  const day = dayOf(block.at);
  if (block.source === 'attackSurfaceReduction') {
    return message('exclusions.why.launchesBlocked', { count, day });
  }
  return /\.test\.exe$/i.test(block.file)
    ? message('exclusions.why.testsTaken', { count, day })
    : message('exclusions.why.programsTaken', { count, day });
}

/** One for each file of this toolchain whose hash was compared: never on a name alone. */
function confirmedTools({ blocks, goRoot }: ItemInputs): readonly Block[] {
  const tools = blocks.filter(
    (block) => block.verdict === 'originalFile' && isWithin(block.path, goRoot),
  );
  return tools.filter(
    (block, at) => tools.findIndex((other) => samePath(other.path, block.path)) === at,
  );
}

/** The day in local time, `2026-11-20`: sentences show it as a day. */
export function dayOf(iso: string): string {
  const at = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
