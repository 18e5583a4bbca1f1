// `gangway keys`: whose signature counts for an organisation's own mirror. A key is trusted by its fingerprint, which a
// person has seen.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FailureError } from '../../core/failureError';
import { usage } from '../arguments';
import { done } from '../answer';
import type { Answer, Command, Context } from '../command';

export const keys: Command = {
  name: 'keys',
  synopsis: 'add FILE | list | remove FINGERPRINT',
  about: 'commandLine.keys.about',
  options: {},
  help: [],
  examples: ['gangway keys add it-release.asc', 'gangway keys list --json'],
  positionals: { least: 0, most: 2 },
  run(context) {
    const [action = 'list', subject] = context.positionals;
    switch (action) {
      case 'add':
        return add(context, required(subject, 'keys add FILE'));
      case 'list':
        return list(context);
      case 'remove':
        return remove(context, required(subject, 'keys remove FINGERPRINT'));
      default:
        throw usage(`keys ${action}`);
    }
  },
};

async function add(context: Context, file: string): Promise<Answer> {
  const world = await context.world();
  const armored = await readKeyFile(resolve(file));
  const { fingerprint, name } = await world.keys.inspect(armored);
  context.known({ key: { fingerprint, name } });
  const params = { fingerprint, name };
  const agreed = await context.confirm({ key: 'commandLine.keys.ask', params });
  if (agreed !== true) throw new FailureError(agreed === null ? 'consent.missing' : 'consent.no');
  const added = await world.keys.add(armored);
  if (added.fingerprint !== fingerprint) throw new FailureError('internal');
  return done({ outcome: 'added', key: { fingerprint, name } }, [
    context.say({ key: 'commandLine.keys.added', params }),
  ]);
}

async function list(context: Context): Promise<Answer> {
  const known = await (await context.world()).keys.list();
  return done(
    { keys: known.map(({ fingerprint, name }) => ({ fingerprint, name })) },
    known.length === 0
      ? [context.say({ key: 'commandLine.keys.none' })]
      : known.map(({ fingerprint, name }) => `${fingerprint}  ${name}`),
  );
}

async function remove(context: Context, fingerprint: string): Promise<Answer> {
  await (await context.world()).keys.remove(fingerprint);
  return done({ outcome: 'removed', fingerprint }, [
    context.say({ key: 'commandLine.keys.removed', params: { fingerprint } }),
  ]);
}

function required(value: string | undefined, form: string): string {
  if (value === undefined) throw usage(form);
  return value;
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new FailureError('disk.missing', { params: { path }, cause: error });
  }
}
