// The certificate authorities of the operating system beside Node's own: many companies inspect TLS with a root that
// only the system knows. Where Node cannot read them (before 22.15), its own list holds, and NODE_EXTRA_CA_CERTS.
import * as tls from 'node:tls';

type ReadAuthorities = (store: 'default' | 'system') => string[];

let known: { readonly context: tls.SecureContext | undefined } | undefined;

/** Read once a thread. Undefined: use the defaults. */
export function systemAuthorities(): tls.SecureContext | undefined {
  known ??= { context: read() };
  return known.context;
}

function read(): tls.SecureContext | undefined {
  const { getCACertificates } = tls as { readonly getCACertificates?: ReadAuthorities };
  if (getCACertificates === undefined) return undefined;
  try {
    const system = getCACertificates('system');
    if (system.length === 0) return undefined;
    return tls.createSecureContext({ ca: [...getCACertificates('default'), ...system] });
  } catch {
    // A store that cannot be read leaves the defaults: stricter, never looser.
    return undefined;
  }
}
