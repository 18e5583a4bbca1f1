// Size, the list's SHA-256 and the `.sha256` file: one trust domain, the place that the file came from. They show that
// the transport left the file whole, not who made it.
import { message, type Message, type Source } from '../../shared/model';
import type { Proving } from './context';
import { code, fromEvidence, oftenMeans, placeOf, plain, type Finding } from './ladder';

export function checkSize({ request: { listed }, digest }: Proving): Finding {
  if (listed === null) return { state: 'notChecked', summary: message('proof.size.noList') };
  if (listed.size === 0) return { state: 'notPublished', summary: message('proof.size.unknown') };
  if (listed.size === digest.size) {
    return {
      state: 'passed',
      summary: message('proof.size.passed', { size: digest.size }),
      evidence: [plain('size', digest.size)],
    };
  }
  return {
    state: 'failed',
    summary: message('proof.size.failed', { size: digest.size, listed: listed.size }),
    evidence: [plain('expected', listed.size), plain('actual', digest.size), oftenMeans()],
  };
}

export function checkSha256({ request, digest }: Proving): Finding {
  const { listed, source, file } = request;
  const named = source.kind === 'go.dev' ? {} : { name: message('proof.sha256.nameListed') };
  if (listed === null) {
    return { state: 'notChecked', summary: message('proof.sha256.noList'), ...named };
  }
  const from = file.from === undefined ? [] : [fromEvidence(file.from, source)];
  if (listed.sha256 === '') {
    return { state: 'notPublished', summary: message('proof.sha256.none'), ...named };
  }
  if (listed.sha256 === digest.sha256) {
    return {
      state: 'passed',
      summary:
        source.kind === 'go.dev'
          ? message('proof.sha256.passed')
          : message('proof.sha256.passedElsewhere', { place: nameOf(source) }),
      evidence: [code('sha256', digest.sha256), ...from],
      ...named,
    };
  }
  return {
    state: 'failed',
    summary: message('proof.sha256.failed'),
    evidence: [
      code('expected', listed.sha256),
      code('actual', digest.sha256),
      ...from,
      oftenMeans(),
    ],
    ...named,
  };
}

export async function checkSidecar({
  request: { source },
  fetched,
  digest,
}: Proving): Promise<Finding> {
  const answer = await fetched.sidecar;
  const place = placeOf(answer.from, source);
  const from = fromEvidence(answer.from, source);
  switch (answer.kind) {
    case 'notPublished':
      return {
        state: 'notPublished',
        summary: message('proof.sidecar.notPublished', { place }),
        evidence: [from],
      };
    case 'unavailable':
      return {
        state: 'unavailable',
        summary: message('proof.sidecar.unavailable', { place }),
        evidence: [from, plain('cause', answer.cause)],
      };
    case 'unusable':
      return {
        state: 'unavailable',
        summary: message('proof.sidecar.unusable', { place }),
        evidence: [from, plain('cause', answer.cause)],
      };
    case 'found':
      break;
  }
  // Go writes the 64 digits and nothing else. A web page in their place is no answer, and never a pass.
  if (!/^[0-9a-f]{64}\s*$/.test(answer.text)) {
    return {
      state: 'unavailable',
      summary: message('proof.sidecar.unusable', { place }),
      evidence: [from, plain('cause', answer.text.slice(0, 80))],
    };
  }
  const published = answer.text.slice(0, 64);
  if (published === digest.sha256) {
    return {
      state: 'passed',
      summary: message('proof.sidecar.passed', { place }),
      evidence: [code('sha256', published), from],
    };
  }
  return {
    state: 'failed',
    summary: message('proof.sidecar.failed', { place }),
    evidence: [code('expected', published), code('actual', digest.sha256), from, oftenMeans()],
  };
}

/** A source as people know it. */
function nameOf(source: Source): string | Message {
  switch (source.kind) {
    case 'go.dev':
    case 'golang.google.cn':
      return source.kind;
    case 'url':
      return placeOf(source.url, source);
    case 'folder':
      return source.path.slice(0, 256);
    case 'embedded':
      return placeOf('', source);
  }
}
