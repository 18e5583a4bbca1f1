// What went wrong, as data: a code that never changes, values for its sentences, and what the user can do next.
// The sentences are `failure.<code>.what` and `failure.<code>.meaning` in the catalogues.
import { z } from '../zod';
import { failureClass } from './failureClass';
import { paramsSchema } from './message';

export { failureClass };
export type FailureCode = keyof typeof failureClass;

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
  'setJournalAside',
  'showJournal',
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
