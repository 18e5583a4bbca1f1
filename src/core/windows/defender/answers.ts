// What the scripts of this folder answer with. Fields of Windows' objects are read leniently: a shape that another
// version of Defender gives is "not told" and never an error.
import { z } from '../../../shared/zod';
import { powerShellErrorSchema, type PowerShellError } from '../powershell/answer';

/** One source of several in an answer: its object, null where there is none, or why it could not be read. */
export type Part<T> =
  | { readonly ok: true; readonly value: T | null }
  | { readonly ok: false; readonly error: PowerShellError };

export function partOf<T>(value: z.ZodType<T>): z.ZodType<Part<T>> {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: value.nullable() }),
    z.object({ ok: z.literal(false), error: powerShellErrorSchema }),
  ]);
}

/** An object of Windows with whichever fields it has. */
export const fieldsSchema = z.record(z.string(), z.unknown());
export type Fields = z.infer<typeof fieldsSchema>;

export function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

export function textOrNull(value: unknown): string | null {
  const given = text(value);
  return given === '' ? null : given;
}

export function whole(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** A list, also where PowerShell made one element, or nothing, of it. */
export function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one): one is string => typeof one === 'string' && one !== '');
}

/** A registry DWORD that is set. */
export function isSet(value: unknown): boolean {
  return whole(value) === 1;
}
