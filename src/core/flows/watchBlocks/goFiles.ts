// What a path says about Go: a tool of a toolchain, a program that Go just built, a release that Gangway fetched. A path
// proves nothing; whether a file is the original is asked of whoever has its hash.
import type { KnownFile } from './knownFile';
import { foldCase, isWithin, lastName } from '../../../shared/rules/winPath';

/** Folders that are Go's on this computer, as Windows paths. */
export interface GoPlaces {
  /** GOROOTs: those found, and Gangway's versions. */
  readonly roots: readonly string[];
  /** Gangway's own folders: install root, build folder. */
  readonly gangway: readonly string[];
  readonly downloads: string | null;
  /** GOPATH, GOCACHE, GOTMPDIR, GOBIN. */
  readonly goFolders: readonly string[];
}

export type GoFile =
  | { readonly kind: 'tool'; readonly name: string }
  | { readonly kind: 'testProgram' }
  | { readonly kind: 'builtProgram' }
  | { readonly kind: 'release' }
  | { readonly kind: 'installedProgram' }
  | { readonly kind: 'inGoFolder' }
  | { readonly kind: 'other' };

const tools = new Set(
  (
    'go gofmt asm buildid cgo compile covdata cover doc fix link objdump pack pprof preprofile nm trace vet ' +
    'addr2line test2json dist distpack'
  ).split(' '),
);

/** Go's programs that people install with `go install`. */
const goPrograms = new Set('gopls dlv staticcheck goimports golangci-lint vscgo'.split(' '));

export function goFileOf(path: string, places: GoPlaces, known: KnownFile | null): GoFile {
  const name = foldCase(lastName(path)).toLowerCase();
  const stem = name.replace(/\.exe$/, '');
  const inRoot = places.roots.some((root) => isWithin(path, root));
  if (known?.release === true || isRelease(path, name, places)) return { kind: 'release' };
  if (/\.test\.exe$/.test(name)) return { kind: 'testProgram' };
  if (name === 'a.out.exe' || /\\go-build\d*\\b\d+\\exe\\[^\\]+$/i.test(path)) {
    return { kind: 'builtProgram' };
  }
  if (/\\go-build\d*\\b\d+\\/i.test(path)) return { kind: 'builtProgram' };
  const toolFolder = /\\pkg\\tool\\windows_[a-z0-9]+\\[^\\]+$/i.test(path);
  if (
    tools.has(stem) &&
    (inRoot || toolFolder || (/\\bin\\go(?:fmt)?\.exe$/i.test(path) && /\\go/i.test(path)))
  ) {
    return { kind: 'tool', name: stem };
  }
  if (inRoot || known !== null) return { kind: 'tool', name: stem };
  if (goPrograms.has(stem)) return { kind: 'installedProgram' };
  const folders = [...places.gangway, ...places.goFolders];
  if (folders.some((folder) => isWithin(path, folder))) return { kind: 'inGoFolder' };
  return { kind: 'other' };
}

function isRelease(path: string, name: string, places: GoPlaces): boolean {
  if (places.downloads !== null && isWithin(path, places.downloads)) return true;
  return /^go1\.[0-9a-z.]+\.(?:windows|src)[^\\]*\.(?:zip|msi|tar\.gz)$/.test(name);
}
