// An organisation's word: `SHA256SUMS` on its mirror, signed by a key that an administrator added here. Whether it
// counts, is for the policy to say: only where the mirror was named.
import { message, type Source } from '../../shared/model';
import type { OrganisationKey, SideText } from '../ports';
import type { Proving } from './context';
import { code, fromEvidence, oftenMeans, placeOf, plain, type Finding } from './ladder';
import { refusedSignature, signatureEvidence } from './signatureRows';

export async function checkOrganisation(proving: Proving): Promise<Finding> {
  const { deps, fetched, signal, artefact, digest, request } = proving;
  if (fetched.sums === null) {
    return { state: 'notPublished', summary: message('proof.organisation.onlyMirror') };
  }
  const { sums, signature } = await fetched.sums;
  if (sums.kind !== 'found') return notFound(sums, request.source, 'list');
  if (signature.kind !== 'found') return notFound(signature, request.source, 'signature');

  const keys = await deps.organisationKeys.list();
  if (keys.length === 0) {
    return { state: 'notChecked', summary: message('proof.organisation.noKey') };
  }
  const answer = await deps.signatures.check(
    {
      text: sums.text,
      signature: signature.text,
      keyring: keys.map((key) => key.armored).join('\n'),
      primaryFingerprints: keys.map((key) => key.fingerprint),
    },
    signal,
  );
  if (answer.kind === 'refused' && answer.why === 'unknownKey') {
    return {
      state: 'unavailable',
      summary: message('proof.organisation.unknownKey'),
      evidence: [code('fingerprint', answer.detail)],
    };
  }
  if (answer.kind === 'refused') return refusedSignature(answer);

  const name = keyName(keys, answer.primaryFingerprint);
  const signed = [fromEvidence(sums.from, request.source), ...signatureEvidence(answer)];
  const listed = sumsFor(sums.text, artefact.filename);
  if (listed.length === 0) {
    return {
      state: 'notPublished',
      summary: message('proof.organisation.notListed', { name }),
      evidence: signed,
    };
  }
  const other = listed.find((sum) => sum !== digest.sha256);
  if (other !== undefined) {
    return {
      state: 'failed',
      summary: message('proof.organisation.failed', { name }),
      evidence: [code('expected', other), code('actual', digest.sha256), ...signed, oftenMeans()],
    };
  }
  return {
    state: 'passed',
    summary: request.namedMirror
      ? message('proof.organisation.passed', { name })
      : message('proof.organisation.notNamed', { name }),
    evidence: [code('sha256', digest.sha256), ...signed],
  };
}

/** The sums of one file in the text of `sha256sum`: 64 digits, a space, a space or `*`, the name. */
export function sumsFor(text: string, filename: string): string[] {
  const sums: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = /^([0-9a-fA-F]{64}) [ *](?:\.\/)?(.+)$/.exec(line);
    if (match?.[2] === filename) sums.push((match[1] ?? '').toLowerCase());
  }
  return sums;
}

function notFound(
  answer: Exclude<SideText, { kind: 'found' }>,
  source: Source,
  what: 'list' | 'signature',
): Finding {
  const place = placeOf(answer.from, source);
  switch (answer.kind) {
    case 'notPublished':
      return {
        state: 'notPublished',
        summary:
          what === 'list'
            ? message('proof.organisation.noList', { place })
            : message('proof.organisation.unsigned', { place }),
        evidence: [fromEvidence(answer.from, source)],
      };
    case 'unavailable':
    case 'unusable':
      return {
        state: 'unavailable',
        summary: message('proof.organisation.unavailable', { place }),
        evidence: [fromEvidence(answer.from, source), plain('cause', answer.cause)],
      };
  }
}

function keyName(keys: readonly OrganisationKey[], fingerprint: string): string {
  return keys.find((key) => key.fingerprint === fingerprint)?.name ?? fingerprint;
}
