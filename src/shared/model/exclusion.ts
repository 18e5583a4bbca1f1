// Exclusions: what Defender is told not to scan, who said so, and what came of asking for one.
import { z } from '../zod';
import { messageSchema } from './message';

export const exclusionKindSchema = z.enum(['path', 'process', 'extension', 'ip']);
export type ExclusionKind = z.infer<typeof exclusionKindSchema>;

/** One entry as Defender stores it. A contextual exclusion is a path whose value ends in `\:{…}`. */
export const exclusionSchema = z.object({
  kind: exclusionKindSchema,
  value: z.string().min(1).max(2048),
});
export type Exclusion = z.infer<typeof exclusionSchema>;

/** Every write is read back. `unknown`: it could not be read back; never shown as done. */
export const writeResultSchema = z.enum(['applied', 'refused', 'unknown']);
export type WriteResult = z.infer<typeof writeResultSchema>;

export const riskSchema = z.object({
  level: z.enum(['low', 'medium', 'high']),
  reason: messageSchema,
});
export type Risk = z.infer<typeof riskSchema>;

/** Ours (in the journal), a policy's, the user's, or not known. */
export const ownerSchema = z.enum(['gangway', 'organisation', 'user', 'unknown']);
export type Owner = z.infer<typeof ownerSchema>;

export const expirySchema = z.enum(['1h', '8h', '7d', 'never']);
export type Expiry = z.infer<typeof expirySchema>;
/** Milliseconds; `never` has none. */
export const expiryMs: Readonly<Record<Exclude<Expiry, 'never'>, number>> = {
  '1h': 3_600_000,
  '8h': 28_800_000,
  '7d': 604_800_000,
};

export const purposeSchema = z.enum([
  'buildFolder',
  'buildCache',
  'toolchain',
  'moduleCache',
  'file',
]);
export type Purpose = z.infer<typeof purposeSchema>;

/** One proposal of the planner, narrowest first. */
export const plannedExclusionSchema = z.object({
  id: z.string().max(64),
  purpose: purposeSchema,
  kind: exclusionKindSchema,
  /** What Defender will store, absolute and expanded. */
  value: z.string().max(2048),
  /** The folder or file a person recognises: `value` without its context. */
  target: z.string().max(2048),
  contextual: z.boolean(),
  why: messageSchema,
  gain: messageSchema,
  risk: riskSchema,
  expiry: expirySchema,
  /** Chosen by default; the user can switch each. */
  enabled: z.boolean(),
  /** Set with it: GOTMPDIR for the build folder. */
  setsGoEnv: z.object({ name: z.string().max(64), value: z.string().max(2048) }).optional(),
});
export type PlannedExclusion = z.infer<typeof plannedExclusionSchema>;

export const exclusionResultSchema = z.object({
  kind: exclusionKindSchema,
  value: z.string().max(2048),
  result: writeResultSchema,
  why: messageSchema,
  /** ISO 8601, UTC; null where it has no end. */
  expires: z.string().max(40).nullable(),
  /** Whether Defender's own log tells of the change (event 5007): evidence beside the list. Absent where nobody looked. */
  log: z.enum(['seen', 'missing', 'unknown']).optional(),
});
export type ExclusionResult = z.infer<typeof exclusionResultSchema>;

export const listedExclusionSchema = z.object({
  id: z.string().max(64),
  kind: exclusionKindSchema,
  value: z.string().max(2048),
  owner: ownerSchema,
  why: messageSchema,
  risk: riskSchema,
  expires: z.string().max(40).nullable(),
  /** The journal run that added it, for ours. */
  run: z.string().max(64).nullable(),
});
export type ListedExclusion = z.infer<typeof listedExclusionSchema>;

/** `hidden` and `unavailable` are never shown as "none". */
export const visibilitySchema = z.enum(['known', 'hidden', 'unavailable']);
export type Visibility = z.infer<typeof visibilitySchema>;

export const rollbackReportSchema = z.object({
  undone: z.array(z.object({ what: messageSchema, value: z.string().max(4096) })).max(500),
  kept: z.array(z.object({ value: z.string().max(4096), why: messageSchema })).max(500),
});
export type RollbackReport = z.infer<typeof rollbackReportSchema>;
