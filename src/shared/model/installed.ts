// A Go found on this machine.
import { z } from '../zod';
import { messageSchema } from './message';

export const foundGoSchema = z.object({
  id: z.string().max(64),
  /** "go1.26.3", from the tree's VERSION file; null where it could not be read (`broken`). */
  version: z.string().max(64).nullable(),
  /** Absolute folder, as a person would write it. */
  root: z.string().max(4096),
  origin: z.enum(['gangway', 'sdk', 'programFiles', 'goroot', 'path', 'folder']),
  /** The PATH takes this one first. */
  onPath: z.boolean(),
  /** On the PATH, but another one comes first. */
  shadowed: z.boolean(),
  supported: z.boolean().nullable(),
  /** Same version found in more than one folder. */
  doubled: z.boolean(),
  broken: z.boolean(),
  /** `go version` agreed with the VERSION file; null where the program was not run. */
  confirmed: z.boolean().nullable(),
  note: messageSchema,
});
export type FoundGo = z.infer<typeof foundGoSchema>;
