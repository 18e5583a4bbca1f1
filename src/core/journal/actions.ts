// What Gangway can do to a machine, as data from which it can be undone. Written to disk before it is done.
import { z } from '../../shared/zod';
import { exclusionSchema } from '../../shared/model/exclusion';
import { messageSchema } from '../../shared/model/message';

export const actionSchema = z.discriminatedUnion('kind', [
  /** Undo: remove exactly this entry, unless it was there before. */
  z.object({
    kind: z.literal('addExclusion'),
    exclusion: exclusionSchema,
    why: messageSchema,
    expires: z.string().nullable(),
    /** The list held it before: then it is not ours, and undo leaves it. Null: not known. */
    before: z.boolean().nullable(),
    /** Name of the expiry task, where it ends by itself. */
    task: z.string().nullable(),
  }),
  /** Undo: the value from before; empty means unset. */
  z.object({
    kind: z.literal('setGoEnv'),
    root: z.string(),
    name: z.string(),
    value: z.string(),
    before: z.string(),
  }),
  /** Undo: remove it if it is empty and Gangway made it. */
  z.object({ kind: z.literal('makeFolder'), path: z.string() }),
  /** Undo: remove the folder, after the link leads elsewhere. */
  z.object({
    kind: z.literal('unpack'),
    installRoot: z.string(),
    version: z.string(),
    root: z.string(),
    sha256: z.string(),
  }),
  /** Undo: point the link at `before` again; null removes it. */
  z.object({
    kind: z.literal('switchCurrent'),
    installRoot: z.string(),
    version: z.string(),
    before: z.string().nullable(),
  }),
]);
export type Action = z.infer<typeof actionSchema>;

/** Things worth reading later that changed nothing on the machine but Gangway's own folder. */
export const noteSchema = z.object({
  kind: z.enum([
    'downloaded',
    'verified',
    'refused',
    'upgraded',
    'rolledBack',
    'expired',
    'removedOld',
    'switched',
    'setAside',
  ]),
  title: messageSchema,
  detail: messageSchema,
});
export type Note = z.infer<typeof noteSchema>;

/** A line of the journal. `intent` is on disk before the effect, `done` after it was read back. */
export const recordSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    run: z.string(),
    at: z.string(),
    purpose: z.string(),
    /** How many intents make the plan complete: with fewer, it was cut off before it began and cannot be finished. */
    actions: z.number().int().nonnegative().optional(),
    /** Of a rollback: the actions that it takes back, so that it can be gone on with. */
    undoes: z.array(z.string()).optional(),
  }),
  z.object({
    kind: z.literal('intent'),
    id: z.string(),
    run: z.string(),
    at: z.string(),
    action: actionSchema,
  }),
  z.object({
    kind: z.literal('done'),
    id: z.string(),
    at: z.string(),
    result: z.enum(['applied', 'refused', 'unknown']),
    /** Of an exclusion: the list held it before, as the elevated side saw it. */
    before: z.boolean().nullable().optional(),
  }),
  z.object({
    kind: z.literal('undone'),
    id: z.string(),
    at: z.string(),
    /** `kept`: it is still ours and can be tried again. `released`: someone else changed it, so it is ours no more. */
    result: z.enum(['undone', 'gone', 'kept', 'released']),
    why: messageSchema.optional(),
  }),
  z.object({ kind: z.literal('note'), run: z.string(), at: z.string(), note: noteSchema }),
  z.object({ kind: z.literal('closed'), run: z.string(), at: z.string() }),
]);
export type JournalRecord = z.infer<typeof recordSchema>;
