// Is an installed Go the genuine release? Its files are compared with an archive, with the manifest that Gangway kept,
// or, where neither is there, their hash with the checksum database's. It changes nothing, and it never says "genuine"
// for want of something to compare with.
import { h1OfManifest } from '../verify/h1';
import type { Manifest } from '../verify/verifiedRelease';
import type { Archives, KeptManifest, Manifests, OnProgress, Trees } from '../ports';
import type { MachineArch, MachineOs } from '../../shared/model';
import { message, type Message } from '../../shared/model/message';
import {
  compareTrees,
  notOfRelease,
  platformOf,
  type TreeDifference,
} from '../../shared/rules/goTree';

export interface AuditPorts {
  readonly archives: Pick<Archives, 'zipManifest' | 'treeManifest'>;
  readonly trees: Trees;
  readonly manifests: Pick<Manifests, 'bySha256' | 'byVersion'>;
}

export interface ReleaseIdentity {
  /** "go1.27.0" */
  readonly version: string;
  readonly os: MachineOs;
  readonly arch: MachineArch;
}

export interface AuditRequest {
  /** Folder of the Go, absolute. */
  readonly root: string;
  /** What the tree should equal; null: what Gangway kept, and what `lookupH1` says. */
  readonly against:
    | { readonly kind: 'archive'; readonly path: string }
    | { readonly kind: 'manifest'; readonly manifest: Manifest }
    | null;
  /** The h1 that a proof says this release has; null where it cannot be had. */
  readonly lookupH1?: (release: ReleaseIdentity, signal?: AbortSignal) => Promise<string | null>;
}

export interface AuditReport extends TreeDifference {
  readonly verdict: 'genuine' | 'changed' | 'unknown';
  /** What the tree's VERSION file says. */
  readonly version: string | null;
  readonly os: MachineOs | null;
  readonly arch: MachineArch | null;
  /** Of the tree as it is; null where version or platform are not known. */
  readonly h1: string | null;
  /** Files in the tree. */
  readonly files: number;
  /** Links in the tree: a release has none, so each is a change. */
  readonly links: readonly string[];
  /** What the verdict rests on. */
  readonly basis: 'archive' | 'manifest' | 'checksumDatabase' | 'none';
  readonly notes: readonly Message[];
}

/** @throws FailureError `disk.*`, `archive.*`, `cancelled`, and what `lookupH1` throws */
export async function auditTree(
  ports: AuditPorts,
  request: AuditRequest,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<AuditReport> {
  const { root, against } = request;
  const label = await ports.trees.label(root);
  const read = await ports.archives.treeManifest(root, onProgress, signal);
  const tree = new Map([...read.manifest].filter(([path]) => !notOfRelease(path)));
  const given =
    against === null
      ? null
      : against.kind === 'manifest'
        ? against.manifest
        : await ports.archives.zipManifest(against.path, undefined, signal);
  const kept = given === null ? await keptFor(ports, label.sha256, label.version, tree) : null;
  const platform = platformOf(tree) ?? (given === null ? kept : platformOf(given));
  const release =
    label.version === null || platform === null
      ? null
      : { version: label.version, os: platform.os, arch: platform.arch };
  const hash =
    release === null ? null : h1OfManifest(tree, release.version, release.os, release.arch);
  const facts = {
    version: label.version,
    os: platform?.os ?? null,
    arch: platform?.arch ?? null,
    h1: hash?.h1 ?? null,
    files: tree.size,
    links: read.links,
  };
  if (given !== null) {
    return { ...facts, ...byNames(tree, given, read.links), basis: 'archive' };
  }
  const expected = release === null ? null : ((await request.lookupH1?.(release, signal)) ?? null);
  // A kept manifest that the database contradicts was tampered with, or is another platform's: it names nothing.
  const names = kept !== null && (expected === null || expected === kept.h1) ? kept.manifest : null;
  if (names !== null) {
    const basis = expected === null ? 'manifest' : 'checksumDatabase';
    return { ...facts, ...byNames(tree, names, read.links), basis };
  }
  if (expected === null || hash === null) {
    const why = label.version === null ? 'audit.noVersion' : 'audit.noReference';
    return { ...facts, ...nothing, verdict: 'unknown', basis: 'none', notes: [message(why)] };
  }
  const genuine = expected === hash.h1 && read.links.length === 0;
  const notes = [
    ...(genuine ? [] : [message('audit.namesUnknown')]),
    ...(hash.skipped === 0 ? [] : [message('audit.notInHash', { count: hash.skipped })]),
  ];
  const verdict = genuine ? 'genuine' : 'changed';
  return { ...facts, ...nothing, verdict, basis: 'checksumDatabase', notes };
}

const nothing: TreeDifference = { changed: [], missing: [], extra: [] };

function byNames(
  tree: Manifest,
  expected: Manifest,
  links: readonly string[],
): TreeDifference & Pick<AuditReport, 'verdict' | 'notes'> {
  const difference = compareTrees(tree, expected);
  const { changed, missing, extra } = difference;
  const same = [changed, missing, extra, links].every((list) => list.length === 0);
  const notes = missing
    .filter((path) => path.endsWith('.exe'))
    .map((path) => message('audit.programMissing', { file: lastSegment(path) }));
  return { ...difference, verdict: same ? 'genuine' : 'changed', notes };
}

/** The manifest of the very archive where Gangway installed the tree, else the one of this version and platform. */
async function keptFor(
  ports: AuditPorts,
  sha256: string | null,
  version: string | null,
  tree: Manifest,
): Promise<KeptManifest | null> {
  const exact = sha256 === null ? null : await ports.manifests.bySha256(sha256);
  if (exact !== null) return exact.version === version || version === null ? exact : null;
  if (version === null) return null;
  const platform = platformOf(tree);
  const same = (await ports.manifests.byVersion(version)).filter(
    (kept) => platform === null || (kept.os === platform.os && kept.arch === platform.arch),
  );
  return same.length === 1 ? (same[0] ?? null) : null;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
