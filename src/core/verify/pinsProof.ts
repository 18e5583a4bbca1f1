// The hash that the program carries for a file: recorded by others when the release came out, and shipped apart from it.
import { message } from '../../shared/model';
import type { Proving } from './context';
import { code, oftenMeans, plain, type Finding } from './ladder';

export function checkPins({ artefact, trust, digest }: Proving): Finding {
  const pin = trust.pin(artefact.filename);
  if (pin === null) return { state: 'notPublished', summary: message('proof.pins.unknown') };
  const date = plain('recorded', pin.date);
  if (pin.sha256 === digest.sha256) {
    return {
      state: 'passed',
      summary: message('proof.pins.passed'),
      evidence: [code('sha256', pin.sha256), date],
    };
  }
  // No Go file is known to have changed after its release: a difference is a strong alarm, whoever the source is.
  return {
    state: 'failed',
    summary: message('proof.pins.failed'),
    evidence: [code('expected', pin.sha256), code('actual', digest.sha256), date, oftenMeans()],
  };
}
