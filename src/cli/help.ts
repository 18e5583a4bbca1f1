// `--help`: what a command does, its options, and examples that can be copied.
import type { MessageKey } from '../shared/text/en';
import type { Params } from '../shared/model/message';
import { translate, type Language } from '../shared/text/translate';
import type { Command } from './command';

export function helpForAll(
  commands: readonly Command[],
  language: Language,
  scenarios: readonly string[],
): readonly string[] {
  const say = speaker(language);
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    say('commandLine.about'),
    '',
    `${say('commandLine.usage')}: gangway <command> [options]`,
    '',
    `${say('commandLine.commands')}:`,
    ...commands.map(({ name, about }) => `  ${name.padEnd(width)}  ${say(about)}`),
    '',
    ...common(language, scenarios),
    '',
    `${say('commandLine.examples')}:`,
    ...commands.flatMap(({ examples }) => examples.slice(0, 1)).map((example) => `  ${example}`),
  ];
}

export function helpFor(
  command: Command,
  language: Language,
  scenarios: readonly string[],
): readonly string[] {
  const say = speaker(language);
  const own = command.help.map(([option, meaning]) => [option, say(meaning)] as const);
  return [
    say(command.about),
    '',
    `${say('commandLine.usage')}: gangway ${command.name} ${command.synopsis}`.trimEnd(),
    ...(own.length === 0 ? [] : ['', `${say('commandLine.options')}:`, ...table(own)]),
    '',
    ...common(language, scenarios),
    '',
    `${say('commandLine.examples')}:`,
    ...command.examples.map((example) => `  ${example}`),
  ];
}

function common(language: Language, scenarios: readonly string[]): readonly string[] {
  const say = speaker(language);
  return [
    `${say('commandLine.commonOptions')}:`,
    ...table([
      ['--json', say('commandLine.option.json')],
      ['--state DIR', say('commandLine.option.state')],
      ['--lab SCENARIO', say('commandLine.option.lab', { scenarios: scenarios.join(', ') })],
      ['--yes', say('commandLine.option.yes')],
      ['--lang LANGUAGE', say('commandLine.option.lang')],
      ['-h, --help', say('commandLine.option.help')],
    ]),
  ];
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`);
}

function speaker(language: Language): (key: MessageKey, params?: Params) => string {
  return (key, params) => translate(language, params === undefined ? { key } : { key, params });
}
