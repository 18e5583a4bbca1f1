// The journal as people read it: newest first, one entry a thing that Gangway did.
import { z } from '../zod';
import { messageSchema } from './message';

export const historyEntrySchema = z.object({
  id: z.string().max(64),
  run: z.string().max(64),
  at: z.string().max(40),
  kind: z.enum([
    'upgrade',
    'exclusions',
    'goEnv',
    'verify',
    'download',
    'rollback',
    'switch',
    'removed',
    'expired',
    'journal',
  ]),
  title: messageSchema,
  detail: messageSchema,
  state: z.enum(['inEffect', 'takenBack', 'interrupted', 'none']),
  canUndo: z.boolean(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
