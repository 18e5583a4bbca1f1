import type { OrganisationKey } from './signatures';

/** The keys that an administrator added, each after its fingerprint was shown. */
export interface OrganisationKeyRing {
  /** What a file holds. Nothing is kept. @throws FailureError `keys.notAKey`, `keys.weak` */
  inspect(armored: string): Promise<Pick<OrganisationKey, 'fingerprint' | 'name'>>;
  /** @throws FailureError as `inspect` */
  add(armored: string): Promise<OrganisationKey>;
  list(): Promise<readonly OrganisationKey[]>;
  /** @throws FailureError `keys.noSuchKey` */
  remove(fingerprint: string): Promise<void>;
}
