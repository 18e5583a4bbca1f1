// What a rule is, and what it finds.
import type { Script, ScriptKind } from './facts';

export interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

export type Found = Omit<Finding, 'rule' | 'file'>;

export interface Rule {
  readonly id: string;
  readonly why: string;
  readonly kinds: readonly ScriptKind[];
  check(script: Script): readonly Found[];
}

export const allKinds: readonly ScriptKind[] = [
  'common',
  'unelevated',
  'bootstrap',
  'elevated',
  'task',
];
export const asUser: readonly ScriptKind[] = ['common', 'unelevated'];
/** Whatever runs with more rights than the user has. */
export const asAdministrator: readonly ScriptKind[] = ['common', 'bootstrap', 'elevated', 'task'];

export function at(line: number, what: string): Found {
  return { line, what };
}

/** @returns by file and line */
export function judge(script: Script, rules: readonly Rule[]): readonly Finding[] {
  return rules
    .filter(({ kinds }) => kinds.includes(script.kind))
    .flatMap((rule) =>
      rule.check(script).map((found) => ({ rule: rule.id, file: script.name, ...found })),
    )
    .sort((a, b) => a.line - b.line);
}
