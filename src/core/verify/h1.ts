// The hash that Go's checksum database holds for a toolchain, computed from a release's own files. The database hashes
// the module `golang.org/toolchain`; what that leaves out of a release (`skipped`) this hash says nothing about.
import { createHash } from 'node:crypto';
import { FailureError } from '../failureError';
import type { MachineArch, MachineOs } from '../../shared/model';
import type { Manifest } from './verifiedRelease';

export interface H1 {
  /** "h1:" and the base64 of a SHA-256. */
  readonly h1: string;
  /** Files that the hash covers. */
  readonly files: number;
  /** Files that it does not cover: those below `api/`, `doc/`, `misc/`, `test/`. */
  readonly skipped: number;
}

/** Top folders of a release that its toolchain module lacks (cmd/distpack). */
const notInModule = /^(?:api|doc|misc|test)\//;

/**
 * @param version "go1.27.0"
 * @throws FailureError `archive.unsafePath` for a name with a line break, which the format cannot express.
 */
export function h1OfManifest(
  manifest: Manifest,
  version: string,
  os: MachineOs,
  arch: MachineArch,
): H1 {
  const prefix = `${toolchainModule}@${toolchainVersion(version, os, arch)}/`;
  const names: string[] = [];
  const renamed = new Map<string, string>();
  for (const path of manifest.keys()) {
    if (notInModule.test(path)) continue;
    // A module has its own go.mod, and only that, so distpack renames those of a release.
    const name = path.replace(/(^|\/)go\.mod$/, '$1_go.mod');
    if (name !== path) renamed.set(name, path);
    names.push(name);
  }
  // A release with both names has a line twice, which no module has: it equals none.
  const sha256Of = (name: string): string => manifest.get(renamed.get(name) ?? name)?.sha256 ?? '';
  return {
    h1: hash1(names, sha256Of, prefix),
    files: names.length,
    skipped: manifest.size - names.length,
  };
}

export const toolchainModule = 'golang.org/toolchain';

/** The version that the database knows a release by: "v0.0.1-go1.27.0.windows-amd64". */
export function toolchainVersion(version: string, os: MachineOs, arch: MachineArch): string {
  return `v0.0.1-${version}.${os}-${arch}`;
}

/**
 * Go's `dirhash.Hash1`: SHA-256 over one line a file, `<sha256>  <name>\n`, in byte order of the names.
 * @param names are sorted in place: a release has 15,000, and copies of them would cost the memory several times over
 * @param prefix stands before each name
 */
export function hash1(names: string[], sha256Of: (name: string) => string, prefix = ''): string {
  const hash = createHash('sha256');
  let lines = '';
  for (const name of sortByBytes(names)) {
    if (name.includes('\n')) {
      throw new FailureError('archive.unsafePath', { params: { path: name, why: 'character' } });
    }
    lines += `${sha256Of(name)}  ${prefix}${name}\n`;
    if (lines.length < linesAtOnce) continue;
    hash.update(lines);
    lines = '';
  }
  return `h1:${hash.update(lines).digest('base64')}`;
}

/** Characters that are hashed in one call. */
const linesAtOnce = 16 * 1024;

/** By their UTF-8 bytes. The language's own order, of UTF-16 units, differs from it only where surrogates are. */
function sortByBytes(names: string[]): readonly string[] {
  return names.some((name) => surrogate.test(name))
    ? names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    : names.sort();
}

const surrogate = /[\ud800-\udfff]/;
