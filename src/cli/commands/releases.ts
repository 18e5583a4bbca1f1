// `gangway releases`: the list of a source, and what fits this machine.
import { findGo } from '../../core/flows/findGo';
import { nameSource, sourceWords } from '../../core/flows/source';
import { isSupported, newestFirst, offers } from '../../shared/rules/chooseRelease';
import { done } from '../answer';
import { valued, type Command } from '../command';
import { helpOf, sourceOption } from './common';

export const releases: Command = {
  name: 'releases',
  synopsis: '[--from SOURCE]',
  about: 'commandLine.releases.about',
  options: valued('from'),
  help: [helpOf.from],
  examples: ['gangway releases', 'gangway releases --from golang.google.cn --json'],
  positionals: { least: 0, most: 0 },
  async run(context) {
    const world = await context.world();
    const source = await sourceOption(context, world);
    const display = (path: string): string => world.machine.display(path);
    const name = nameSource(source, display);
    context.step({
      key: 'commandLine.step.list',
      params: { source: sourceWords(source, display) },
    });
    const listed = await world.catalogue.list(source, context.signal);
    const found = await findGo(world, { releases: listed.releases, confirm: false });
    const mine = found.installs.find(({ id }) => id === found.suggestedId)?.version ?? null;
    const offered = offers(listed.releases, mine);
    const ordered = newestFirst(listed.releases);
    return done(
      {
        source: name,
        fetchedAt: listed.fetchedAt,
        fromCache: listed.fromCache,
        offers: {
          newestPatch: offered.newestPatch?.version ?? null,
          newestStable: offered.newestStable?.version ?? null,
        },
        releases: ordered.map(({ version, stable, files }) => ({
          version,
          stable,
          supported: isSupported(listed.releases, version),
          files,
        })),
      },
      [
        context.say({
          key: listed.fromCache ? 'commandLine.releases.cached' : 'commandLine.releases.source',
          params: { source: name, at: listed.fetchedAt },
        }),
        ...(offered.newestPatch === null
          ? []
          : [
              context.say({
                key: 'commandLine.releases.offerPatch',
                params: { version: offered.newestPatch.version },
              }),
            ]),
        ...(offered.newestStable === null
          ? []
          : [
              context.say({
                key: 'commandLine.releases.offerStable',
                params: { version: offered.newestStable.version },
              }),
            ]),
        ...ordered.map(({ version }) =>
          isSupported(listed.releases, version)
            ? `${version}  ${context.say({ key: 'commandLine.releases.supported' })}`
            : version,
        ),
      ],
    );
  },
};
