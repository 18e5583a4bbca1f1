// What is needed to tell blocks: Go's folders on this computer, and what Gangway knows of a file by its own hashes.
import type { StoryContext } from './watchBlocks';
import type { KnownFile } from './watchBlocks/knownFile';
import type { World } from './world';
import { findGo } from './findGo';
import { asFailure } from '../failureError';
import type { GoRelease } from '../../shared/model';
import { samePath } from '../../shared/rules/winPath';

export interface BlockContextRequest {
  /** The newest list at hand: it names a download by its hash. */
  readonly releases: readonly GoRelease[] | null;
  /** ISO 8601: when that list came. */
  readonly listedAt: string | null;
  /** The folder that is being unpacked now, each of whose files was hashed as it was written; else null. */
  readonly unpacking: () => string | null;
}

export async function blockContext(
  world: World,
  request: BlockContextRequest,
): Promise<StoryContext> {
  const { machine } = world;
  const found = await findGo(world, { releases: null, confirm: false });
  const root = found.suggestedId === null ? null : (found.roots.get(found.suggestedId) ?? null);
  const env = root === null ? {} : await envOf(world, root);
  const downloads = world.downloadsShown ?? machine.display(world.downloads.folder);
  const named = new Map(
    (request.releases ?? [])
      .flatMap((release) => release.files)
      .filter((file) => file.sha256 !== '')
      .map((file) => [file.sha256, file]),
  );

  return {
    places: {
      roots: found.installs.map((install) => install.root),
      gangway: [machine.display(machine.installRoot), machine.display(machine.buildFolder)],
      downloads,
      goFolders: ['GOPATH', 'GOCACHE', 'GOTMPDIR', 'GOBIN']
        .map((name) => env[name] ?? '')
        .filter((folder) => folder !== '' && folder !== 'off'),
    },
    identify: async (path, at) => ofDownload(path) ?? (await ofTree(path, at)),
  };

  /** In the cache a file has its hash for a name, and got it only once its bytes had that hash. */
  function ofDownload(path: string): KnownFile | null {
    const below = within(path, downloads);
    const file = below === null ? undefined : named.get(below);
    if (file === undefined) return null;
    return {
      version: file.version,
      verdict: 'ofRelease',
      verifiedAt: request.listedAt ?? world.clock.now().toISOString(),
      release: true,
      name: file.filename,
    };
  }

  async function ofTree(path: string, at: string): Promise<KnownFile | null> {
    const installRoot = machine.display(machine.installRoot);
    const [folder, ...rest] = (within(path, installRoot) ?? '').split('\\');
    if (folder === undefined || folder === '' || rest.length === 0) return null;
    const version = folder === 'current' ? await currentVersion() : `go${folder}`;
    if (version === null) return null;
    const wanted = rest.join('/').toLowerCase();
    for (const kept of await world.manifests.byVersion(version)) {
      const isThere = [...kept.manifest.keys()].some((name) => name.toLowerCase() === wanted);
      if (!isThere) continue;
      const root = `${installRoot}\\${folder}`;
      const isFresh = samePath(request.unpacking() ?? '', root) || wasUnpackedAt(root, at);
      return {
        version,
        verdict: isFresh ? 'originalFile' : 'ofRelease',
        verifiedAt: world.clock.now().toISOString(),
        release: false,
      };
    }
    return null;
  }

  /** While Gangway unpacks, each file is hashed as it is written: what was taken then is the file that was proved. */
  function wasUnpackedAt(root: string, at: string): boolean {
    const moment = Date.parse(at);
    return world.journal
      .runs()
      .flatMap((run) => run.actions)
      .some(({ action, at: began, done, undone }) => {
        if (action.kind !== 'unpack' || !samePath(machine.display(action.root), root)) return false;
        const ended = done?.at ?? undone?.at;
        return Date.parse(began) <= moment && (ended === undefined || moment <= Date.parse(ended));
      });
  }

  async function currentVersion(): Promise<string | null> {
    return world.installer.current(machine.installRoot);
  }
}

async function envOf(world: World, root: string): Promise<Readonly<Record<string, string>>> {
  try {
    return await world.goEnv.read(root);
  } catch (error) {
    // That Go does not run here: its folders are then simply not known.
    if (asFailure(error).code === 'goEnv.unavailable') return {};
    throw error;
  }
}

/** The part of a path below a folder, as Windows compares names; null for a path elsewhere. */
function within(path: string, folder: string): string | null {
  const prefix = `${folder.replace(/\\+$/, '')}\\`;
  return path.toLowerCase().startsWith(prefix.toLowerCase()) ? path.slice(prefix.length) : null;
}
