// What the simulated cmdlets and the lab say to each other: one JSON object each way. A number stays a number, a date is
// `{"$date": ISO}`, an object of Windows is `{"$type", "props"}`.
import { z } from '../../../shared/zod';
import type { Answer, WindowsError } from '../defender/answers';

export const cmdletRequestSchema = z.object({
  elevated: z.boolean(),
  parameters: z.record(z.string().max(128), z.unknown()).default({}),
});

export const commandRequestSchema = z.object({
  elevated: z.boolean(),
  arguments: z.array(z.string().max(32_767)).max(64),
});

export type WireValue =
  | null
  | boolean
  | number
  | string
  | WireDate
  | WireObject
  | readonly WireValue[]
  | { readonly [name: string]: WireValue };
export interface WireDate {
  readonly $date: string;
}
export interface WireObject {
  readonly $type: string;
  readonly props: { readonly [name: string]: WireValue };
}

export type WireReply =
  | { readonly objects: readonly WireObject[] }
  | { readonly error: WindowsError & { readonly terminating: boolean } };

export interface CommandReply {
  readonly exitCode: number;
  readonly output: string;
}

export function wireObject(type: string, props: WireObject['props']): WireObject {
  return { $type: type, props };
}

/** @param iso ISO 8601 */
export function wireDate(iso: string): WireDate {
  return { $date: new Date(iso).toISOString() };
}

/** @param terminating the cmdlet ends the script's statement whatever ErrorAction says */
export function replyOf(answer: Answer<readonly WireObject[]>, terminating = false): WireReply {
  return answer.kind === 'value'
    ? { objects: answer.value }
    : { error: { ...answer.error, terminating } };
}
