// The report that a user can send: what was expected and what was seen, without his names.
import { checklist, type How, type ItemId } from './checklist';
import type { Seen, Status } from './machine';

export interface Line extends Seen {
  readonly id: ItemId;
  readonly how: How;
}

export interface Report {
  readonly gangway: string;
  readonly system: string;
  readonly node: string;
  /** Whether entries were written and taken back. */
  readonly wrote: boolean;
  readonly lines: readonly Line[];
}

const words: Readonly<Record<Status, string>> = {
  passed: 'passed',
  differs: 'DIFFERS',
  couldNotTell: 'could not tell',
};

export function countOf({ lines }: Report): Readonly<Record<Status, number>> {
  const of = (status: Status): number => lines.filter((line) => line.status === status).length;
  return { passed: of('passed'), differs: of('differs'), couldNotTell: of('couldNotTell') };
}

export function textOf(report: Report): string {
  const { gangway, system, node, wrote, lines } = report;
  const counts = countOf(report);
  const groups = checklist.flatMap(({ title, items }) => [
    '',
    title,
    ...items.flatMap(({ id, expected }) => {
      const line = lines.find((one) => one.id === id);
      if (line === undefined) return [];
      const first = `  ${words[line.status].padEnd(14)}  ${id}: ${line.seen}`;
      return line.status === 'differs'
        ? [first, `${' '.repeat(18)}expected: ${expected}`]
        : [first];
    }),
  ]);
  return [
    `Gangway ${gangway}, selfcheck of Windows (${wrote ? 'wrote and took back' : 'read only'})`,
    `${system}, Node ${node}`,
    ...groups,
    '',
    `${String(counts.passed)} passed, ${String(counts.differs)} differ, ${String(counts.couldNotTell)} could not be told`,
    '',
  ].join('\n');
}

export function jsonOf(report: Report): string {
  return `${JSON.stringify({ ...report, counts: countOf(report) }, null, 2)}\n`;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Takes the names of the user and of the computer out of a text. */
export function withoutNames(text: string, environment: Environment): string {
  let plain = text;
  for (const [name, value] of [
    ['USERPROFILE', environment['USERPROFILE']],
    ['HOME', environment['HOME']],
  ] as const) {
    if (value === undefined || value.length < 3) continue;
    const spellings = [value, value.replaceAll('\\', '\\\\'), value.replaceAll('\\', '/')];
    for (const spelling of spellings) plain = replaced(plain, spelling, `%${name}%`);
  }
  plain = plain
    .replace(
      /([A-Za-z]:[\\/]+Users[\\/]+)(?!Public\b|Default\b|%)[^\\/"',;:*?<>|]+/gi,
      '$1%SOMEONE%',
    )
    .replace(/S-1-5-21(?:-\d+)+/g, 'S-1-5-21-…');
  for (const name of ['USERNAME', 'USER', 'COMPUTERNAME', 'USERDOMAIN'] as const) {
    const value = environment[name];
    if (value === undefined || value === '') continue;
    plain = replaced(plain, value, `%${name}%`, true);
  }
  return plain;
}

function replaced(text: string, what: string, by: string, asWord = false): string {
  const escaped = what.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = asWord ? `(?<![\\p{L}\\p{N}%])${escaped}(?![\\p{L}\\p{N}%])` : escaped;
  return text.replace(new RegExp(pattern, 'giu'), () => by);
}
