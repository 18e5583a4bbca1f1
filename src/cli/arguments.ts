// Reads the command line. Anything that is not understood is a usage error that names it; nothing is guessed.
import { parseArgs } from 'node:util';
import { FailureError } from '../core/failureError';
import type { Command, Options, Values } from './command';

export const commonOptions: Options = {
  json: { type: 'boolean' },
  state: { type: 'string' },
  lab: { type: 'string' },
  yes: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

export interface Parsed {
  readonly values: Values;
  readonly positionals: readonly string[];
}

/** @throws FailureError `usage` */
export function readArguments(command: Command, argv: readonly string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...commonOptions, ...command.options },
      allowPositionals: true,
      strict: true,
    });
    if (values['help'] !== true) checkCount(command, positionals);
    return { values: values, positionals };
  } catch (error) {
    if (error instanceof FailureError) throw error;
    // Node's own sentence names the option.
    throw usage(error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? '') : String(error));
  }
}

function checkCount(command: Command, positionals: readonly string[]): void {
  const { least, most } = command.positionals;
  if (positionals.length < least) throw usage(`gangway ${command.name} ${command.synopsis}`);
  const extra = positionals[most];
  if (extra !== undefined) throw usage(extra);
}

export function usage(said: string): FailureError {
  return new FailureError('usage', { params: { said } });
}
