// What PowerShell's own parser sees in a script, told by the bench's host (`--lint`), and what the script is for. Facts
// only: which of them are allowed is said in rules.ts.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';

/** How a script runs, which decides what it may use. */
export type ScriptKind =
  /** Stands before every other text, elevated or not. */
  | 'common'
  /** In the session, as the user, possibly in Constrained Language Mode. */
  | 'unelevated'
  /** The elevated command line. */
  | 'bootstrap'
  /** What the bootstrap fetches: as an administrator. */
  | 'elevated'
  /** What the task scheduler runs, as SYSTEM. */
  | 'task';

export interface TextFact {
  readonly line: number;
  readonly text: string;
}
export interface ParameterFact {
  readonly name: string;
  /** The argument's text; null for a switch. */
  readonly value: string | null;
}
export interface CommandFact extends TextFact {
  /** Null where it is computed. */
  readonly name: string | null;
  readonly operator: 'none' | 'call' | 'dot';
  readonly parameters: readonly ParameterFact[];
  /** What stands where the name does, in the parser's word. */
  readonly head: string;
}
export interface MemberFact extends TextFact {
  readonly static: boolean;
  /** The type's name where it is static, else the text before the dot. */
  readonly target: string;
  readonly member: string;
}

export interface ScriptFacts {
  readonly file: string;
  readonly errors: readonly { readonly line: number; readonly message: string }[];
  readonly commands: readonly CommandFact[];
  readonly newer: readonly (TextFact & { readonly kind: string })[];
  readonly members: readonly MemberFact[];
  readonly types: readonly (TextFact & { readonly use: string })[];
  readonly variables: readonly {
    readonly line: number;
    readonly name: string;
    readonly assigned: boolean;
  }[];
  readonly strings: readonly {
    readonly line: number;
    readonly kind: string;
    readonly expandable: boolean;
    readonly value: string;
  }[];
  readonly functions: readonly TextFact[];
  readonly comments: readonly TextFact[];
  readonly blankLines: readonly number[];
  readonly nonAscii: readonly number[];
  readonly firstStatement: TextFact | null;
}

export interface Script {
  /** Without its folder: `status.ps1`. */
  readonly name: string;
  readonly kind: ScriptKind;
  readonly text: string;
  readonly facts: ScriptFacts;
  /** Functions of the other texts that it runs with, lower case. */
  readonly around: ReadonlySet<string>;
}

const run = promisify(execFile);

/** @returns one for each file, in their order */
export async function parserFacts(
  host: string,
  files: readonly string[],
): Promise<readonly ScriptFacts[]> {
  const { stdout } = await run(host, ['--lint', ...files], { maxBuffer: 256 * 1024 * 1024 });
  return JSON.parse(stdout) as readonly ScriptFacts[];
}

export interface ScriptFile {
  readonly path: string;
  readonly kind: ScriptKind;
}

/** The scripts of one product: each knows the functions that it runs with. */
export async function readScripts(
  host: string,
  files: readonly ScriptFile[],
): Promise<readonly Script[]> {
  const facts = await parserFacts(
    host,
    files.map(({ path }) => path),
  );
  return files.map(({ path, kind }, at) => {
    const around = files.flatMap((other, index) =>
      index !== at && runsWith(kind, other.kind) ? (facts[index]?.functions ?? []) : [],
    );
    const names = around.map(({ text }) => text.toLowerCase());
    return scriptOf(path, kind, facts[at], new Set(names));
  });
}

export function scriptOf(
  path: string,
  kind: ScriptKind,
  facts: ScriptFacts | undefined,
  around: ReadonlySet<string>,
): Script {
  if (facts?.file !== path) throw new Error(`the parser said nothing of ${path}`);
  return { name: basename(path), kind, text: readFileSync(path, 'utf8'), facts, around };
}

function runsWith(kind: ScriptKind, other: ScriptKind): boolean {
  return (
    (kind === 'unelevated' && other === 'common') ||
    (kind === 'elevated' && (other === 'common' || other === 'elevated'))
  );
}
