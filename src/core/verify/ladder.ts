// The rows of a verification in their fixed order, pushed as each changes. What cannot exist for a file says so from the
// start; everything else is `notChecked` until it was looked at.
import {
  message,
  proofIds,
  type Evidence,
  type Message,
  type Proof,
  type ProofId,
  type ProofState,
  type Source,
} from '../../shared/model';
import { isRecorded } from '../../shared/rules/proofPolicy';
import type { Artefact } from './artefact';

/** What looking at one proof found. */
export interface Finding {
  readonly state: ProofState;
  readonly summary: Message;
  readonly evidence?: readonly Evidence[];
  readonly name?: Message;
}

export interface Ladder {
  rows(): readonly Proof[];
  set(id: ProofId, finding: Finding): void;
  /** It does not exist for this file, so there is nothing to look at. */
  isSettled(id: ProofId): boolean;
}

export function startLadder(
  artefact: Artefact,
  onRows: (proofs: readonly Proof[]) => void,
): Ladder {
  const settled = notPublished(artefact);
  const rows = new Map<ProofId, Proof>(
    proofIds.map((id) => [id, asRow(id, settled[id] ?? waiting[id])]),
  );
  const current = (): readonly Proof[] => [...rows.values()];
  onRows(current());
  return {
    rows: current,
    set(id, finding) {
      rows.set(id, asRow(id, finding));
      onRows(current());
    },
    isSettled: (id) => settled[id] !== undefined,
  };
}

/** A value in a fixed-width face: hashes, fingerprints, module names. */
export function code(id: string, value: string): Evidence {
  return { id, value: value.slice(0, 8192), code: true };
}

export function plain(id: string, value: string | number, text?: Message): Evidence {
  const shown = typeof value === 'string' ? value.slice(0, 8192) : value;
  return text === undefined ? { id, value: shown } : { id, value: shown, text };
}

/** What a difference often means, told without alarm. */
export function oftenMeans(): Evidence {
  return plain('oftenMeans', 'changedOnTheWay', message('evidence.oftenMeans.text'));
}

/** Where something came from: the whole address, and the name of a place whose address says nothing to people. */
export function fromEvidence(from: string, source: Source): Evidence {
  const place = placeOf(from, source);
  return typeof place === 'string' ? plain('from', from) : plain('from', from, place);
}

/** "dl.google.com" of an address; a folder as it is. All that is for the lab comes from its own mirror. */
export function placeOf(from: string, source: Source): string | Message {
  if (source.kind === 'embedded') return message('ui.source.lab');
  const match = /^[a-z][a-z0-9+.-]+:\/\/([^/?#]+)/i.exec(from);
  return (match?.[1] ?? from).slice(0, 256);
}

function asRow(id: ProofId, { state, summary, evidence = [], name }: Finding): Proof {
  const row = { id, state, summary, evidence: evidence.slice(0, 64) };
  return name === undefined ? row : { ...row, name };
}

const notYet = (summary: Message): Finding => ({ state: 'notChecked', summary });

const waiting: Readonly<Record<ProofId, Finding>> = {
  size: notYet(message('proof.size.waiting')),
  sha256: notYet(message('proof.sha256.waiting')),
  sidecar: notYet(message('proof.sidecar.waiting')),
  pins: notYet(message('proof.pins.waiting')),
  checksumDatabase: notYet(message('proof.checksumDatabase.waiting')),
  openpgp: notYet(message('proof.openpgp.waiting')),
  signedSource: notYet(message('proof.signedSource.waiting')),
  organisation: notYet(message('proof.organisation.waiting')),
  authenticode: notYet(message('proof.authenticode.waiting')),
};

function notPublished({ kind, version }: Artefact): Partial<Record<ProofId, Finding>> {
  const settled: Partial<Record<ProofId, Finding>> = {};
  const none = (id: ProofId, summary: Message): void => {
    settled[id] = { state: 'notPublished', summary };
  };
  const isTar = kind === 'tarGz' || kind === 'source';
  if (!isTar) none('openpgp', message('proof.openpgp.onlyTar'));
  if (kind !== 'msi') none('authenticode', message('proof.authenticode.onlyMsi'));
  if (kind === 'source') {
    none('signedSource', message('proof.signedSource.isSource'));
    none('checksumDatabase', message('proof.checksumDatabase.notSource'));
  } else if (kind !== 'zip' && kind !== 'tarGz') {
    none('signedSource', message('proof.signedSource.onlyArchives'));
    none('checksumDatabase', message('proof.checksumDatabase.onlyArchives'));
  } else if (!isRecorded(version)) {
    none('checksumDatabase', message('proof.checksumDatabase.tooOld'));
  }
  return settled;
}
