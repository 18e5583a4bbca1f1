// What a command is: its options, what `--help` says of it, and what it answers. It prints nothing itself.
import type { ParseArgsConfig } from 'node:util';
import type { MessageKey } from '../shared/text/en';
import type { Message } from '../shared/model/message';
import type { Language } from '../shared/text/translate';
import type { World } from '../core/flows/world';
import type { Progress } from '../core/ports';

export type Options = NonNullable<ParseArgsConfig['options']>;

export interface Values {
  readonly [name: string]: string | boolean | readonly (string | boolean)[] | undefined;
}

/** 0 done, 1 failed, 2 usage, 3 refused by a proof or a rule, 4 something needed was unavailable, 5 declined. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

export interface Answer {
  readonly exit: ExitCode;
  /** The one document of `--json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The same for people, one line an entry. */
  readonly lines: readonly string[];
}

export interface Context {
  readonly language: Language;
  readonly values: Values;
  readonly positionals: readonly string[];
  /** The adapters, made at the first call. */
  world(): Promise<World>;
  readonly stateFolder: string;
  readonly signal: AbortSignal;
  say(message: Message): string;
  /** A step began: one line on stderr, where a person looks. */
  step(message: Message): void;
  /** A line of text for a question that follows. */
  line(text: string): void;
  /** Of the step that was said last. */
  progress(progress: Progress, unit: 'bytes' | 'files'): void;
  /** `--yes` was given, or somebody sits at a terminal. */
  readonly canAnswer: boolean;
  /** Asks a yes-or-no question. True with `--yes`; without a terminal `null`: nobody can answer. */
  confirm(question: Message): Promise<boolean | null>;
  /** Parts of the JSON document known so far: a failure that follows is told together with them. */
  known(part: Readonly<Record<string, unknown>>): void;
}

export interface Command {
  readonly name: string;
  /** After the name, for the usage line. */
  readonly synopsis: string;
  readonly about: MessageKey;
  readonly options: Options;
  /** What each option of this command means. */
  readonly help: readonly (readonly [string, MessageKey])[];
  readonly examples: readonly string[];
  readonly positionals: { readonly least: number; readonly most: number };
  run(context: Context): Promise<Answer>;
}

/** Options that each take a value. */
export function valued(...names: readonly string[]): Options {
  return Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
}

export function text(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export function flag(values: Values, name: string): boolean {
  return values[name] === true;
}
