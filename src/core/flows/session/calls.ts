// Which of the contract's calls the session answers, and which are main's own: those need a window, a dialog, the
// clipboard or the shell.
import type { Argument, CallName, Result } from '../../../shared/contract';

export const mainCalls = [
  'app.snapshot',
  'app.ready',
  'app.openLink',
  'app.closeWindow',
  'app.copyText',
  'app.copyReport',
  'app.addKey',
  'app.useLab',
  'find.chooseFolder',
  'choose.chooseFolder',
  'history.showJournal',
] as const satisfies readonly CallName[];

export type SessionCall = Exclude<CallName, (typeof mainCalls)[number]>;

/** A session's calls have no result: what came of them is in the state. */
type NoResult<N extends SessionCall> = Result<N> extends undefined ? Promise<void> : never;

export type SessionHandlers = {
  readonly [N in SessionCall]: (argument: Argument<N>) => NoResult<N>;
};
