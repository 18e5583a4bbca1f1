// What an elevated helper may say: JSON lines that carry the nonce, the batch and the hash of what it was given to run.
// Anything else, and anything that does not fit the steps, is no answer.
import type { ElevatedStep, StepRecord } from '../../ports';
import { exclusionSchema, visibilitySchema } from '../../../shared/model';
import { z } from '../../../shared/zod';

export interface Errand {
  readonly nonce: string;
  readonly batch: string;
  readonly steps: readonly ElevatedStep[];
  /** What the helper is given to run, ASCII. */
  readonly payload: Buffer;
  /** Base64 of its SHA-256. */
  readonly hash: string;
}

/** Whatever it says about: bytes of one line, and of all. */
export const maxAnswerBytes = 4 * 1024 * 1024;

export type Answer =
  | { readonly kind: 'progress'; readonly step: number }
  | { readonly kind: 'records'; readonly records: readonly StepRecord[] }
  /** The elevated side found the plan malformed, and has run nothing of it. */
  | { readonly kind: 'refused'; readonly cause: string }
  | { readonly kind: 'wrong'; readonly cause: string };

const known = z.boolean().nullable();
const text = z.string().max(1024).nullable();
const recordSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('exclusion'),
    before: known,
    after: known,
    check: z.enum(['excluded', 'notExcluded', 'unknown']),
    error: text,
    event: z.enum(['seen', 'missing', 'unknown']),
  }),
  z.strictObject({
    kind: z.literal('preferences'),
    reading: z.strictObject({
      visibility: visibilitySchema,
      exclusions: z
        .array(
          // What others have written may be longer than what Gangway writes.
          z.strictObject({
            kind: exclusionSchema.shape.kind,
            value: z.string().max(32_768),
            source: z.enum(['local', 'policy', 'unknown']),
          }),
        )
        .max(10_000),
    }),
  }),
  z.strictObject({ kind: z.literal('task'), present: known, error: text }),
]);
const origin = { nonce: z.string(), batch: z.string(), payload: z.string() };
const lineSchema = z.union([
  z.strictObject({ ...origin, step: z.number().int().min(1) }),
  z.strictObject({ ...origin, records: z.array(recordSchema) }),
  z.strictObject({ ...origin, refused: z.string().max(1024) }),
]);

const kindOf = {
  addExclusion: 'exclusion',
  removeExclusion: 'exclusion',
  readPreferences: 'preferences',
  registerExpiry: 'task',
  removeExpiry: 'task',
} as const satisfies Record<ElevatedStep['kind'], StepRecord['kind']>;

export function readAnswer(line: string, errand: Errand): Answer {
  const parsed = lineSchema.safeParse(parse(line));
  if (!parsed.success) return wrong('the helper said something that is no answer');
  const said = parsed.data;
  if (said.nonce !== errand.nonce) return wrong('an answer without the nonce');
  if (said.payload !== errand.hash) return wrong('an answer to another text');
  if ('refused' in said) return { kind: 'refused', cause: said.refused };
  if (said.batch !== errand.batch) return wrong('an answer for another batch');
  if ('step' in said) return { kind: 'progress', step: said.step };
  const fits =
    said.records.length === errand.steps.length &&
    errand.steps.every(({ kind }, at) => said.records[at]?.kind === kindOf[kind]);
  if (!fits) return wrong('a record that does not fit the steps');
  return { kind: 'records', records: said.records };
}

function wrong(cause: string): Answer {
  return { kind: 'wrong', cause };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No shape fits it.
    return undefined;
  }
}
