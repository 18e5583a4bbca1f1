// `gangway history`: the journal read for people and programs, newest first; a damaged one is set aside by the person's word.
import { FailureError } from '../../core/failureError';
import { setJournalAside } from '../../core/flows/setJournalAside';
import type { World } from '../../core/flows/world';
import { historyOf } from '../../core/journal/history';
import { brokenJournal } from '../../core/journal/journal';
import type { HistoryEntry } from '../../shared/model';
import { done, failureAnswer } from '../answer';
import { flag, type Answer, type Command, type Context } from '../command';

export const history: Command = {
  name: 'history',
  synopsis: '[--set-aside]',
  about: 'commandLine.history.about',
  options: { 'set-aside': { type: 'boolean' } },
  help: [['--set-aside', 'commandLine.option.setAside']],
  examples: ['gangway history', 'gangway history --json', 'gangway history --set-aside'],
  positionals: { least: 0, most: 0 },
  async run(context) {
    context.known({ entries: [] });
    const world = await context.world();
    if (flag(context.values, 'set-aside')) return setAside(context, world);
    const read = entriesOf(context, world);
    const lines =
      read.length === 0
        ? [context.say({ key: 'commandLine.history.empty' })]
        : read.flatMap(({ at, run, title, detail }) => [
            `${at}  ${title}`,
            `    ${detail}  (${run})`,
          ]);
    const broken = brokenJournal(world.journal);
    if (broken === null) return done({ entries: read }, lines);
    // What can be read is there, and never as if it were all.
    const answer = failureAnswer(broken.failure, context.language, { entries: read });
    return { ...answer, lines: [...(read.length === 0 ? [] : lines), ...answer.lines] };
  },
};

async function setAside(context: Context, world: World): Promise<Answer> {
  const broken = brokenJournal(world.journal);
  if (broken !== null) {
    const { failure } = broken;
    const agreed = await context.confirm({
      key: 'commandLine.history.ask',
      params: { count: world.journal.broken?.lines.length ?? 0, path: world.journal.file },
    });
    if (agreed !== true) {
      throw new FailureError(agreed === null ? 'consent.missing' : 'consent.no', {
        details: failure.details,
      });
    }
  }
  const kept = await world.exclusively(() => setJournalAside(world.journal));
  const entries = entriesOf(context, world);
  if (kept === null) {
    return done({ outcome: 'whole', aside: null, lines: [], entries }, [
      context.say({ key: 'commandLine.history.whole' }),
    ]);
  }
  return done({ outcome: 'setAside', ...kept, entries }, [
    context.say({ key: 'commandLine.history.setAside', params: { path: kept.aside } }),
  ]);
}

type Entry = Omit<HistoryEntry, 'title' | 'detail'> & {
  readonly title: string;
  readonly detail: string;
};

function entriesOf(context: Context, world: World): readonly Entry[] {
  return historyOf(world.journal.runs()).map(({ title, detail, ...entry }) => ({
    ...entry,
    title: context.say(title),
    detail: context.say(detail),
  }));
}
