// What went wrong, as data: a code that never changes, values for its sentences, and what the user can do next.
// The sentences are `failure.<code>.what` and `failure.<code>.meaning` in the catalogues.
import { z } from '../zod';
import { paramsSchema } from './message';

/** How a failure ends a command: the class decides the exit code. */
export const failureClass = {
  internal: 'failed',
  usage: 'usage',
  cancelled: 'declined',
  'network.unreachable': 'unavailable',
  'network.proxyAuth': 'unavailable',
  'network.status': 'unavailable',
  'catalogue.notJson': 'failed',
  'catalogue.wrongShape': 'refused',
  'catalogue.noCache': 'unavailable',
  'catalogue.noSuchVersion': 'usage',
  'catalogue.noFile': 'unavailable',
  'catalogue.emptyHash': 'refused',
  'catalogue.noList': 'unavailable',
  'download.notGo': 'failed',
  'download.tooLarge': 'refused',
  'download.wrongLength': 'failed',
  'download.interrupted': 'failed',
  'download.stalled': 'failed',
  'download.resumeRefused': 'failed',
  'download.resumeNetwork': 'failed',
  'download.brokenPartial': 'failed',
  'download.reencoded': 'refused',
  'download.paused': 'declined',
  'disk.full': 'failed',
  'disk.denied': 'failed',
  'disk.locked': 'failed',
  'disk.missing': 'failed',
  'proof.failed': 'refused',
  'proof.unavailable': 'unavailable',
  'proof.notEnough': 'refused',
  'proof.unknownVersion': 'usage',
  'archive.unsafePath': 'refused',
  'archive.tooMany': 'refused',
  'archive.tooLarge': 'refused',
  'archive.broken': 'refused',
  'archive.wrongVersion': 'refused',
  'install.fileVanished': 'failed',
  'install.fileChanged': 'refused',
  'install.virus': 'failed',
  'install.targetExists': 'failed',
  'install.noSuchVersion': 'usage',
  'install.linkRefused': 'failed',
  'goFind.none': 'unavailable',
  'goEnv.unavailable': 'unavailable',
  'exclusion.refused': 'refused',
  'exclusion.notPlanned': 'usage',
  'defender.unavailable': 'unavailable',
  'defender.notApplied': 'refused',
  'defender.managed': 'refused',
  'defender.otherAntivirus': 'unavailable',
  'defender.off': 'unavailable',
  'defender.blocked': 'failed',
  'elevation.declined': 'declined',
  'elevation.unavailable': 'unavailable',
  'adapter.missing': 'unavailable',
  'keys.notAKey': 'usage',
  'keys.weak': 'refused',
  'keys.noSuchKey': 'usage',
  'journal.broken': 'failed',
  'state.locked': 'unavailable',
} as const satisfies Record<string, 'failed' | 'usage' | 'refused' | 'unavailable' | 'declined'>;

export type FailureCode = keyof typeof failureClass;
export type FailureClass = (typeof failureClass)[FailureCode];

/** What a person can do next; each is a button in the app and a line on the command line (`next.<id>`). */
export const nextStepSchema = z.enum([
  'retry',
  'openInBrowser',
  'tryMirrorChina',
  'tryGoDev',
  'chooseOtherVersion',
  'chooseOtherSource',
  'deleteAndDownloadAgain',
  'acceptUnavailable',
  'continueWithout',
  'askAgain',
  'openWindowsSecurity',
  'freeSpace',
  'closePrograms',
  'undo',
  'seeBlocks',
  'askAdministrator',
  'useLab',
  'addKey',
  'checkNetwork',
  'report',
]);
export type NextStep = z.infer<typeof nextStepSchema>;

export const detailSchema = z.object({ id: z.string().max(64), value: z.string().max(8192) });
/** One line of the fold-out "Details": `detail.<id>` is its label. */
export type Detail = z.infer<typeof detailSchema>;

export const failureSchema = z.object({
  kind: z.literal('failure'),
  code: z.enum(Object.keys(failureClass) as [FailureCode, ...FailureCode[]]),
  params: paramsSchema,
  next: z.array(nextStepSchema).max(8),
  details: z.array(detailSchema).max(32),
  /** The text of the underlying error, for support. Never translated. */
  cause: z.string().max(8192).optional(),
  /** ISO 8601, UTC. */
  at: z.string().max(40),
});
export type Failure = z.infer<typeof failureSchema>;
