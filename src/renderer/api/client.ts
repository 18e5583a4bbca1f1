// The one door to main: what the preload put on the window. It carries intents and ids, and nothing else.
import type { GangwayClient } from '../../shared/contract';
import { globalName } from '../../shared/contract/names';

/** @throws Error where the preload did not run: nothing can be shown then. */
export function gangwayClient(): GangwayClient {
  const found: unknown = Reflect.get(window, globalName);
  if (typeof found !== 'object' || found === null) {
    throw new Error('The bridge to the main process is missing.');
  }
  return found as GangwayClient;
}
