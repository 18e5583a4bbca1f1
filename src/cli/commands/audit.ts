// `gangway audit`: is an installed Go what was published?
import { resolve } from 'node:path';
import { auditTree } from '../../core/flows/audit';
import { lookUpToolchain } from '../../core/flows/lookUpToolchain';
import { done } from '../answer';
import { text, type Command, type ExitCode, valued } from '../command';
import { helpOf, sourceOption } from './common';

const exits = { genuine: 0, changed: 3, unknown: 4 } as const satisfies Record<string, ExitCode>;
/** Files that are named one by one for people; the document has them all. */
const shown = 40;

export const audit: Command = {
  name: 'audit',
  synopsis: 'DIR [--against ZIP]',
  about: 'commandLine.audit.about',
  options: valued('against', 'from'),
  help: [['--against ZIP', 'commandLine.option.against'], helpOf.from],
  examples: [
    'gangway audit "C:\\Program Files\\Go"',
    'gangway audit ./go --against go1.27.0.windows-amd64.zip --json',
  ],
  positionals: { least: 1, most: 1 },
  async run(context) {
    const root = resolve(context.positionals[0] ?? '');
    const zip = text(context.values, 'against');
    const world = await context.world();
    const source = await sourceOption(context, world);
    await world.prepare(source);
    const step = { key: 'commandLine.step.audit', params: { folder: root } } as const;
    context.step(step);
    const report = await auditTree(
      world,
      {
        root,
        against: zip === undefined ? null : { kind: 'archive', path: resolve(zip) },
        lookupH1: (release, signal) => lookUpToolchain(world, source, release, signal),
      },
      (progress) => {
        context.progress(progress, 'files');
      },
      context.signal,
    );
    const { verdict, changed, missing, extra, links, version, h1, files, basis } = report;
    const notes = report.notes.map((note) => context.say(note));
    return done(
      {
        outcome: verdict,
        verdict,
        changed,
        missing,
        extra,
        links,
        version,
        h1,
        files,
        basis,
        notes,
      },
      [
        ...list('commandLine.audit.changedFile', changed),
        ...list('commandLine.audit.missingFile', missing),
        ...list('commandLine.audit.extraFile', [...extra, ...links]),
        ...notes,
        context.say({ key: `commandLine.audit.${verdict}` }),
      ],
      exits[verdict],
    );

    function list(
      key: `commandLine.audit.${'changed' | 'missing' | 'extra'}File`,
      paths: readonly string[],
    ): readonly string[] {
      const named = paths.slice(0, shown).map((path) => context.say({ key, params: { path } }));
      return paths.length > shown ? [...named, '…'] : named;
    }
  },
};
