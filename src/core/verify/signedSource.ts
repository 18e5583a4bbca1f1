// The signed source archive against a built release: every file under `src/` must be the file that Google signed. What
// the build itself writes there is left to the checksum database and the pins, and counted apart.
import { message, type Evidence, type Message, type Proof } from '../../shared/model';
import type { Proving } from './context';
import { checkGoogleSignature } from './googleSignature';
import { code, oftenMeans, plain, type Finding } from './ladder';
import type { Manifest } from './verifiedRelease';

export async function checkSignedSource(
  proving: Proving,
  rows: readonly Proof[],
): Promise<Finding> {
  const { request, deps, artefact, signal } = proving;
  const { signedSource } = request;
  if (signedSource === null) return notGiven(artefact.version, rows);
  const signature = await checkGoogleSignature(
    proving,
    { path: signedSource.path },
    signedSource.signature,
  );
  if (signature.kind === 'notGood') return signature.finding;
  const source = await deps.archives.tarManifest(signedSource.path, undefined, signal);
  const match = matchSource(await proving.manifest(), source);
  const counts = [
    plain('equal', match.equal),
    ...(match.generated.length === 0
      ? []
      : [plain('generated', match.generated.length, listOf(match.generated))]),
    ...signature.evidence,
  ];
  const wrong = match.different.length + match.onlyInRelease.length + match.onlyInSource.length;
  if (wrong === 0 && match.equal > 0) {
    return {
      state: 'passed',
      summary: message('proof.signedSource.passed', { count: match.equal }),
      evidence: counts,
    };
  }
  return {
    state: 'failed',
    summary:
      wrong === 0
        ? message('proof.signedSource.empty')
        : message('proof.signedSource.failed', { count: wrong }),
    evidence: [
      ...names('differences', match.different),
      ...names('onlyInRelease', match.onlyInRelease),
      ...names('onlyInSource', match.onlyInSource),
      ...counts,
      oftenMeans(),
    ],
  };
}

export interface SourceMatch {
  /** Files under `src/` that are the same in both. */
  readonly equal: number;
  readonly different: readonly string[];
  readonly onlyInSource: readonly string[];
  readonly onlyInRelease: readonly string[];
  /** Files that the build writes under `src/`, and that no source archive has. */
  readonly generated: readonly string[];
}

/** Compares what lies under `src/`, and the VERSION file, so that two versions never pass for one. */
export function matchSource(release: Manifest, source: Manifest): SourceMatch {
  let equal = 0;
  const different: string[] = [];
  const onlyInSource: string[] = [];
  const onlyInRelease: string[] = [];
  const generated: string[] = [];
  for (const [path, { sha256 }] of source) {
    if (!isCompared(path)) continue;
    const built = release.get(path);
    if (built === undefined) onlyInSource.push(path);
    else if (built.sha256 !== sha256) different.push(path);
    else if (path !== versionFile) equal++;
  }
  for (const path of release.keys()) {
    if (!isCompared(path) || source.has(path)) continue;
    if (generatedFiles.has(path)) generated.push(path);
    else onlyInRelease.push(path);
  }
  for (const list of [different, onlyInSource, onlyInRelease, generated]) list.sort();
  return { equal, different, onlyInSource, onlyInRelease, generated };
}

/**
 * What Go's cmd/dist writes under `src/` and cmd/distpack therefore takes out of the source archive: its list of
 * `srcArch.Remove` in go1.27, and the place that zversion.go had up to go1.23. Only these names, and only where the
 * source archive does not have them.
 */
export const generatedFiles: ReadonlySet<string> = new Set([
  'src/cmd/cgo/zdefaultcc.go',
  'src/cmd/go/internal/cfg/zdefaultcc.go',
  'src/cmd/go/internal/cfg/zosarch.go',
  'src/cmd/internal/objabi/zbootstrap.go',
  'src/go/build/zcgo.go',
  'src/internal/buildcfg/zbootstrap.go',
  'src/internal/runtime/sys/zversion.go',
  'src/runtime/internal/sys/zversion.go',
  'src/time/tzdata/zzipdata.go',
]);

const versionFile = 'VERSION';

function isCompared(path: string): boolean {
  return path.startsWith('src/') || path === versionFile;
}

function notGiven(version: string, rows: readonly Proof[]): Finding {
  const log = rows.find(({ id }) => id === 'checksumDatabase');
  const summary =
    log?.state === 'passed'
      ? message('proof.signedSource.notNeeded')
      : message('proof.signedSource.notGiven', { file: `${version}.src.tar.gz` });
  return { state: 'notChecked', summary };
}

/** Names that are shown, and how many more there are. */
const mostNames = 40;

function names(id: string, paths: readonly string[]): Evidence[] {
  return paths.length === 0 ? [] : [code(id, listText(paths))];
}

function listOf(paths: readonly string[]): Message {
  return message('evidence.generated.text', { count: paths.length, names: listText(paths) });
}

function listText(paths: readonly string[]): string {
  const shown = paths.slice(0, mostNames).join('\n');
  return paths.length > mostNames ? `${shown}\n… +${paths.length - mostNames}` : shown;
}
