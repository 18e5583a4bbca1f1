// What a person can set. Kept apart from the journal; an unreadable file is put aside, and the defaults hold.
import { z } from '../zod';
import { sourceSchema } from './release';
import { proofIdSchema } from './proof';

export const languageSchema = z.enum(['system', 'en', 'zh-CN']);
export const themeSchema = z.enum(['system', 'light', 'dark']);

export const settingsSchema = z.object({
  language: languageSchema.default('system'),
  theme: themeSchema.default('system'),
  source: sourceSchema.default({ kind: 'go.dev' }),
  /** The organisation's mirror, if one was named. */
  mirrorUrl: z.string().max(2048).default(''),
  /** Proofs that must pass over and above the built-in policy (hash and one independent proof). */
  requiredProofs: z.array(proofIdSchema).max(9).default(['checksumDatabase']),
  keepOldDays: z.union([z.literal(0), z.literal(7), z.literal(30)]).default(7),
  notifications: z.boolean().default(true),
  startWithSystem: z.boolean().default(false),
  expert: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

const { shape } = settingsSchema;
/** Some settings, to change those alone; each is there or left out, and none gets its default. */
export const settingsPatchSchema = z
  .object({
    language: shape.language.unwrap().optional(),
    theme: shape.theme.unwrap().optional(),
    source: shape.source.unwrap().optional(),
    mirrorUrl: shape.mirrorUrl.unwrap().optional(),
    requiredProofs: shape.requiredProofs.unwrap().optional(),
    keepOldDays: shape.keepOldDays.unwrap().optional(),
    notifications: shape.notifications.unwrap().optional(),
    startWithSystem: shape.startWithSystem.unwrap().optional(),
    expert: shape.expert.unwrap().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0);
export const defaultSettings: Settings = settingsSchema.parse({});
