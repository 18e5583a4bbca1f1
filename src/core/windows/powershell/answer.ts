// What PowerShell can answer. An error is data, a lost host is an answer of its own, and noise is told with the answer.
import { z } from '../../../shared/zod';

/** An error record as `ConvertTo-ErrorData` of common.ps1 makes it. Judge by codes and ids: messages are translated. */
export const powerShellErrorSchema = z.object({
  message: z.string(),
  /** The exception's full type name. */
  type: z.string(),
  /** Lower case, such as `0x800106ba`. */
  hresult: z.string().regex(/^0x[0-9a-f]{8}$/),
  category: z.string(),
  /** FullyQualifiedErrorId. */
  id: z.string(),
  /** Win32 code of the innermost Win32Exception: 1223 is "declined". */
  native: z.number().int().nullable(),
});
export type PowerShellError = z.infer<typeof powerShellErrorSchema>;

export type LostWhy =
  /** It ended while the script ran. */
  | 'died'
  /** It said nothing in time. */
  | 'hung'
  /** It wrote what no script writes, and no end of it or no answer came. */
  | 'babbled'
  /** It could not be started, or was not ready in time. */
  | 'cannotStart'
  /** It went on living and gave no answer, two, or one of another shape. */
  | 'badAnswer'
  /** The session was closed. */
  | 'closed';

export type PowerShellAnswer<T> =
  /** `noise`: what was written beside the answer, warnings and stderr alike; empty when there was nothing. */
  | { readonly kind: 'value'; readonly value: T; readonly noise: string }
  | { readonly kind: 'error'; readonly error: PowerShellError; readonly noise: string }
  /** After a call is lost nobody knows whether it took effect. `cause` is for reports. */
  | { readonly kind: 'lost'; readonly why: LostWhy; readonly cause: string };
