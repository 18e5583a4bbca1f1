// Reads what a script wrote: exactly one line `GANGWAY <id> {…}` is its answer, every other text is noise.
import { z } from '../../../shared/zod';
import { powerShellErrorSchema, type PowerShellAnswer } from './answer';

const envelopeSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: powerShellErrorSchema }),
]);
const mark = /^GANGWAY (\S+) (.*)$/;

export interface Envelope<T> {
  readonly answer: PowerShellAnswer<T>;
  /** Whether the script answered at all, if only with what was not expected. */
  readonly spoke: boolean;
}

/** @param beside what was written elsewhere meanwhile */
export function readEnvelope<T>(
  text: string,
  id: string,
  schema: z.ZodType<T>,
  beside: string,
): Envelope<T> {
  const answers: string[] = [];
  const others: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const found = mark.exec(line);
    if (found?.[1] === id) answers.push(found[2] ?? '');
    else if (line.trim() !== '') others.push(line);
  }
  const noise = [...others, beside].filter((part) => part !== '').join('\n');
  const bad = (what: string): Envelope<T> => ({
    answer: {
      kind: 'lost',
      why: 'badAnswer',
      cause: (noise === '' ? what : `${what}\n${noise}`).slice(0, 8000),
    },
    spoke: answers.length === 1,
  });
  const [only] = answers;
  if (only === undefined) return bad('no answer');
  if (answers.length > 1) return bad(`${answers.length} answers`);
  const envelope = envelopeSchema.safeParse(parsed(only));
  if (!envelope.success) return bad(`not an answer: ${issuesOf(envelope.error)}`);
  if (!envelope.data.ok) {
    return { answer: { kind: 'error', error: envelope.data.error, noise }, spoke: true };
  }
  const value = schema.safeParse(envelope.data.value);
  return value.success
    ? { answer: { kind: 'value', value: value.data, noise }, spoke: true }
    : bad(`another shape: ${issuesOf(value.error)}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Undefined is no envelope: told as such by the schema.
    return undefined;
  }
}

function issuesOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
    .join('; ');
}
