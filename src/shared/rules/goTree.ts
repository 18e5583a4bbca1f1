// What can be told of a Go tree from its files' names and hashes alone.
import type { MachineArch, MachineOs } from '../model';
import { machineArchSchema, machineOsSchema } from '../model/release';

/** Paths below the root, with forward slashes, sorted. */
export interface TreeDifference {
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

type Tree = ReadonlyMap<string, { readonly sha256: string; readonly size: number }>;

/** Files of Gangway's own at the top of a tree that it installed. */
export function notOfRelease(path: string): boolean {
  return path === '.gangway.json' || path === '.gangway.partial';
}

export function compareTrees(tree: Tree, expected: Tree): TreeDifference {
  const changed: string[] = [];
  const missing: string[] = [];
  for (const [path, file] of expected) {
    const found = tree.get(path);
    if (found === undefined) missing.push(path);
    else if (found.sha256 !== file.sha256) changed.push(path);
  }
  const extra = [...tree.keys()].filter((path) => !expected.has(path));
  return { changed: changed.sort(), missing: missing.sort(), extra: extra.sort() };
}

/** Of the tools' folder, `pkg/tool/windows_amd64`; null where there is none or more than one. */
export function platformOf(
  tree: Tree,
): { readonly os: MachineOs; readonly arch: MachineArch } | null {
  const names = new Set<string>();
  for (const path of tree.keys()) {
    const name = /^pkg\/tool\/([^/]+)\//.exec(path)?.[1];
    if (name !== undefined) names.add(name);
  }
  const [name] = names;
  if (name === undefined || names.size > 1) return null;
  const [os, arch] = name.split('_');
  const parsedOs = machineOsSchema.safeParse(os);
  const parsedArch = machineArchSchema.safeParse(arch);
  return parsedOs.success && parsedArch.success
    ? { os: parsedOs.data, arch: parsedArch.data }
    : null;
}
