// Go releases as go.dev's list has them, and the choices that Gangway offers from them.
import { z } from '../zod';
import type { Failure } from './failure';

export const goFileSchema = z.object({
  filename: z.string().max(128),
  os: z.string().max(32),
  arch: z.string().max(32),
  version: z.string().max(64),
  /** 64 lower-case hex digits, or empty for releases of the SHA-1 era: those are refused. */
  sha256: z.string().max(64),
  /** Bytes; 0 where the list does not know. */
  size: z.number().int().nonnegative(),
  kind: z.enum(['archive', 'installer', 'source']),
});
export type GoFile = z.infer<typeof goFileSchema>;

export const goReleaseSchema = z.object({
  version: z.string().max(64),
  /** "Neither beta nor rc". It does not mean supported. */
  stable: z.boolean(),
  files: z.array(goFileSchema).max(500),
});
export type GoRelease = z.infer<typeof goReleaseSchema>;

export const releaseListSchema = z.array(goReleaseSchema).max(5000);

/** Where releases come from. `embedded` is the lab's own mirror on loopback. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('go.dev') }),
  z.object({ kind: z.literal('golang.google.cn') }),
  z.object({ kind: z.literal('url'), url: z.string().max(2048) }),
  z.object({ kind: z.literal('folder'), path: z.string().max(4096) }),
  z.object({ kind: z.literal('embedded') }),
]);
export type Source = z.infer<typeof sourceSchema>;

/** A list of releases with its provenance. */
export interface Catalogued {
  readonly source: Source;
  readonly releases: readonly GoRelease[];
  /** ISO 8601, UTC: when the list last came from the source. */
  readonly fetchedAt: string;
  /** True where the source could not be reached and the last good list was used. */
  readonly fromCache: boolean;
  /** Why the source did not answer; set exactly where `fromCache` is. */
  readonly staleBecause?: Failure;
}

export const machineOsSchema = z.enum(['windows', 'linux', 'darwin']);
export type MachineOs = z.infer<typeof machineOsSchema>;
export const machineArchSchema = z.enum(['amd64', 'arm64', '386']);
export type MachineArch = z.infer<typeof machineArchSchema>;
