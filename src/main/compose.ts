// Makes the session that the app shows: the lab, or this computer. Imported when the window is opening already, since the
// engine is the larger part of the bundle.
import { composeWorld } from '../core/compose';
import type { Session, SessionOptions } from '../core/flows/session/api';
import { openSession } from '../core/flows/session/session';
import { startWorker } from './worker';

export interface ComposeOptions extends Omit<SessionOptions, 'open'> {
  readonly stateFolder: string;
  /** The system's proxy for an address, in the words of a PAC file: "PROXY host:port; DIRECT". */
  readonly resolveProxy: (address: string) => Promise<string>;
}

export function composeSession(options: ComposeOptions): Promise<Session> {
  const { stateFolder, resolveProxy, ...session } = options;
  return openSession({
    ...session,
    open: (wanted) => composeWorld({ scenario: wanted, stateFolder, startWorker, resolveProxy }),
  });
}
