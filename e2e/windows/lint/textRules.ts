// Rules about a script's text and frame: what must be so that it arrives in Windows PowerShell 5.1 as it was written.
import { allKinds, at, type Rule } from './findings';

const strictMode = 'Set-StrictMode -Version 3.0';

export const textRules: readonly Rule[] = [
  {
    id: 'parses',
    why: 'a script that does not parse runs in halves when it comes line by line',
    kinds: allKinds,
    check: ({ facts }) => facts.errors.map(({ line, message }) => at(line, message)),
  },
  {
    id: 'ascii',
    why: "the host reads lines in the machine's code page",
    kinds: allKinds,
    check: ({ facts }) => facts.nonAscii.map((line) => at(line, 'not ASCII')),
  },
  {
    id: 'blankLine',
    why: 'a blank line ends the block that the host reads',
    kinds: allKinds,
    check: ({ facts }) => facts.blankLines.map((line) => at(line, 'a blank line')),
  },
  {
    id: 'head',
    why: 'a file says first what it promises',
    kinds: allKinds,
    check: ({ facts }) => (facts.comments[0]?.line === 1 ? [] : [at(1, 'no comment')]),
  },
  {
    id: 'strictMode',
    why: 'a name that is misspelt is an error; in a session the common text has set it',
    kinds: ['common', 'bootstrap', 'elevated', 'task'],
    check({ facts }) {
      const first = facts.firstStatement;
      return first?.text === strictMode ? [] : [at(first?.line ?? 1, `not first: ${strictMode}`)];
    },
  },
  {
    id: 'frame',
    why: 'in a session everything runs inside of Invoke-Request, which answers whatever happens',
    kinds: ['unelevated'],
    check({ facts, text }) {
      const first = facts.firstStatement;
      if (!/^(?:#.*\n)*param\(\$Json\)\n/.test(text)) return [at(1, 'not first: param($Json)')];
      if (first === null || !first.text.startsWith('Invoke-Request $Json {\n')) {
        return [at(first?.line ?? 1, 'something else than Invoke-Request $Json {…}')];
      }
      return text.trimEnd().endsWith(first.text) ? [] : [at(first.line, 'something after it')];
    },
  },
  {
    id: 'newerSyntax',
    why: 'Windows PowerShell 5.1 is the target',
    kinds: allKinds,
    check: ({ facts }) => facts.newer.map(({ line, kind, text }) => at(line, `${kind}: ${text}`)),
  },
  {
    id: 'hereString',
    why: 'its end must stand first in a line, which no indentation or joining of texts may change',
    kinds: allKinds,
    check: ({ facts }) =>
      facts.strings
        .filter(({ kind }) => /HereString$/.test(kind))
        .map(({ line }) => at(line, 'a here-string')),
  },
];
