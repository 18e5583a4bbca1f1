// When a file is suddenly not there, Defender's record may say why. A failure that it explains is told as what it is.
import { readBlocks, type StoryContext } from './watchBlocks';
import type { World } from './world';
import { FailureError, asFailure } from '../failureError';
import type { Block, Failure, FailureCode } from '../../shared/model';

/** What an antivirus that takes or holds a file looks like from here. */
const suspect: ReadonlySet<FailureCode> = new Set([
  'disk.missing',
  'disk.denied',
  'disk.locked',
  'install.fileVanished',
  'install.fileChanged',
  'install.virus',
]);

/** Milliseconds until Windows has written a detection into its log. */
const logDelay = 1_500;
const lookEvery = 100;

/** @param since when the step began @returns the failure, or `defender.blocked` where a block of Go explains it */
export async function explainVanished(
  world: World,
  thrown: unknown,
  since: Date,
  context: () => Promise<StoryContext>,
): Promise<Failure> {
  const failure = asFailure(thrown);
  if (world.protection.kind === 'missing' || !suspect.has(failure.code)) return failure;
  const { events } = world.protection;
  const told = await context();
  for (let waited = 0; waited <= logDelay; waited += lookEvery) {
    const seen = await readBlocks({ ...told, events, clock: world.clock }, 1);
    const block = seen.blocks.find(
      (candidate) => candidate.concernsGo && candidate.at >= since.toISOString(),
    );
    if (block !== undefined) return blockedFailure(block, failure);
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
  }
  return failure;
}

/** A block of Go stopped the work. */
export function blockedFailure(block: Block, cause?: Failure): Failure {
  return new FailureError('defender.blocked', {
    params: { file: block.file, threat: block.threat ?? '' },
    next: ['seeBlocks', 'retry'],
    details: [
      { id: 'file', value: block.path },
      ...(block.threat === null ? [] : [{ id: 'threat', value: block.threat }]),
      { id: 'block', value: block.id },
    ],
    ...(cause === undefined ? {} : { cause: new Error(cause.code) }),
  }).failure;
}
