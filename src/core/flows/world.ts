// Everything that the flows and the session need of the outside, in one value. `core/compose` makes one for the real
// machine and one for the lab; nothing here says which adapters they are.
import type {
  Archives,
  Catalogue,
  Clock,
  Defender,
  Downloads,
  Elevation,
  EventLog,
  Files,
  GoEnv,
  GoFinder,
  HeadStore,
  Installer,
  Kept,
  Machine,
  Manifests,
  OrganisationKeyRing,
  ProofSources,
  SettingsStore,
  Signatures,
  SigningKeys,
  Trees,
} from '../ports';
import type { Message } from '../../shared/model/message';
import type { Source } from '../../shared/model';
import type { Journal } from '../journal/journal';
import type { TrustRoots } from '../verify/trust';
import type { WatchMemory } from './watchBlocks';
import type { SavedSession } from './session/saved';

/** Defender's side of a machine. On a system without adapters for it there is none, and the reason says so. */
export type Protection =
  | {
      readonly kind: 'present';
      readonly defender: Defender;
      readonly elevation: Elevation;
      readonly events: EventLog;
    }
  | { readonly kind: 'missing'; readonly reason: Message };

export interface World {
  readonly mode: 'real' | 'lab';
  /** The lab's scenario; null on the real machine. */
  readonly scenario: string | null;
  readonly scenarios: readonly string[];
  /** The lab is asked through PowerShell's own engine. */
  readonly labEngine: boolean;
  readonly stateFolder: string;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly files: Files;
  readonly goFinder: GoFinder;
  readonly goEnv: GoEnv;
  readonly catalogue: Catalogue;
  readonly downloads: Downloads;
  readonly proofSources: ProofSources;
  readonly archives: Archives;
  readonly signatures: Signatures;
  readonly signingKeys: SigningKeys;
  readonly installer: Installer;
  readonly manifests: Manifests;
  readonly trees: Trees;
  readonly keys: OrganisationKeyRing;
  readonly heads: HeadStore;
  readonly protection: Protection;
  readonly journal: Journal;
  readonly settings: SettingsStore;
  /** Where releases come from when nobody names a source. */
  readonly defaultSource: Source;
  /** How far the blocks were told. */
  readonly watchMemory: Kept<WatchMemory>;
  /** The folder of downloads as Windows names it in its events; null where the path itself is the name. */
  readonly downloadsShown?: string;
  /** Whose word counts for a source. Test keys of the lab count for its own mirror alone. */
  trustFor(source: Source): Promise<TrustRoots>;
  /** Makes a source reachable: the lab's own mirror is served from here on. */
  prepare(source: Source): Promise<void>;
  /** Runs work that changes the machine while no other process of Gangway does. @throws FailureError `state.locked` */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Where a session keeps its wizard. */
  readonly wizardFile: Kept<SavedSession>;
  /** A small text file, such as a key. @throws FailureError `disk.missing`, `disk.denied` */
  readText(path: string): Promise<string>;
  /** Ends worker threads, servers and timers. */
  close(): Promise<void>;
}
