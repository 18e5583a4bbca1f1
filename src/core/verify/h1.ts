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
  const lines: (readonly [name: string, sha256: string])[] = [];
  for (const [path, { sha256 }] of manifest) {
    if (notInModule.test(path)) continue;
    lines.push([path.replace(/(^|\/)go\.mod$/, '$1_go.mod'), sha256]);
  }
  return {
    h1: hash1(lines.map(([name, sha256]) => [prefix + name, sha256])),
    files: lines.length,
    skipped: manifest.size - lines.length,
  };
}

export const toolchainModule = 'golang.org/toolchain';

/** The version that the database knows a release by: "v0.0.1-go1.27.0.windows-amd64". */
export function toolchainVersion(version: string, os: MachineOs, arch: MachineArch): string {
  return `v0.0.1-${version}.${os}-${arch}`;
}

/** Go's `dirhash.Hash1`: SHA-256 over one line a file, `<sha256>  <name>\n`, in byte order of the names. */
export function hash1(files: readonly (readonly [name: string, sha256: string])[]): string {
  const hash = createHash('sha256');
  for (const [name, sha256] of [...files].sort(([a], [b]) => compareBytes(a, b))) {
    if (name.includes('\n')) {
      throw new FailureError('archive.unsafePath', { params: { path: name, why: 'character' } });
    }
    hash.update(`${sha256}  ${name}\n`);
  }
  return `h1:${hash.digest('base64')}`;
}

/** Order of the UTF-8 bytes. UTF-16 order differs from it only where surrogates are. */
function compareBytes(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

const surrogate = /[\ud800-\udfff]/;
