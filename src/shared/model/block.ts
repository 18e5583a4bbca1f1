// A block: what Windows stopped, told once. Several events of one detection, and many files of one burst, are one story.
import { z } from '../zod';
import { messageSchema } from './message';

export const blockSchema = z.object({
  id: z.string().max(96),
  /** ISO 8601, UTC. */
  at: z.string().max(40),
  source: z.enum(['defender', 'attackSurfaceReduction', 'appControl']),
  action: z.enum(['quarantined', 'removed', 'blocked', 'allowed', 'failed', 'detected']),
  headline: messageSchema,
  /** Last segment of the path, and the path itself. */
  file: z.string().max(512),
  path: z.string().max(4096),
  threat: z.string().max(256).nullable(),
  /** `originalFile` only where its hash equals a verified release's; else not claimed. */
  verdict: z.enum(['originalFile', 'ofRelease', 'builtHere', 'notGo', 'unknown']),
  verdictText: messageSchema,
  whatItIs: messageSchema,
  whatItMeans: messageSchema,
  concernsGo: z.boolean(),
  /** A path exclusion can help: the prevalence rule honours one, Smart App Control does not. */
  exclusionHelps: z.boolean(),
  count: z.number().int().positive(),
  seen: z.boolean(),
  evidence: z.array(z.object({ id: z.string().max(64), value: z.string().max(8192) })).max(64),
});
export type Block = z.infer<typeof blockSchema>;
