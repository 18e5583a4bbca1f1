// What can be told of Defender. Every reading is known, empty or unknown; unknown is never shown as "off" or "none".
import { z } from '../zod';
import { messageSchema } from './message';

/** `null` where Windows does not say. */
const known = z.boolean().nullable();

export const defenderStatusSchema = z.object({
  kind: z.enum(['on', 'paused', 'off', 'otherAntivirus', 'passive', 'unknown']),
  realTimeProtection: known,
  tamperProtection: known,
  /** Exclusions are the organisation's: local ones are ignored or refused. */
  managed: z.boolean(),
  otherAntivirus: z.string().max(128).nullable(),
  smartAppControl: z.enum(['on', 'off', 'evaluation', 'unknown']),
  /** Platform and engine are new enough for `\:{…}` (platform 4.18.2205.7, engine 1.1.19300.2). */
  contextualExclusions: z.boolean(),
  /** One plain sentence for the line under the rail. */
  sentence: messageSchema,
  /** ISO 8601, UTC. */
  readAt: z.string().max(40),
});
export type DefenderStatus = z.infer<typeof defenderStatusSchema>;
