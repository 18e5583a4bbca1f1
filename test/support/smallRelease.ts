// A small Go release for Windows as a zip, and sealed as if it had been proved.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { h1OfManifest } from '../../src/core/verify/h1';
import { sealVerified } from '../../src/core/verify/sealVerified';
import type { VerifiedParts, VerifiedRelease } from '../../src/core/verify/verifiedRelease';
import { makeZip, sha256Of } from './zip';

/** Path below `go/` → content. A Go in miniature: programs, sources, non-ASCII names, an empty and a large file. */
export function smallFiles(version: string): ReadonlyMap<string, string | Buffer> {
  const files = new Map<string, string | Buffer>([
    ['VERSION', `${version}\ntime 2026-08-18T21:24:23Z\n`],
    ['LICENSE', 'BSD'],
    ['bin/go.exe', programBytes(300_000, `go ${version}`)],
    ['bin/gofmt.exe', 'MZ gofmt'],
    ['pkg/tool/windows_amd64/compile.exe', programBytes(3_000_000, `compile ${version}`)],
    ['pkg/tool/windows_amd64/link.exe', 'MZ link'],
    ['src/go.mod', 'module std\n'],
    ['src/empty.go', ''],
    ['test/fixedbugs/issue27836.dir/Þfoo.go', 'package foo\n'],
    ['api/go1.txt', 'pkg fmt\n'],
  ]);
  for (let i = 0; i < 120; i++)
    files.set(`src/p${String(i % 7)}/f${String(i)}.go`, `package p${String(i)}\n`);
  return files;
}

/** As hard to compress as a program, and the same each time. */
export function programBytes(length: number, seed: string): Buffer {
  const bytes = Buffer.alloc(length, 'MZ');
  for (let at = 2; at + 64 <= length; at += 64) {
    bytes.write(sha256Of(`${seed} ${String(at)}`), at, 'latin1');
  }
  return bytes;
}

export function manifestOf(
  files: ReadonlyMap<string, string | Buffer>,
): ReadonlyMap<string, { readonly sha256: string; readonly size: number }> {
  return new Map(
    [...files].map(([path, content]) => [
      path,
      { sha256: sha256Of(content), size: Buffer.byteLength(content) },
    ]),
  );
}

/** Writes the zip to the folder. `parts` lets a test seal what a proof would not. */
export function smallRelease(
  folder: string,
  version = 'go1.27.0',
  parts: Partial<VerifiedParts> = {},
  files: ReadonlyMap<string, string | Buffer> = smallFiles(version),
): VerifiedRelease {
  const zip = makeZip(
    [...files].map(([path, content]) => ({
      path: `go/${path}`,
      content,
      mode: path.startsWith('bin/') ? 0o100755 : 0o100644,
    })),
  );
  const filename = `${version}.windows-amd64.zip`;
  const archive = join(folder, filename);
  mkdirSync(folder, { recursive: true });
  writeFileSync(archive, zip);
  const manifest = manifestOf(files);
  return sealVerified({
    version,
    os: 'windows',
    arch: 'amd64',
    filename,
    archive,
    sha256: sha256Of(zip),
    size: zip.length,
    h1: h1OfManifest(manifest, version, 'windows', 'amd64').h1,
    manifest,
    proofs: [],
    verifiedAt: '2026-11-24T00:00:00.000Z',
    ...parts,
  });
}
