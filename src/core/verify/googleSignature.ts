// A signature that must be Google's. It signs with subkeys that change every year or two, so a key that is not known
// here is looked for in what Google publishes now, once, under the pinned primary fingerprint. Where that cannot be
// had nothing is known about the signature, and the row says so.
import { message, type Evidence } from '../../shared/model';
import type { RefreshedSigningKeys, SignatureAnswer, Signed } from '../ports';
import type { Proving } from './context';
import { code, fromEvidence, oftenMeans, placeOf, plain, type Finding } from './ladder';
import { refusedSignature, signatureEvidence } from './signatureRows';

export type GoogleSignature =
  | { readonly kind: 'good'; readonly madeAt: string; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'notGood'; readonly finding: Finding };

type Refused = Extract<SignatureAnswer, { kind: 'refused' }>;
type NoKeys = Exclude<RefreshedSigningKeys, { kind: 'refreshed' }>;

export async function checkGoogleSignature(
  proving: Proving,
  signed: Signed,
  signature: string,
): Promise<GoogleSignature> {
  const { deps, trust, signal, request } = proving;
  const { keyring, primaryFingerprints } = trust.openpgp;
  const check = (keys: string): Promise<SignatureAnswer> =>
    deps.signatures.check({ ...signed, signature, keyring: keys, primaryFingerprints }, signal);

  const first = await check(keyring);
  if (first.kind === 'good') return good(first, []);
  if (first.why !== 'unknownKey') return notGood(refusedSignature(first));

  const newer = await proving.newerKeys();
  if (newer.kind !== 'refreshed') return notGood(withoutNewerKeys(proving, first, newer));
  const second = await check(`${keyring}\n${newer.keyring}`);
  const place = placeOf(newer.from, request.source);
  const asked = plain('keys', newer.from, message('evidence.keys.text', { place }));
  if (second.kind === 'good') return good(second, [asked]);
  if (second.why !== 'unknownKey') return notGood(refusedSignature(second));
  return notGood({
    state: 'failed',
    summary: message('proof.signature.notAmongKeys'),
    evidence: [code('fingerprint', second.detail), asked, plain('reason', second.why)],
  });
}

function withoutNewerKeys({ request }: Proving, { detail }: Refused, newer: NoKeys): Finding {
  const place = placeOf(newer.from, request.source);
  const evidence = [code('fingerprint', detail), fromEvidence(newer.from, request.source)];
  switch (newer.kind) {
    case 'unavailable':
      return {
        state: 'unavailable',
        summary: message('proof.signature.keysUnavailable', { place }),
        evidence: [
          ...evidence,
          plain('cause', newer.cause),
          plain('reason', keysUnavailable),
          plain('whatToDo', 'reachKeys', message('evidence.whatToDo.keys', { place })),
        ],
      };
    case 'notPinned':
      return {
        state: 'failed',
        summary: message('proof.signature.keysNotPinned', { place }),
        evidence: [
          ...evidence,
          code('offeredKeys', newer.fingerprints.join('\n')),
          plain('reason', keysNotPinned),
          oftenMeans(),
        ],
      };
  }
}

/** Reasons in the evidence, by which the next steps are chosen. */
export const keysUnavailable = 'keysUnavailable';
export const keysNotPinned = 'keysNotPinned';

function good(
  answer: Extract<SignatureAnswer, { kind: 'good' }>,
  more: readonly Evidence[],
): GoogleSignature {
  return { kind: 'good', madeAt: answer.madeAt, evidence: [...signatureEvidence(answer), ...more] };
}

function notGood(finding: Finding): GoogleSignature {
  return { kind: 'notGood', finding };
}
