// What a signature's answer looks like as a row, whoever signed.
import { message, type Evidence } from '../../shared/model';
import type { SignatureAnswer } from '../ports';
import { code, plain, type Finding } from './ladder';

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
