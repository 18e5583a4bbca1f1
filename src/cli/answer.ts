// What a command answers when it could not do its work: the same failure for people and for programs.
import { classOf } from '../core/failureError';
import type { Failure, NextStep } from '../shared/model';
import type { Message } from '../shared/model/message';
import { hasMessage, translate, type Language } from '../shared/text/translate';
import type { Answer, ExitCode } from './command';

const exitOf = {
  failed: 1,
  usage: 2,
  refused: 3,
  unavailable: 4,
  declined: 5,
} as const satisfies Record<ReturnType<typeof classOf>, ExitCode>;

/** `{ outcome, reason: { code, what, meaning, next }, … }`, together with what was known before it failed. */
export function failureAnswer(
  failure: Failure,
  language: Language,
  known: Readonly<Record<string, unknown>>,
): Answer {
  const outcome = classOf(failure);
  const what = sentence(language, `failure.${failure.code}.what`, failure) ?? failure.code;
  const meaning = sentence(language, `failure.${failure.code}.meaning`, failure) ?? '';
  const next = failure.next.map((step) => nextSentence(language, step, failure));
  return {
    exit: exitOf[outcome],
    json: {
      ...known,
      outcome,
      reason: {
        code: failure.code,
        what,
        meaning,
        next,
        ...(failure.details.length === 0 ? {} : { details: detailsOf(failure) }),
        ...(failure.cause === undefined ? {} : { cause: failure.cause }),
      },
    },
    lines: [
      what,
      ...(meaning === '' ? [] : [meaning]),
      ...(next.length === 0 ? [] : [translate(language, { key: 'commandLine.next' })]),
      ...next.map((step) => `  - ${step}`),
    ],
  };
}

export function done(
  json: Readonly<Record<string, unknown>>,
  lines: readonly string[],
  exit: ExitCode = 0,
): Answer {
  return { exit, json, lines };
}

function detailsOf(failure: Failure): Readonly<Record<string, string>> {
  return Object.fromEntries(failure.details.map(({ id, value }) => [id, value]));
}

function nextSentence(language: Language, step: NextStep, { params }: Failure): string {
  const key = keyOf(step, params['proof']);
  if (hasMessage(key)) return translate(language, { key, params });
  const common = `next.${step}`;
  return hasMessage(common) ? translate(language, { key: common }) : step;
}

/** Without the checksum database one may go on; what Settings ask for besides is taken back there. */
function keyOf(step: NextStep, proof: Failure['params'][string] | undefined): string {
  return step === 'acceptUnavailable' && proof !== 'checksumDatabase'
    ? 'commandLine.next.requiredProof'
    : `commandLine.next.${step}`;
}

function sentence(language: Language, key: string, failure: Failure): string | null {
  if (!hasMessage(key)) return null;
  const message: Message = { key, params: failure.params };
  return translate(language, message);
}
