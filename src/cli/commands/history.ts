// `gangway history`: the journal read for people and programs, newest first.
import { historyOf } from '../../core/journal/history';
import { done } from '../answer';
import type { Command } from '../command';

export const history: Command = {
  name: 'history',
  synopsis: '',
  about: 'commandLine.history.about',
  options: {},
  help: [],
  examples: ['gangway history', 'gangway history --json'],
  positionals: { least: 0, most: 0 },
  async run(context) {
    const world = await context.world();
    const entries = historyOf(world.journal.runs());
    return done(
      {
        entries: entries.map(({ title, detail, ...entry }) => ({
          ...entry,
          title: context.say(title),
          detail: context.say(detail),
        })),
      },
      entries.length === 0
        ? [context.say({ key: 'commandLine.history.empty' })]
        : entries.flatMap(({ at, run, title, detail }) => [
            `${at}  ${context.say(title)}`,
            `    ${context.say(detail)}  (${run})`,
          ]),
    );
  },
};
