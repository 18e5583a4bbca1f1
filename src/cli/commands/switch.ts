// `gangway switch VERSION`: leads `current` to a version that is installed.
import { rootOf } from '../../core/flows/installRelease';
import { switchVersion } from '../../core/flows/switchVersion';
import { withStateLock } from '../../core/node/stateFolder';
import { withoutGo } from '../../shared/rules/goVersion';
import { done } from '../answer';
import { valued, type Command } from '../command';
import { helpOf, installRootOption, versionOf } from './common';

export const switchCommand: Command = {
  name: 'switch',
  synopsis: 'VERSION [--install-root DIR]',
  about: 'commandLine.switch.about',
  options: valued('install-root'),
  help: [helpOf.installRoot],
  examples: ['gangway switch 1.26.3'],
  positionals: { least: 1, most: 1 },
  async run(context) {
    const version = versionOf(context.positionals[0] ?? '');
    const world = await context.world();
    const installRoot = installRootOption(context, world);
    const outcome = await withStateLock(context.stateFolder, () =>
      switchVersion(world, { installRoot, version }),
    );
    const params = { version: withoutGo(version) };
    const root = rootOf(installRoot, version);
    return outcome.kind === 'already'
      ? done({ outcome: 'already', version, root, run: null }, [
          context.say({ key: 'commandLine.switch.already', params }),
        ])
      : done({ outcome: 'switched', version, root, before: outcome.before, run: outcome.run }, [
          context.say({ key: 'commandLine.switch.done', params }),
        ]);
  },
};
