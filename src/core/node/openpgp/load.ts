// Loads the OpenPGP library when it is first needed: most runs of a thread never do.
import type * as Library from 'openpgp';

export type OpenPgp = typeof Library;

/** For worker threads: parsing what strangers wrote stays off the main thread. */
export async function loadOpenPgp(): Promise<OpenPgp> {
  // Electron 25's Node has no global Web Crypto, which the library looks for while it loads.
  if (!('crypto' in globalThis)) {
    const { webcrypto } = await import('node:crypto');
    Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
  }
  return import('openpgp');
}
