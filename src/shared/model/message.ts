// A sentence for people, as a catalogue key and its values: the core never holds prose, so every sentence exists in
// each language. `shared/text` has the catalogues; whoever shows a message translates it.
import { z } from '../zod';
import type { MessageKey } from '../text/en';

export type Params = Readonly<Record<string, string | number>>;

/** A value may be words of its own: a place that has a name where others have an address. */
export type MessageParams = Readonly<Record<string, string | number | Message>>;

/** A catalogue key with the values that its placeholders take. */
export interface Message {
  readonly key: MessageKey;
  readonly params?: MessageParams | undefined;
}

export const messageSchema: z.ZodType<Message> = z.object({
  key: z.string().max(128) as unknown as z.ZodType<MessageKey>,
  params: z.lazy(() => paramsSchema).optional(),
});

export const paramsSchema: z.ZodType<MessageParams> = z.record(
  z.string().max(64),
  z.union([z.string().max(4096), z.number(), messageSchema]),
);

export function message(key: MessageKey, params?: MessageParams): Message {
  return params === undefined ? { key } : { key, params };
}
