// One question to Defender by a fixed script: its answer, or why there is none. Nothing is thrown but a programmer's
// mistake, so that a caller has to say what an unanswered question means.
import type { DefenderTrouble } from '../../../shared/rules/defender';
import type { z } from '../../../shared/zod';
import type { PowerShellSession, RunOptions } from '../powershell';
import { troubleOf } from './trouble';

export type Asked<T> =
  | { readonly kind: 'told'; readonly value: T }
  | { readonly kind: 'trouble'; readonly trouble: DefenderTrouble };

export async function ask<T>(
  session: PowerShellSession,
  script: string,
  data: unknown,
  schema: z.ZodType<T>,
  options?: RunOptions,
): Promise<Asked<T>> {
  const ran = await session.run(script, data, schema, options);
  switch (ran.kind) {
    case 'value':
      return { kind: 'told', value: ran.value };
    case 'error':
      return { kind: 'trouble', trouble: troubleOf(ran.error) };
    case 'lost':
      return { kind: 'trouble', trouble: { id: 'notReached', cause: ran.cause } };
  }
}
