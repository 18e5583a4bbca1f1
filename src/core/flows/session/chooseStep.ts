// Step 2: what there is to install, and what of it fits this machine.
import { pick } from '../chooseRelease';
import { FailureError } from '../../failureError';
import type { Catalogued, GoRelease, Source, VersionOption } from '../../../shared/model';
import {
  chooseFile,
  isSupported,
  newestFirst,
  newestOfLine,
  offers,
} from '../../../shared/rules/chooseRelease';
import { isPreview, lineOf } from '../../../shared/rules/goVersion';
import { chosenVersion } from '../../../shared/rules/wizardSteps';
import type { TrustRoots } from '../../verify/trust';
import type { Engine } from './engine';
import { selectedVersion, tellSupport } from './findStep';
import type { Chosen } from './saved';

/** Versions that the list shows at most. */
const maxVersions = 400;

export async function list(engine: Engine): Promise<void> {
  const { store, world } = engine;
  const { source } = store.state.wizard.choose;
  store.wizard({ kind: 'listing' });
  await engine.work('list', async (signal) => {
    if (engine.support === null) {
      // What was read last time is there at once; only a list says which lines are supported.
      engine.support = await world.catalogue.kept(source);
      if (engine.support !== null) await tellSupport(engine);
    }
    const listed = await fetchList(engine, source, signal);
    if (signal.aborted) return;
    if (listed === null) {
      store.wizard({ kind: 'notListed' });
      return;
    }
    const trust = await world.trustFor(source);
    signal.throwIfAborted();
    engine.listed = listed;
    engine.support = listed;
    await tellSupport(engine);
    // The list names a download, which in the cache is called by its hash.
    await engine.story(true);
    await engine.watch?.retell();
    // Another source was chosen meanwhile: this one's offers would put the old one back.
    signal.throwIfAborted();
    offer(engine, listed, trust);
  });
}

/** Null where it failed while nobody needs it yet: the step that does asks again, and says why. */
async function fetchList(
  { store, world }: Engine,
  source: Source,
  signal: AbortSignal,
): Promise<Catalogued | null> {
  try {
    await world.prepare(source);
    return await world.catalogue.list(source, signal);
  } catch (error) {
    if (store.state.wizard.step === 'find' && error instanceof FailureError) return null;
    throw error;
  }
}

/** The offers again, after another Go was selected: from the list that is here. */
export async function offerAgain(engine: Engine): Promise<void> {
  if (engine.listed === null) return list(engine);
  offer(engine, engine.listed, await engine.world.trustFor(engine.listed.source));
}

function offer(engine: Engine, listed: Catalogued, trust: TrustRoots): void {
  const { store, world } = engine;
  const option = (release: GoRelease): VersionOption => optionOf(release, listed, engine, trust);
  const offered = offers(listed.releases, selectedVersion(engine));
  store.wizard({
    kind: 'listed',
    choose: {
      source: listed.source,
      sources: [...sourcesOf(engine)],
      fetchedAt: listed.fetchedAt,
      fromCache: listed.fromCache,
      newestPatch: offered.newestPatch === null ? null : option(offered.newestPatch),
      newestStable: offered.newestStable === null ? null : option(offered.newestStable),
      versions: newestFirst(listed.releases)
        .map(option)
        .filter(({ available }) => available)
        .slice(0, maxVersions),
      arch: world.machine.arch,
    },
  });
}

function optionOf(
  release: GoRelease,
  listed: Catalogued,
  { world }: Engine,
  trust: TrustRoots,
): VersionOption {
  const { version } = release;
  const choice = chooseFile(release, world.machine);
  const line = lineOf(version);
  const newest = line === null ? null : newestOfLine(listed.releases, line);
  const pin = choice.kind === 'file' ? trust.pin(choice.file.filename) : null;
  return {
    version,
    supported: isSupported(listed.releases, version),
    preview: isPreview(version),
    newerPatch: newest === null || newest.version === version ? null : newest.version,
    date: pin?.date ?? null,
    available: choice.kind === 'file',
    size: choice.kind === 'file' ? choice.file.size : 0,
  };
}

/** Those that are always there, the organisation's, and a folder that was chosen. */
export function sourcesOf({ store, world }: Engine): readonly Source[] {
  const { settings, wizard } = store.state;
  const { source } = wizard.choose;
  const sources: Source[] = [
    ...(world.mode === 'lab' ? [{ kind: 'embedded' as const }] : []),
    { kind: 'go.dev' },
    { kind: 'golang.google.cn' },
    ...(settings.mirrorUrl === '' ? [] : [{ kind: 'url' as const, url: settings.mirrorUrl }]),
  ];
  const isListed = sources.some((known) => JSON.stringify(known) === JSON.stringify(source));
  return isListed ? sources : [...sources, source];
}

/** The file that the choice comes to. @throws FailureError `catalogue.*` */
export async function fileOfChoice(engine: Engine): Promise<Chosen> {
  if (engine.listed === null || chosenVersion(engine.store.state.wizard) === null) {
    await list(engine);
  }
  const version = chosenVersion(engine.store.state.wizard)?.version;
  if (engine.listed === null || version === undefined) {
    throw new FailureError('catalogue.noSuchVersion', {
      params: { version: engine.store.state.wizard.choose.selected.version ?? '' },
      next: ['chooseOtherVersion', 'chooseOtherSource'],
    });
  }
  return chosenOf(engine, engine.listed, version);
}

export function chosenOf(engine: Engine, listed: Catalogued, version: string): Chosen {
  const { file, source, sourceArchive } = pick(
    listed,
    { kind: 'version', version },
    engine.world.machine,
  );
  return { version, source, file, sourceArchive };
}
