// The detached signature of a tar.gz or src.tar.gz, by a key whose primary fingerprint is pinned.
import { message } from '../../shared/model';
import type { SideText } from '../ports';
import type { Proving } from './context';
import { checkGoogleSignature } from './googleSignature';
import { fromEvidence, placeOf, plain, type Finding } from './ladder';

export async function checkOpenpgp(proving: Proving): Promise<Finding> {
  const { request, fetched } = proving;
  const found = await signatureText(request.signature, fetched.signature);
  const place = placeOf(found.from, request.source);
  switch (found.kind) {
    case 'notPublished':
      return {
        state: 'notPublished',
        summary: message('proof.openpgp.notPublished', { place }),
        evidence: [fromEvidence(found.from, request.source)],
      };
    case 'unavailable':
    case 'unusable':
      return {
        state: 'unavailable',
        summary: message('proof.openpgp.unavailable', { place }),
        evidence: [fromEvidence(found.from, request.source), plain('cause', found.cause)],
      };
    case 'found':
      break;
  }
  const signature = await checkGoogleSignature(proving, { path: request.file.path }, found.text);
  if (signature.kind === 'notGood') return signature.finding;
  return {
    state: 'passed',
    summary: message('proof.openpgp.passed', { date: signature.madeAt.slice(0, 10) }),
    evidence: signature.evidence,
  };
}

async function signatureText(
  given: string | undefined,
  fetched: Promise<SideText> | null,
): Promise<SideText> {
  if (given !== undefined) return { kind: 'found', text: given, from: '' };
  return (await fetched) ?? { kind: 'notPublished', from: '' };
}
