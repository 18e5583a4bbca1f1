// The sum (h1) under which a checksum database records a release's toolchain module. Written apart from the code that
// checks it, so that the lab does not prove a mistake with itself.
import { createHash } from 'node:crypto';
import type { ZipEntry } from './zipWriter';

/** Of a module whose go.mod is `module golang.org/toolchain` and nothing else: the same for every toolchain. */
export const goModSum = 'h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=';

export const toolchainModule = 'golang.org/toolchain';

export function toolchainVersion(version: string, os: string, arch: string): string {
  return `v0.0.1-${version}.${os}-${arch}`;
}

export interface ModuleSum {
  /** Takes the next file of the archive and hands it on. */
  readonly pass: (entry: ZipEntry) => ZipEntry;
  /** "h1:" and base64. */
  sum(): string;
}

/** golang.org/x/mod/sumdb/dirhash, Hash1, over what Go's distpack puts into the module. */
export function moduleSum(moduleVersion: string): ModuleSum {
  const lines: { readonly name: string; readonly hash: string }[] = [];
  return {
    pass: (entry) => {
      const below = entry.name.slice('go/'.length);
      if (!/^(?:api|doc|misc|test)\//.test(below)) {
        const renamed = below.replace(/(^|\/)go\.mod$/, '$1_go.mod');
        lines.push({
          name: `${toolchainModule}@${moduleVersion}/${renamed}`,
          hash: createHash('sha256').update(entry.content).digest('hex'),
        });
      }
      return entry;
    },
    sum() {
      lines.sort((a, b) => (a.name < b.name ? -1 : 1));
      const text = lines.map(({ name, hash }) => `${hash}  ${name}\n`).join('');
      return `h1:${createHash('sha256').update(text).digest('base64')}`;
    },
  };
}
