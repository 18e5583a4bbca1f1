// Everything that the window shows. One snapshot at the start, then numbered pushes of whole slices.
import { z } from '../zod';
import { messageSchema } from './message';
import { blockSchema } from './block';
import { defenderFindingSchema, defenderStatusSchema } from './defender';
import { failureSchema } from './failure';
import { historyEntrySchema } from './history';
import { listedExclusionSchema, rollbackReportSchema, visibilitySchema } from './exclusion';
import { settingsSchema } from './settings';
import { wizardSchema } from './wizard';

export const pages = ['upgrade', 'blocks', 'exclusions', 'history', 'settings'] as const;
export const pageSchema = z.enum(pages);
export type Page = z.infer<typeof pageSchema>;

export const appInfoSchema = z.object({
  version: z.string(),
  mode: z.enum(['lab', 'real']),
  /** The lab's scenario, else null. */
  scenario: z.string().nullable(),
  scenarios: z.array(z.string().max(64)).max(32),
  /** The lab is asked through PowerShell's own engine: only Windows' commands are simulated then. */
  labEngine: z.boolean(),
  platform: z.enum(['windows', 'linux', 'darwin']),
  /** This system can start this app by itself: its setting is shown only then. */
  canStartWithSystem: z.boolean(),
  /** Resolved: what to show now. */
  language: z.enum(['en', 'zh-CN']),
  theme: z.enum(['light', 'dark']),
  /** "Electron 45.4.1, Chrome …": for the about card. */
  runtime: z.string(),
  /** What this system lacks for the real job, each with a sentence. Empty in the lab. */
  missing: z.array(messageSchema).max(16),
  /** Organisation keys: fingerprint and name. */
  keys: z.array(z.object({ fingerprint: z.string().max(64), name: z.string().max(256) })).max(32),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

const exclusionsPageSchema = z.object({
  status: z.enum(['idle', 'reading', 'ready', 'rollingBack']),
  visibility: visibilitySchema,
  /** Why the list is not known, or not all of it. */
  why: defenderFindingSchema.nullable(),
  items: z.array(listedExclusionSchema).max(1000),
  /** How many of ours are active. Known from the journal even where the list is hidden. */
  ours: z.number().int().nonnegative(),
  firstEnds: z.string().max(40).nullable(),
  readAt: z.string().max(40).nullable(),
  /** Set where the answer came from an elevated read. */
  shownByPrompt: z.boolean(),
  lastRollback: rollbackReportSchema.nullable(),
  failure: failureSchema.nullable(),
});

const blocksPageSchema = z.object({
  /** `reading` until Windows' log was read for the first time: an empty list says nothing before. */
  status: z.enum(['reading', 'ready']),
  items: z.array(blockSchema).max(500),
  unseen: z.number().int().nonnegative(),
  /** ISO 8601, UTC: how far back Gangway looked. */
  since: z.string().max(40),
  /** The story that a notification's click asked for. */
  openId: z.string().max(96).nullable(),
  failure: failureSchema.nullable(),
});

const historyPageSchema = z.object({
  entries: z.array(historyEntrySchema).max(500),
  lastRollback: rollbackReportSchema.nullable(),
  /** `journal.broken`: until the person has decided, nothing is changed on the machine. */
  broken: failureSchema.nullable(),
});

export const appStateSchema = z.object({
  app: appInfoSchema,
  defender: defenderStatusSchema,
  page: pageSchema,
  wizard: wizardSchema,
  exclusions: exclusionsPageSchema,
  blocks: blocksPageSchema,
  history: historyPageSchema,
  settings: settingsSchema,
});
export type AppState = z.infer<typeof appStateSchema>;
export type Slice = keyof AppState;
