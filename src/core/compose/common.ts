// What the real machine and the lab have in common: the network, the cache, the proofs, the installer and the journal.
import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../flows/world';
import { openJournal, type Journal } from '../journal/journal';
import { nodeArchives } from '../node/archive/archives';
import { nodeCatalogue } from '../node/catalogue/catalogue';
import type { EmbeddedBase } from '../node/catalogue/places';
import { nodeDownloads } from '../node/download';
import { headsFile } from '../node/heads';
import { createHttp, type ResolveProxy } from '../node/http';
import { nodeInstaller } from '../node/install/installer';
import { manifestStore } from '../node/install/manifestStore';
import { nodeTrees } from '../node/install/trees';
import { jsonFile } from '../node/jsonFile';
import { organisationKeys } from '../node/keys';
import { googleKeys } from '../node/openpgp/googleKeys';
import { workerSignatures } from '../node/openpgp/signatures';
import { nodeProofSources } from '../node/proofSources';
import { openSettings } from '../node/settings';
import { makeStateFolder, withStateLock } from '../node/stateFolder';
import { Workers, type StartWorker } from '../node/worker/workers';
import type { Clock, Files } from '../ports';
import { version } from '../../../package.json';
import { savedSessionSchema } from '../flows/session/saved';
import { watchMemorySchema } from '../flows/watchBlocks';
import { diskFailure } from '../node/diskFailure';

export interface ComposeParts {
  /** The state folder; made where it is not there. */
  readonly stateFolder: string;
  readonly startWorker: StartWorker;
  /** The app asks the system; without it the environment's variables count. */
  readonly resolveProxy?: ResolveProxy;
}

export type CommonParts = Omit<
  World,
  | 'mode'
  | 'scenario'
  | 'scenarios'
  | 'labEngine'
  | 'machine'
  | 'goFinder'
  | 'goEnv'
  | 'protection'
  | 'defaultSource'
  | 'prepare'
  | 'trustFor'
>;

export interface CommonRequest extends ComposeParts {
  readonly clock: Clock;
  readonly files: Files;
  readonly embedded?: EmbeddedBase;
  /** Runs after files were unpacked and before they are looked for again. */
  readonly settled?: (root: string) => Promise<void>;
}

export async function commonParts(request: CommonRequest): Promise<CommonParts> {
  const { clock, files } = request;
  await makeStateFolder(request.stateFolder);
  const state = await realpath(request.stateFolder);
  const workers = new Workers(request.startWorker);
  const userAgent = `Gangway/${version}`;
  const proxy = request.resolveProxy === undefined ? {} : { resolveProxy: request.resolveProxy };
  const embedded = request.embedded === undefined ? {} : { embedded: request.embedded };
  const http = createHttp({ userAgent, ...proxy });
  const proofSources = nodeProofSources({ http, ...embedded });
  const manifests = manifestStore(join(state, 'manifests'));
  return {
    stateFolder: state,
    clock,
    files,
    manifests,
    trees: nodeTrees,
    catalogue: nodeCatalogue({ stateFolder: state, http, now: () => clock.now(), ...embedded }),
    downloads: nodeDownloads({ folder: join(state, 'downloads'), workers, userAgent, ...proxy }),
    proofSources,
    archives: nodeArchives(workers),
    signatures: workerSignatures(workers),
    signingKeys: googleKeys({ stateFolder: state, workers, sources: proofSources }),
    installer: nodeInstaller({
      workers,
      files,
      manifests,
      now: () => clock.now(),
      ...(request.settled === undefined ? {} : { settled: request.settled }),
    }),
    journal: await openJournalIn(state, clock),
    settings: openSettings(state),
    keys: organisationKeys(state, workers),
    heads: headsFile(state),
    watchMemory: jsonFile(join(state, 'blocks.json'), watchMemorySchema),
    wizardFile: jsonFile(join(state, 'wizard.json'), savedSessionSchema),
    readText,
    exclusively: (work) => withStateLock(state, work),
    close: () => workers.close(),
  };
}

async function openJournalIn(state: string, clock: Clock): Promise<Journal> {
  const file = join(state, 'journal.jsonl');
  try {
    return await openJournal(file, clock);
  } catch (error) {
    throw diskFailure(error, file);
  }
}

/** Bytes; a key file has some thousands. */
const largestText = 1024 * 1024;

async function readText(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(largestText), 0, largestText, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw diskFailure(error, path);
  }
}
