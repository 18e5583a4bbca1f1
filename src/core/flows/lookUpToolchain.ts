// What the checksum database says a release hashes to, proved down to the signed head.
import { FailureError } from '../failureError';
import type { ReleaseIdentity } from './audit';
import type { World } from './world';
import { toolchainModule, toolchainVersion } from '../verify/h1';
import { lookUp } from '../verify/log/checksumLog';
import type { Source } from '../../shared/model';

/** "h1:…"; null where the database has no record or was not reached. @throws FailureError `proof.failed` for a lie */
export async function lookUpToolchain(
  world: Pick<World, 'proofSources' | 'heads' | 'trustFor'>,
  source: Source,
  { version, os, arch }: ReleaseIdentity,
  signal?: AbortSignal,
): Promise<string | null> {
  const trust = await world.trustFor(source);
  const answer = await lookUp(
    toolchainModule,
    toolchainVersion(version, os, arch),
    trust.checksumDatabase,
    (path) => world.proofSources.checksumDatabase(source, path, signal),
    world.heads,
  );
  switch (answer.kind) {
    case 'recorded':
      return answer.h1;
    case 'absent':
    case 'unavailable':
      return null;
    case 'refused':
      throw new FailureError('proof.failed', {
        params: { file: version, proof: 'checksumDatabase' },
        next: ['retry', 'report'],
        details: [{ id: 'reason', value: answer.why }],
      });
  }
}
