// What can be told of Defender. Every reading is known, empty or unknown; unknown is never shown as "off" or "none".
import { z } from '../zod';
import { nextStepSchema } from './failure';
import { messageSchema } from './message';

/** Why Defender did not answer a question, or not all of it. */
export const defenderTroubleIds = [
  'serviceOff',
  'offByPolicy',
  'removed',
  'moduleMissing',
  'noAnswer',
  'notPermitted',
  'languageMode',
  'notReached',
  'failed',
] as const;
export type DefenderTroubleId = (typeof defenderTroubleIds)[number];

/** What else there is to know of Defender on this computer. */
export const defenderFactIds = [
  'otherAntivirus',
  'passive',
  'passiveAudit',
  'limitedScanning',
  'edrBlock',
  'notRunning',
  'unknownMode',
  'paused',
  'localEntriesIgnored',
  'exclusionsTamperProtected',
  'tamperProtection',
  'managed',
  'listsHiddenFromUsers',
  'listsHiddenFromAdministrators',
  'performanceMode',
  'performanceModeOff',
  'smartAppControl',
  'smartAppControlEvaluation',
] as const;
export type DefenderFactId = (typeof defenderFactIds)[number];

/** One of these with its sentence, and what a person can do about it; null where nothing needs doing. */
export const defenderFindingSchema = z.object({
  id: z.enum([...defenderTroubleIds, ...defenderFactIds]),
  sentence: messageSchema,
  next: nextStepSchema.nullable(),
});
export type DefenderFinding = z.infer<typeof defenderFindingSchema>;

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
  /** What matters most first. */
  findings: z.array(defenderFindingSchema).max(24),
  /** ISO 8601, UTC. */
  readAt: z.string().max(40),
});
export type DefenderStatus = z.infer<typeof defenderStatusSchema>;
