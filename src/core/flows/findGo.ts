// Finds each Go on the machine and says of each what there is to say: which one the PATH takes, what is broken, doubled,
// shadowed or out of support. Runs `go version` only to confirm what the VERSION file said.
import { createHash } from 'node:crypto';
import type { GoCandidate, GoEnv, GoFinder, Machine } from '../ports';
import type { FoundGo, GoRelease } from '../../shared/model';
import { message, type Message } from '../../shared/model/message';
import { isSupported, newestFirst } from '../../shared/rules/chooseRelease';
import { compareGoVersions, isPreview, lineOf } from '../../shared/rules/goVersion';

export interface FindGoPorts {
  readonly goFinder: GoFinder;
  readonly goEnv: GoEnv;
  readonly machine: Machine;
}

export interface FindGoRequest {
  /** The install root, where it is not the machine's own. */
  readonly installRoot?: string;
  /** Folders that the user chose. */
  readonly folders?: readonly string[];
  /** The list of releases, where one is at hand: without it nothing is said of support. */
  readonly releases: readonly GoRelease[] | null;
  /** Run `go version` on each whole Go. */
  readonly confirm: boolean;
}

export interface FoundGos {
  readonly installs: readonly FoundGo[];
  /** The one to upgrade: the PATH's, else the newest whole one; null where there is none. */
  readonly suggestedId: string | null;
  /** Absolute folders by id, for asking that Go. */
  readonly roots: ReadonlyMap<string, string>;
  readonly places: readonly string[];
  readonly tookMs: number;
  /** The same Gos with what another list says of their support; looks for nothing again. */
  installsBy(releases: readonly GoRelease[] | null): readonly FoundGo[];
}

/** No Go at all is a normal answer, not a failure. */
export async function findGo(ports: FindGoPorts, request: FindGoRequest): Promise<FoundGos> {
  const search = await ports.goFinder.search(ports.machine, {
    ...(request.installRoot === undefined ? {} : { installRoot: request.installRoot }),
    ...(request.folders === undefined ? {} : { folders: request.folders }),
  });
  const ordered = [...search.candidates].sort(firstOnPath).slice(0, 64);
  const said = await Promise.all(
    ordered.map((candidate) =>
      request.confirm && isWhole(candidate)
        ? ports.goEnv.version(candidate.root)
        : Promise.resolve(null),
    ),
  );
  const installsBy = (releases: readonly GoRelease[] | null): readonly FoundGo[] =>
    ordered.map((candidate, index) =>
      describe(candidate, ordered, said[index] ?? null, releases, ports.machine),
    );
  const installs = installsBy(request.releases);
  const whole = installs.filter((found) => !found.broken);
  return {
    installs,
    suggestedId: (whole.find((found) => found.onPath) ?? whole[0])?.id ?? null,
    roots: new Map(ordered.map((candidate) => [idOf(candidate), candidate.root])),
    places: search.places,
    tookMs: search.tookMs,
    installsBy,
  };
}

function describe(
  candidate: GoCandidate,
  all: readonly GoCandidate[],
  said: string | null,
  releases: readonly GoRelease[] | null,
  machine: Machine,
): FoundGo {
  const { version } = candidate;
  const first = all.find((other) => other.pathRank === 0);
  const twin = all.find(
    (other) => other !== candidate && version !== null && other.version === version,
  );
  const supported = version === null || releases === null ? null : isSupported(releases, version);
  const facts = {
    broken: !isWhole(candidate),
    shadowed: candidate.pathRank !== null && candidate.pathRank > 0,
    doubled: twin !== undefined,
    supported,
    confirmed:
      said === null || version === null ? null : said.split(' ')[2] === version.split(' ')[0],
  };
  return {
    id: idOf(candidate),
    version,
    root: machine.display(candidate.root),
    origin: candidate.origins[0] ?? 'folder',
    onPath: candidate.pathRank === 0,
    ...facts,
    note: noteOf(),
  };

  function noteOf(): Message {
    if (version === null) return message('find.note.noVersion');
    if (!candidate.program) {
      const program = machine.os === 'windows' ? 'bin\\go.exe' : 'bin/go';
      return message('find.note.noProgram', { program });
    }
    if (facts.confirmed === false) {
      return message('find.note.disagrees', { version, said: said ?? '' });
    }
    if (facts.shadowed && first !== undefined) {
      return message('find.note.shadowed', { other: machine.display(first.root) });
    }
    if (supported === false && !isPreview(version)) return message('find.note.unsupported');
    if (twin !== undefined) {
      return message('find.note.doubled', { other: machine.display(twin.root) });
    }
    if (isPreview(version)) return message('find.note.preview');
    if (releases === null) return message('find.note.versionOnly');
    const newer = newerPatches(version, releases);
    return newer[0] === undefined
      ? message('find.note.newest')
      : message('find.note.behind', { count: newer.length, newest: newer[0] });
  }
}

/** Newest first. */
function newerPatches(version: string, releases: readonly GoRelease[]): readonly string[] {
  return newestFirst(releases)
    .map((release) => release.version)
    .filter(
      (other) =>
        lineOf(other) === lineOf(version) &&
        !isPreview(other) &&
        compareGoVersions(other, version) > 0,
    );
}

/** Stable for a folder: what a person chose stays chosen after another search. */
function idOf(candidate: GoCandidate): string {
  return createHash('sha256').update(candidate.root).digest('hex').slice(0, 16);
}

function isWhole(candidate: GoCandidate): boolean {
  return candidate.version !== null && candidate.program;
}

/** The PATH's order, then newest first, then what is broken. */
function firstOnPath(a: GoCandidate, b: GoCandidate): number {
  const rank = (candidate: GoCandidate) => candidate.pathRank ?? Number.MAX_SAFE_INTEGER;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (isWhole(a) !== isWhole(b)) return isWhole(a) ? -1 : 1;
  return compareGoVersions(b.version ?? '', a.version ?? '') || (a.root < b.root ? -1 : 1);
}
