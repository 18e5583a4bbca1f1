// The answers to the contract's calls: main's own, which need the window, a dialog, the clipboard or the browser, and the
// session's. Nothing the page sends becomes a path, an address or a command.
import { mainCalls, type SessionCall } from '../core/flows/session/calls';
import type { Argument, CallName, Result } from '../shared/contract';
import type { AppState } from '../shared/model';
import type { MessageKey } from '../shared/text/en';
import type { Pushes } from './ipc/push';
import type { Answer } from './ipc/engine';
import { addressOf } from './links';
import type { LiveSession } from './live';
import { firstScenario } from './options';
import { present, type SystemAppearance } from './present';

type MainCall = (typeof mainCalls)[number];
type MainAnswers = { readonly [N in MainCall]: (argument: Argument<N>) => Promise<Result<N>> };

export interface FileFilter {
  readonly name: string;
  readonly extensions: string[];
}

/** What main can do that a session cannot. */
export interface Desk {
  /** The chosen path; null where the person chose none. */
  chooseFile(title: string, filters: readonly FileFilter[]): Promise<string | null>;
  chooseFolder(title: string): Promise<string | null>;
  copy(text: string): Promise<void>;
  openAddress(address: string): Promise<void>;
  /** Shows a file in its folder. */
  showFile(path: string): void;
  /** Once what is under way has been answered: the page that asks goes with its window. */
  closeWindow(): void;
  appearance(): SystemAppearance;
  /** The page has drawn itself and can be used. */
  usable(): void;
  readonly platform: string;
}

/** Calls wait until the session is there; where it could not be opened, each of them answers why. */
export function answers(
  live: LiveSession,
  pushes: Pick<Pushes, 'snapshot' | 'ready'>,
  desk: Desk,
): Answer {
  /** The key file that was shown by its fingerprint and waits for a yes. */
  let shownKey: string | null = null;

  const shown = async (): Promise<AppState> => present((await live.get()).state, desk.appearance());
  const title = async (key: DialogTitle): Promise<string> =>
    (await import('../shared/text/translate')).translate((await shown()).app.language, { key });

  const own: MainAnswers = {
    'app.snapshot': async () => pushes.snapshot(await shown()),
    'app.ready': async () => {
      await live.get();
      pushes.ready();
      desk.usable();
    },
    'app.useLab': async () => {
      await live.exchange(firstScenario);
    },
    'app.openLink': async (link) => {
      const address = addressOf(link, await shown(), desk.platform);
      if (address !== null) await desk.openAddress(address);
    },
    'app.closeWindow': () => {
      desk.closeWindow();
      return Promise.resolve(undefined);
    },
    'app.copyText': async (text) => {
      await desk.copy(text);
    },
    'app.copyReport': async (kind) => {
      const { report } = await import('./report');
      await desk.copy(report(kind, await shown()));
    },
    'app.addKey': async ({ confirm }) => {
      const session = await live.get();
      const waiting = shownKey;
      shownKey = null;
      if (confirm !== null) return waiting === null ? null : session.addKeyFile(waiting, confirm);
      const path = await desk.chooseFile(await title('shell.dialog.addKey'), [
        { name: await title('shell.dialog.keyFiles'), extensions: ['asc', 'gpg', 'key', 'pub'] },
        { name: await title('shell.dialog.allFiles'), extensions: ['*'] },
      ]);
      if (path === null) return null;
      const key = await session.addKeyFile(path, null);
      shownKey = path;
      return key;
    },
    'history.showJournal': async () => {
      desk.showFile((await live.get()).journalFile);
    },
    'find.chooseFolder': async () => {
      const path = await desk.chooseFolder(await title('shell.dialog.findFolder'));
      if (path !== null) await (await live.get()).addFindFolder(path);
    },
    'choose.chooseFolder': async () => {
      const path = await desk.chooseFolder(await title('shell.dialog.sourceFolder'));
      if (path !== null) await (await live.get()).chooseSourceFolder(path);
    },
  };

  return async <N extends CallName>(name: N, argument: Argument<N>): Promise<Result<N>> => {
    // The name picks both the function and the type of its argument, which a union cannot say.
    if (isMainCall(name)) {
      const call = own[name] as (argument: unknown) => Promise<unknown>;
      return (await call(argument)) as Result<N>;
    }
    const session = await live.get();
    const handle = session.handle.bind(session) as (
      name: SessionCall,
      argument: unknown,
    ) => Promise<unknown>;
    return (await handle(name, argument)) as Result<N>;
  };
}

type DialogTitle = Extract<MessageKey, `shell.dialog.${string}`>;

function isMainCall(name: CallName): name is MainCall {
  return (mainCalls as readonly CallName[]).includes(name);
}
