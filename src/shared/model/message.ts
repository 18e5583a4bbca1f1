// A sentence for people, as a catalogue key and its values: the core never holds prose, so every sentence exists in
// each language. `shared/text` has the catalogues; whoever shows a message translates it.
import { z } from '../zod';
import type { MessageKey } from '../text/en';

export const paramsSchema = z.record(
  z.string().max(64),
  z.union([z.string().max(4096), z.number()]),
);
export type Params = Readonly<Record<string, string | number>>;

/** A catalogue key with the values that its placeholders take. */
export interface Message {
  readonly key: MessageKey;
  readonly params?: Params | undefined;
}

export const messageSchema: z.ZodType<Message> = z.object({
  key: z.string().max(128) as unknown as z.ZodType<MessageKey>,
  params: paramsSchema.optional(),
});

export function message(key: MessageKey, params?: Params): Message {
  return params === undefined ? { key } : { key, params };
}
