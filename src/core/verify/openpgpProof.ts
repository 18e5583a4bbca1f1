// The detached signature of a tar.gz or src.tar.gz, by a key whose primary fingerprint is pinned.
import { message, type Evidence } from '../../shared/model';
import type { SignatureAnswer, SideText } from '../ports';
import type { Proving } from './context';
import { code, placeOf, plain, type Finding } from './ladder';

export async function checkOpenpgp(proving: Proving): Promise<Finding> {
  const { request, deps, fetched, signal } = proving;
  const found = await signatureText(request.signature, fetched.signature);
  const place = placeOf(found.from);
  switch (found.kind) {
    case 'notPublished':
      return {
        state: 'notPublished',
        summary: message('proof.openpgp.notPublished', { place }),
        evidence: [plain('from', found.from)],
      };
    case 'unavailable':
    case 'unusable':
      return {
        state: 'unavailable',
        summary: message('proof.openpgp.unavailable', { place }),
        evidence: [plain('from', found.from), plain('cause', found.cause)],
      };
    case 'found':
      break;
  }
  const answer = await deps.signatures.check(
    { path: request.file.path, signature: found.text, ...proving.trust.openpgp },
    signal,
  );
  if (answer.kind === 'refused') return refusedSignature(answer);
  return {
    state: 'passed',
    summary: message('proof.openpgp.passed', { date: answer.madeAt.slice(0, 10) }),
    evidence: signatureEvidence(answer),
  };
}

/** A signature that does not count, as a row of its own. */
export function refusedSignature(answer: Extract<SignatureAnswer, { kind: 'refused' }>): Finding {
  return {
    state: 'failed',
    summary: message(`proof.signature.${answer.why}`),
    evidence: [plain('reason', answer.why), plain('cause', answer.detail)],
  };
}

export function signatureEvidence(answer: Extract<SignatureAnswer, { kind: 'good' }>): Evidence[] {
  return [
    code('fingerprint', answer.signingFingerprint),
    code('primaryFingerprint', answer.primaryFingerprint),
    plain('userId', answer.userId),
    plain('madeAt', answer.madeAt),
    ...(answer.keyExpires === null ? [] : [plain('keyExpires', answer.keyExpires)]),
  ];
}

async function signatureText(
  given: string | undefined,
  fetched: Promise<SideText> | null,
): Promise<SideText> {
  if (given !== undefined) return { kind: 'found', text: given, from: '' };
  return (await fetched) ?? { kind: 'notPublished', from: '' };
}
