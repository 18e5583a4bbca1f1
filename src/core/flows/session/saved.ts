// What a session keeps between starts, in `wizard.json` of the state folder: where the wizard was, and what was chosen.
// Proofs are not among it: what was verified is verified again before it is installed.
import { z } from '../../../shared/zod';
import { goFileSchema, sourceSchema } from '../../../shared/model/release';
import { wizardSchema } from '../../../shared/model/wizard';

export const savedSessionSchema = z.object({
  schema: z.literal(1),
  /** The lab's scenario; null for the real machine. A wizard of another world is not gone on with. */
  scenario: z.string().max(64).nullable(),
  wizard: wizardSchema,
  chosen: z
    .object({
      version: z.string().max(64),
      source: sourceSchema,
      file: goFileSchema,
      sourceArchive: goFileSchema.nullable(),
    })
    .nullable(),
  /** Folders that the user pointed at to find a Go. */
  folders: z.array(z.string().max(4096)).max(16),
});
export type SavedSession = z.infer<typeof savedSessionSchema>;
export type Chosen = NonNullable<SavedSession['chosen']>;
