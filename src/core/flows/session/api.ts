// What the app sees of a session: one state, one way in, and what comes out of it.
import type { Argument, Result } from '../../../shared/contract';
import type { AppInfo, AppState, Block } from '../../../shared/model';
import type { SessionCall } from './calls';
import type { World } from '../world';

export interface SessionOptions {
  /** Null: the real machine. */
  readonly scenario: string | null;
  /** Makes the adapters; called again when the scenario changes. The session closes what it made. */
  readonly open: (scenario: string | null) => Promise<World>;
  /** What only the app knows. It resolves language and theme itself before it shows the state. */
  readonly app: Pick<AppInfo, 'version' | 'platform' | 'canStartWithSystem' | 'runtime'>;
  /** What a start looks at waits for this, so that the first screen comes first. It never rejects. */
  readonly shown?: Promise<void>;
}

export interface Session {
  readonly state: AppState;
  /** The journal's file, for main to show. */
  readonly journalFile: string;
  /** Called after each change with the slices that changed, whole. Returns a function that ends it. */
  subscribe(listener: (slices: Partial<AppState>) => void): () => void;
  /**
   * New blocks, one call a story, also for what came while Gangway was closed. What was found before anyone listened is
   * told to the first who does. Returns a function that ends it.
   */
  onBlock(listener: (block: Block) => void): () => void;
  /**
   * Answers every call of the contract but main's own (`mainCalls`). A failure that belongs to a page is put into the
   * state, and the call returns; what has no other place is thrown.
   * @throws FailureError
   */
  handle<N extends SessionCall>(name: N, argument: Argument<N>): Promise<Result<N>>;
  /** Reads a key's file. Added only where `confirm` is its fingerprint. @throws FailureError `keys.*` */
  addKeyFile(path: string, confirm: string | null): Promise<Result<'app.addKey'>>;
  /** Another Go, from main's dialog. */
  addFindFolder(path: string): Promise<void>;
  /** A folder of releases laid out as go.dev's, from main's dialog. */
  chooseSourceFolder(path: string): Promise<void>;
  /** Stops what runs (a download keeps its part), writes the state and closes the adapters. */
  close(): Promise<void>;
}
