// Asks Go's checksum database for a module's sum and believes the answer only if the record hashes up to a root that the
// database signed, in a history that continues the last one seen. It fails closed: anything else is not a sum.
import { timingSafeEqual } from 'node:crypto';
import type { HeadStore } from '../../ports';
import { LogRefusal, type LogRefusalReason } from './logRefusal';
import {
  consistencyRoots,
  consistencySubtrees,
  inclusionPath,
  leafHash,
  rangeHash,
  rootFromPath,
  subtreesOf,
} from './merkle';
import { readLookup, readTreeHead, sumOf, type TreeHead } from './records';
import { openNote, readVerifierKey, type VerifierKey } from './signedNote';
import { readHashes, type Hashes, type ReadPath } from './tiles';

/** A log that may be believed: who signs it, and how far it had come when this program was made. */
export interface LogTrust {
  /** `<name>+<hash>+<base64>` each. */
  readonly verifierKeys: readonly string[];
  /** A signed note with a tree head of that log; null where none is known. */
  readonly knownHead: string | null;
}

export type LogAnswer =
  | {
      readonly kind: 'recorded';
      readonly h1: string;
      /** The record's place, counted from 0. */
      readonly entry: number;
      /** Records in the tree that the proof was made in. */
      readonly treeSize: number;
      /** Hashes on the way from the record to the root. */
      readonly pathLength: number;
      /** "sum.golang.org+033de0ae" */
      readonly signedBy: string;
      /** The size of the last head seen, which this history continues; null where there was none. */
      readonly continues: number | null;
    }
  | { readonly kind: 'refused'; readonly why: LogRefusalReason; readonly detail: string }
  /** The database answers, and has no such record. */
  | { readonly kind: 'absent'; readonly from: string }
  | { readonly kind: 'unavailable'; readonly from: string; readonly cause: string };

/** Never throws on what the database answers; errors of `read` and `heads` pass through. */
export async function lookUp(
  module: string,
  version: string,
  trust: LogTrust,
  read: ReadPath,
  heads: HeadStore,
): Promise<LogAnswer> {
  try {
    return await prove(module, version, trust, read, heads);
  } catch (error) {
    if (error instanceof LogRefusal) {
      return { kind: 'refused', why: error.why, detail: error.detail };
    }
    throw error;
  }
}

interface Head extends TreeHead {
  readonly note: string;
  readonly signedBy: VerifierKey;
}

async function prove(
  module: string,
  version: string,
  trust: LogTrust,
  read: ReadPath,
  heads: HeadStore,
): Promise<LogAnswer> {
  const keys = trust.verifierKeys.map(readVerifierKey);
  const answer = await read(`/lookup/${module}@${version}`);
  if (answer.kind === 'notFound') return { kind: 'absent', from: answer.from };
  if (answer.kind === 'unavailable') return answer;

  const { id, record, note } = readLookup(answer.bytes);
  const given = openHead(note, keys);
  if (id >= given.size) throw new LogRefusal('notInTree', 'the record is beyond its own tree');
  const last = await lastSeen(given.signedBy, trust, keys, heads);

  // A cached answer may carry a head older than the last one seen. That is no reason to go back: everything is proved
  // in the larger of the two trees, of which the smaller must be the beginning.
  const head = last !== null && last.size > given.size ? last : given;
  if (last !== null) {
    const missing = await checkContinues(last, given, read);
    if (missing !== null) return missing;
  }
  if (head === given) await heads.remember(given.signedBy.id, given.note, given.size);

  const path = inclusionPath(id, head.size);
  const hashes = await readHashes(
    path.flatMap(([from, to]) => subtreesOf(from, to)),
    head.size,
    read,
  );
  if (hashes.kind !== 'found') return missingTile(hashes);
  const siblings = path.map(([from, to]) => rangeHash(from, to, hashes.hashOf));
  if (!same(rootFromPath(leafHash(record), id, head.size, siblings), head.root)) {
    throw new LogRefusal('notInTree', `record ${String(id)} does not lead to the signed root`);
  }
  // Only now is the record the log's own word. Nothing outside it is ever read for a sum.
  return {
    kind: 'recorded',
    h1: sumOf(record, module, version),
    entry: id,
    treeSize: head.size,
    pathLength: path.length,
    signedBy: given.signedBy.id,
    continues: last?.size ?? null,
  };
}

function openHead(note: string, keys: readonly VerifierKey[]): Head {
  const { text, signedBy } = openNote(note, keys);
  return { ...readTreeHead(text), note, signedBy };
}

/** The larger of the head that is kept and the one that came with the program. */
async function lastSeen(
  log: VerifierKey,
  trust: LogTrust,
  keys: readonly VerifierKey[],
  heads: HeadStore,
): Promise<Head | null> {
  const shipped = trust.knownHead === null ? null : openHead(trust.knownHead, keys);
  const kept = keptHead(await heads.last(log.id), keys);
  const sameLog = shipped?.signedBy.id === log.id ? shipped : null;
  if (kept === null || sameLog === null) return kept ?? sameLog;
  return kept.size >= sameLog.size ? kept : sameLog;
}

/** Null for a head that was damaged on disk: then the shipped one is the floor again. */
function keptHead(note: string | null, keys: readonly VerifierKey[]): Head | null {
  if (note === null) return null;
  try {
    return openHead(note, keys);
  } catch (error) {
    if (error instanceof LogRefusal) return null;
    throw error;
  }
}

/** Null when the two heads are one history. @throws LogRefusal forked or stale. */
async function checkContinues(last: Head, given: Head, read: ReadPath): Promise<LogAnswer | null> {
  const [older, newer] = given.size < last.size ? [given, last] : [last, given];
  const detail = `sizes ${String(last.size)} and ${String(given.size)}`;
  if (older.size === newer.size) {
    if (same(older.root, newer.root)) return null;
    throw new LogRefusal('forked', detail);
  }
  if (older.size === 0) return null;
  const hashes = await readHashes(consistencySubtrees(older.size, newer.size), newer.size, read);
  if (hashes.kind === 'notFound' && newer === last) throw new LogRefusal('stale', detail);
  if (hashes.kind !== 'found') return missingTile(hashes);
  const roots = consistencyRoots(older.size, newer.size, hashes.hashOf);
  if (same(roots.older, older.root) && same(roots.newer, newer.root)) return null;
  throw new LogRefusal('forked', detail);
}

function missingTile(hashes: Exclude<Hashes, { kind: 'found' }>): LogAnswer {
  const cause = hashes.kind === 'notFound' ? 'a tile is missing' : hashes.cause;
  return { kind: 'unavailable', from: hashes.from, cause };
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
