// The one IPC value: every call with the schema of its argument and its result, every push with its payload's. Main
// serves it, the preload's client and the tests' fake are derived from it; nothing else names a channel.
import { z } from '../zod';
import { appStateSchema, pageSchema } from '../model/appState';
import { expirySchema } from '../model/exclusion';
import type { failureSchema } from '../model/failure';
import { proofIdSchema } from '../model/proof';
import { sourceSchema } from '../model/release';
import { settingsPatchSchema } from '../model/settings';
import { wizardStepSchema } from '../model/wizard';
import type { CallName, PushName } from './names';

export * from './names';

/** Largest argument that main reads, in characters of its JSON. No intent comes near it. */
export const maxArgumentChars = 64 * 1024;

const nothing = z.undefined();
const id = z.string().min(1).max(96);

interface Entry {
  readonly argument: z.ZodType;
  readonly result: z.ZodType;
}

/** `{ revision, state }`: pushes with a lower or equal revision are older than the snapshot. */
export const snapshotSchema = z.object({
  revision: z.number().int().nonnegative(),
  state: appStateSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export const pushSchema = z.object({
  revision: z.number().int().positive(),
  slices: appStateSchema.partial(),
});
export type StatePush = z.infer<typeof pushSchema>;

/** Pages on the web that the app may open, by name: the renderer never passes an address. */
export const linkSchema = z.enum([
  'goDownloads',
  'goFaqVirus',
  'microsoftSubmission',
  'defenderExclusions',
  'windowsSecurity',
  'failedAddress',
]);

export const calls = {
  'app.snapshot': { argument: nothing, result: snapshotSchema },
  'app.ready': { argument: nothing, result: nothing },
  'app.openPage': { argument: pageSchema, result: nothing },
  'app.openLink': { argument: linkSchema, result: nothing },
  /** As by its title bar: the app stays in the tray. */
  'app.closeWindow': { argument: nothing, result: nothing },
  'app.copyText': { argument: z.string().max(16_384), result: nothing },
  'app.copyReport': {
    argument: z.enum(['proofs', 'failure', 'history', 'block']),
    result: nothing,
  },
  'app.chooseScenario': { argument: z.string().min(1).max(64), result: nothing },
  'app.useLab': { argument: nothing, result: nothing },
  /** Opens a file dialog in main; the key is shown by fingerprint and added only with `confirm`. */
  'app.addKey': {
    argument: z.object({ confirm: z.string().max(64).nullable() }),
    result: z.object({ fingerprint: z.string().max(64), name: z.string().max(256) }).nullable(),
  },
  'app.removeKey': { argument: z.string().max(64), result: nothing },
  'find.refresh': { argument: nothing, result: nothing },
  'find.select': { argument: id, result: nothing },
  'find.chooseFolder': { argument: nothing, result: nothing },
  'choose.refresh': { argument: nothing, result: nothing },
  'choose.source': { argument: sourceSchema, result: nothing },
  'choose.chooseFolder': { argument: nothing, result: nothing },
  'choose.select': {
    argument: z.object({
      offer: z.enum(['newestPatch', 'newestStable', 'other']),
      version: z.string().max(64).nullable(),
    }),
    result: nothing,
  },
  'download.start': { argument: nothing, result: nothing },
  'download.pause': { argument: nothing, result: nothing },
  'download.cancel': { argument: nothing, result: nothing },
  'download.startOver': { argument: nothing, result: nothing },
  'verify.start': { argument: nothing, result: nothing },
  'verify.accept': { argument: proofIdSchema, result: nothing },
  'exclusions.plan': { argument: nothing, result: nothing },
  'exclusions.toggle': { argument: z.object({ id, enabled: z.boolean() }), result: nothing },
  'exclusions.expiry': { argument: z.object({ id, expiry: expirySchema }), result: nothing },
  'exclusions.apply': { argument: nothing, result: nothing },
  'exclusions.skip': { argument: nothing, result: nothing },
  'install.start': { argument: nothing, result: nothing },
  'install.cancel': { argument: nothing, result: nothing },
  'wizard.goto': { argument: wizardStepSchema, result: nothing },
  'wizard.continue': { argument: nothing, result: nothing },
  'wizard.restart': { argument: nothing, result: nothing },
  'wizard.dismissFailure': { argument: nothing, result: nothing },
  'wizard.finishInterrupted': { argument: nothing, result: nothing },
  'wizard.undoInterrupted': { argument: nothing, result: nothing },
  'done.undoEverything': { argument: nothing, result: nothing },
  'done.switchBack': { argument: nothing, result: nothing },
  'exclusionsPage.read': { argument: nothing, result: nothing },
  'exclusionsPage.showHidden': { argument: nothing, result: nothing },
  'exclusionsPage.rollBack': {
    argument: z.union([z.object({ all: z.literal(true) }), z.object({ id })]),
    result: nothing,
  },
  'blocks.open': { argument: id.nullable(), result: nothing },
  'blocks.markSeen': { argument: id, result: nothing },
  'blocks.lookBack': { argument: nothing, result: nothing },
  'history.rollBack': {
    argument: z.union([z.object({ all: z.literal(true) }), z.object({ run: id })]),
    result: nothing,
  },
  /** The person's word that a damaged journal is kept aside, and that Gangway goes on with what can be read of it. */
  'history.setAside': { argument: nothing, result: nothing },
  /** Shows the journal's file in its folder. */
  'history.showJournal': { argument: nothing, result: nothing },
  'settings.set': { argument: settingsPatchSchema, result: nothing },
} as const satisfies Record<CallName, Entry>;

export const pushes = {
  state: pushSchema,
} as const satisfies Record<PushName, z.ZodType>;

export type Argument<N extends CallName> = z.infer<(typeof calls)[N]['argument']>;
export type Result<N extends CallName> = z.infer<(typeof calls)[N]['result']>;
export type Push<N extends PushName> = z.infer<(typeof pushes)[N]>;

/** What a call answers: a rejected message is answered too, never ignored. */
export const rejectionSchema = z.object({
  kind: z.literal('rejected'),
  reason: z.enum(['sender', 'shape', 'size', 'unknownCall', 'closing']),
});
export type Envelope<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: z.infer<typeof failureSchema> }
  | z.infer<typeof rejectionSchema>;

/** The client that the preload exposes: one function a call, one subscription a push. */
export interface GangwayClient {
  call<N extends CallName>(
    name: N,
    ...argument: Argument<N> extends undefined ? [] : [Argument<N>]
  ): Promise<Envelope<Result<N>>>;
  on<N extends PushName>(name: N, listener: (payload: Push<N>) => void): () => void;
}
