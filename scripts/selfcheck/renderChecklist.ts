// docs/windows-checklist.md, from the one list that the selfcheck answers as well.
import { checklist, type How, type Item } from './checklist';

const words: Readonly<Record<How, string>> = {
  read: 'selfcheck',
  write: 'selfcheck with `--write`',
  hand: 'by hand',
};

export function renderChecklist(): string {
  const groups = checklist.flatMap(({ title, items }) => [
    `## ${title}`,
    '',
    ...items.flatMap((item) => [...lines(item), '']),
  ]);
  return [
    '# What only Windows can settle',
    '',
    "No test here runs on Windows: PowerShell's engine is real in them, and Microsoft's cmdlets are simulated. Each entry",
    'below is one thing that only a real machine can settle: how to ask, what is expected, what follows where it differs.',
    '',
    '```',
    'npm ci && npm run selfcheck:windows',
    '```',
    '',
    'answers those marked **selfcheck**. It reads only. With `-- --write` it also adds an exclusion for a folder of its own,',
    'gives it an end, and takes all of it back; Windows asks twice. The report (`--json` for machines) holds no user name',
    'and no exclusion of yours: it can be sent as it is. What is marked **by hand** needs a person or another machine.',
    '',
    'This file is written from `scripts/selfcheck/checklist.ts`; a test compares the two.',
    '',
    ...groups,
  ].join('\n');
}

function lines({ id, how, command, words: said, expected, otherwise }: Item): readonly string[] {
  return [
    `- **\`${id}\`** (${words[how]})`,
    `  - ask: ${[command === undefined ? '' : `\`${command}\``, plain(said ?? '')].filter((part) => part !== '').join(' – ')}`,
    `  - expected: ${plain(expected)}`,
    `  - else: ${plain(otherwise)}`,
  ];
}

/** Nothing in it is markup but code. */
function plain(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[\\*_<>[\]]/g, '\\$&')))
    .join('');
}
