// Whose word counts. `productionTrust` is fixed when the program is made; the lab's trust is another kind of thing, which
// `verify()` takes only for the lab's own mirror.
import type { Source } from '../../shared/model';
import { googleSigningKey } from './data/googleKey';
import type { LogTrust } from './log/checksumLog';
import { pinFor, type Pin } from './pins';

export interface TrustRoots {
  readonly kind: 'production' | 'lab';
  readonly checksumDatabase: LogTrust;
  readonly openpgp: {
    /** Armoured public keys, one or several blocks. */
    readonly keyring: string;
    /** Upper-case hex. */
    readonly primaryFingerprints: readonly string[];
  };
  /** The hash that is carried for a file; null where none is. */
  readonly pin: (filename: string) => Pin | null;
}

/** A head of the real log, of August 2024: a log that is smaller, or another one, is noticed on the first run. */
const knownHead = `go.sum database tree
28905453
f3f8U0MoQmXkWAgAEKDtXcaI3c2y6N9+55KNSRefF/w=

— sum.golang.org Az3grr4J9x4SApup87osjthKONInbYdbN37ZskrLF12HIbhDuxOBTzt8Z2jUKbCvxYWrw0yNgshddOzt7pZEl7aSCw8=
`;

const made = new WeakSet<TrustRoots>();

/** Go's checksum database and Google's signing key. */
export const productionTrust: TrustRoots = withGoogleKeyring('');

/** The same roots with a refreshed copy of Google's key beside the bundled one. The pinned fingerprints stay. */
export function withGoogleKeyring(refreshed: string): TrustRoots {
  const trust: TrustRoots = Object.freeze({
    kind: 'production',
    checksumDatabase: Object.freeze({
      // cmd/go/internal/modfetch/key.go
      verifierKeys: Object.freeze([
        'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
      ]),
      knownHead,
    }),
    openpgp: Object.freeze({
      keyring: refreshed === '' ? googleSigningKey : `${googleSigningKey}\n${refreshed}`,
      primaryFingerprints: Object.freeze(['EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796']),
    }),
    pin: pinFor,
  } satisfies TrustRoots);
  made.add(trust);
  return trust;
}

/** Roots of the lab's mirror, made at run time with its random keys. */
export function labTrust(roots: Omit<TrustRoots, 'kind'>): TrustRoots {
  return Object.freeze({ ...roots, kind: 'lab' });
}

/** The lab's roots for the lab's own mirror, where there is one, and the production roots for everything else. */
export function trustBySource(
  lab: TrustRoots | null,
  production: TrustRoots = productionTrust,
): (source: Source) => TrustRoots {
  return (source) => (source.kind === 'embedded' && lab !== null ? lab : production);
}

/** False for anything that `withGoogleKeyring` did not make. */
export function isProductionTrust(trust: TrustRoots): boolean {
  return made.has(trust);
}
