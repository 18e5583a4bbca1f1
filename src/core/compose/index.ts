// One world from one wish: the lab with a scenario, or this computer.
import type { World } from '../flows/world';
import { proxyFromAnswer } from '../node/http/proxy';
import type { StartWorker } from '../node/worker/workers';
import { composeLab } from './lab';
import { composeReal } from './real';

export interface WorldOptions {
  readonly stateFolder: string;
  /** The lab's scenario; null is this computer. */
  readonly scenario: string | null;
  readonly startWorker: StartWorker;
  /**
   * The system's proxy for an address, in the words of a PAC file: "PROXY host:port; DIRECT". Without it the environment's
   * variables count.
   */
  readonly resolveProxy?: (address: string) => Promise<string>;
  /** Of the lab's mirror, so that a demonstration shows a transfer and not a flash. */
  readonly bytesPerSecond?: number;
}

/** @throws FailureError `usage` for a scenario that is not there, `disk.denied` */
export function composeWorld(options: WorldOptions): Promise<World> {
  const { stateFolder, scenario, startWorker, resolveProxy, bytesPerSecond } = options;
  const parts = {
    stateFolder,
    startWorker,
    ...(resolveProxy === undefined
      ? {}
      : { resolveProxy: async (address: string) => proxyFromAnswer(await resolveProxy(address)) }),
  };
  if (scenario === null) return composeReal(parts);
  return composeLab({
    ...parts,
    scenario,
    ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
  });
}
