// Makes a `VerifiedRelease`. Imported by `verify.ts` alone (and by tests): the import rules refuse anyone else.
import type { VerifiedParts, VerifiedRelease } from './verifiedRelease';

const sealed = new WeakSet();

export function sealVerified(parts: VerifiedParts): VerifiedRelease {
  const release = Object.freeze({ ...parts }) as VerifiedRelease;
  sealed.add(release);
  return release;
}

export function isSealed(candidate: object): boolean {
  return sealed.has(candidate);
}
