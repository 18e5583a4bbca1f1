// Takes back one change that needs no administrator: the value from before, the link from before, the folder that
// Gangway made. What someone else changed since is left, and the report says so.
import type { Files, GoEnv, Installer, Machine } from '../../ports';
import type { Action } from '../../journal/actions';
import { message, type Message } from '../../../shared/model';
import { samePath } from '../../../shared/rules/winPath';

export interface UndoDeps {
  readonly machine: Pick<Machine, 'display'>;
  readonly files: Files;
  readonly goEnv: GoEnv;
  /** Null where a flow can have installed nothing. */
  readonly installer: Installer | null;
}

export type Undone =
  | { readonly kind: 'undone'; readonly what: Message; readonly value: string }
  /** Nothing of it is left. */
  | { readonly kind: 'gone'; readonly what: Message; readonly value: string }
  | { readonly kind: 'kept'; readonly why: Message; readonly value: string }
  /** It stays, and is ours no more: someone else changed it since, or had it before. */
  | { readonly kind: 'released'; readonly why: Message; readonly value: string };

export type PlainAction = Exclude<Action, { kind: 'addExclusion' }>;

/** @throws what the ports throw; the caller reports it and goes on with the rest. */
export async function undoAction(deps: UndoDeps, action: PlainAction): Promise<Undone> {
  switch (action.kind) {
    case 'setGoEnv':
      return undoGoEnv(deps, action);
    case 'makeFolder':
      return undoFolder(deps, action.path);
    case 'switchCurrent':
      return undoSwitch(deps, action);
    case 'unpack':
      return undoUnpack(deps, action);
  }
}

async function undoGoEnv(
  { goEnv }: UndoDeps,
  { root, name, value, before }: Extract<Action, { kind: 'setGoEnv' }>,
): Promise<Undone> {
  const now = (await goEnv.read(root))[name] ?? '';
  const what = message('rollback.undone.goEnv', { name });
  if (sameValue(now, before)) return { kind: 'gone', what, value: name };
  if (!sameValue(now, value)) {
    return { kind: 'released', why: message('rollback.kept.goEnvChanged', { name }), value: name };
  }
  const restored = await goEnv.set(root, name, before);
  return restored
    ? { kind: 'undone', what, value: name }
    : { kind: 'kept', why: message('rollback.kept.goEnvStays', { name }), value: name };
}

function sameValue(a: string, b: string): boolean {
  return a === b || samePath(a, b);
}

async function undoFolder({ machine, files }: UndoDeps, path: string): Promise<Undone> {
  const value = machine.display(path);
  const what = message('rollback.undone.folder');
  if (!(await files.exists(path))) return { kind: 'gone', what, value };
  return (await files.removeEmptyFolder(path))
    ? { kind: 'undone', what, value }
    : { kind: 'kept', why: message('rollback.kept.folderNotEmpty'), value };
}

async function undoSwitch(
  deps: UndoDeps,
  { installRoot, version, before }: Extract<Action, { kind: 'switchCurrent' }>,
): Promise<Undone> {
  const installer = installerOf(deps);
  const value = deps.machine.display(installRoot);
  const what = message('rollback.undone.switch', { version: plain(before ?? '') });
  const now = await installer.current(installRoot);
  if (now === before) return { kind: 'gone', what, value };
  if (now !== version) {
    return {
      kind: 'released',
      why: message('rollback.kept.switchedSince', { version: plain(now ?? '') }),
      value,
    };
  }
  await installer.switchTo(installRoot, before);
  return before === null
    ? { kind: 'undone', what: message('rollback.undone.switchRemoved'), value }
    : { kind: 'undone', what, value };
}

async function undoUnpack(
  deps: UndoDeps,
  { installRoot, version, root }: Extract<Action, { kind: 'unpack' }>,
): Promise<Undone> {
  const installer = installerOf(deps);
  const value = deps.machine.display(root);
  const what = message('rollback.undone.unpack', { version: plain(version) });
  if (!(await deps.files.exists(root))) return { kind: 'gone', what, value };
  if ((await installer.current(installRoot)) === version) {
    return {
      kind: 'kept',
      why: message('rollback.kept.inUse', { version: plain(version) }),
      value,
    };
  }
  await installer.remove(installRoot, version);
  return { kind: 'undone', what, value };
}

function installerOf({ installer }: UndoDeps): Installer {
  if (installer === null) throw new Error('a version to take back, and no installer');
  return installer;
}

function plain(version: string): string {
  return version.replace(/^go/, '');
}
