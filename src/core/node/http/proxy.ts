// Which proxy a request takes. The app asks the system and hands the answer over; the command line reads the
// environment. No SOCKS: such an answer is named, never silently gone around.

export type Proxy =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'http';
      readonly host: string;
      readonly port: number;
      /** The value of `Proxy-Authorization`, where the environment gave a name and a password. */
      readonly authorization?: string;
    }
  /** What the system named and Gangway does not speak, as the system wrote it. */
  | { readonly kind: 'unsupported'; readonly text: string };

/** Answers for one address; asked again for each host that a redirect leads to. */
export type ResolveProxy = (url: string) => Promise<Proxy>;

export const direct: Proxy = { kind: 'direct' };

/** The proxy of curl's conventions: `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, in either case. */
export function proxyFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): ResolveProxy {
  const read = (name: string): string =>
    environment[name.toLowerCase()] ?? environment[name.toUpperCase()] ?? '';
  return (address) => {
    const url = new URL(address);
    if (isLoopback(url.hostname) || isExempt(url, read('no_proxy'))) return Promise.resolve(direct);
    const named = url.protocol === 'https:' ? read('https_proxy') : read('http_proxy');
    const text = named === '' ? read('all_proxy') : named;
    return Promise.resolve(text === '' ? direct : readProxyAddress(text));
  };
}

/**
 * The first usable entry of what Chromium's resolver answers: "PROXY host:port; SOCKS5 host:port; DIRECT", the form
 * of a proxy auto-configuration file.
 */
export function proxyFromAnswer(answer: string): Proxy {
  const entries = answer
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  for (const entry of entries) {
    const [kind = '', place = ''] = entry.split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return direct;
    if (kind.toUpperCase() === 'PROXY') return readProxyAddress(place);
  }
  return entries.length === 0 ? direct : { kind: 'unsupported', text: answer };
}

/** True for this computer: plain http to it leaves no wire. `hostname` as the URL class gives it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function readProxyAddress(text: string): Proxy {
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url?.protocol !== 'http:' || url.hostname === '') return { kind: 'unsupported', text };
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    kind: 'http',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 80 : Number(url.port),
    ...(login === ':'
      ? {}
      : { authorization: `Basic ${Buffer.from(login, 'utf8').toString('base64')}` }),
  };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    // Not an address: the caller names it as unsupported.
    return null;
  }
}

/** "*", "example.com" and ".example.com" (both with subdomains), "host:port". Address ranges are not read. */
function isExempt(url: URL, noProxy: string): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', onlyPort] = /^\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      return name !== '' && (url.hostname === name || url.hostname.endsWith(`.${name}`));
    });
}
