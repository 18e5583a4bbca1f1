// PowerShell sessions in memory, named by outcome. What a script would say is given as its value; it goes through the
// adapter's own schema as a real answer does.
import type { PowerShellError } from '../../src/core/windows/powershell/answer';
import type { PowerShellSession } from '../../src/core/windows/powershell';
import { powerShellError } from '../fixtures/powerShell';

export interface FakeSession extends PowerShellSession {
  /** The data of each call, in order. */
  readonly asked: unknown[];
}

export const powerShell = {
  /** Answers each call by its data. */
  saying: (answer: (data: unknown) => unknown) =>
    session((data, parse) => ({ kind: 'value', value: parse(answer(data)) })),
  failing: (error: Partial<PowerShellError> = {}) =>
    session(() => ({ kind: 'error', error: powerShellError(error) })),
  lost: (cause = 'no answer within 30 seconds') => session(() => ({ kind: 'lost', cause })),
};

type Ran =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: PowerShellError }
  | { readonly kind: 'lost'; readonly cause: string };

function session(run: (data: unknown, parse: (value: unknown) => unknown) => Ran): FakeSession {
  const asked: unknown[] = [];
  return {
    asked,
    run: (_script: string, data: unknown, schema: { parse(value: unknown): unknown }) => {
      asked.push(data);
      // As over the pipe.
      return Promise.resolve(run(data, (value) => schema.parse(JSON.parse(JSON.stringify(value)))));
    },
    close: () => Promise.resolve(),
  } as unknown as FakeSession;
}
