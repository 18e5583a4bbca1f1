// One proof, one row. Rows are never merged into one tick; after a failure the later rows stay `notChecked`.
import { z } from '../zod';
import { messageSchema } from './message';

export const proofIds = [
  'size',
  'sha256',
  'sidecar',
  'pins',
  'checksumDatabase',
  'openpgp',
  'signedSource',
  'organisation',
  'authenticode',
] as const;
export const proofIdSchema = z.enum(proofIds);
export type ProofId = z.infer<typeof proofIdSchema>;

export const proofStateSchema = z.enum([
  'passed',
  'failed',
  'notPublished',
  'unavailable',
  'notChecked',
]);
export type ProofState = z.infer<typeof proofStateSchema>;

export const evidenceSchema = z.object({
  /** Stable name, for example `h1`; `evidence.<id>` is its label in the catalogues. */
  id: z.string().max(64),
  value: z.union([z.string().max(8192), z.number(), z.boolean()]),
  /** Shown in a fixed-width face with a copy button. */
  code: z.boolean().optional(),
  /** The value as people read it, where it needs more words than the value has. */
  text: messageSchema.optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const proofSchema = z.object({
  id: proofIdSchema,
  /** Where the name `proof.<id>.name` would say too much: the list of a mirror is not go.dev's. */
  name: messageSchema.optional(),
  state: proofStateSchema,
  summary: messageSchema,
  evidence: z.array(evidenceSchema).max(64),
});
export type Proof = z.infer<typeof proofSchema>;

/** `verified`: the policy is met. `refused`: a proof failed. `incomplete`: nothing failed, but the policy is not met. */
export const verdictSchema = z.enum(['verified', 'refused', 'incomplete']);
export type Verdict = z.infer<typeof verdictSchema>;
