// Serves the page over gangway://app from the app's own folder, and nothing else from anywhere. Each page comes with a
// policy that names a fresh nonce, so that no style or script which is not ours can run.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { appOrigin, appScheme } from './origin';

export const scheme: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** What a page is made of; any other kind of file is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** One answer to the page: the whole of a small file. */
export interface PageAnswer {
  readonly status: 200 | 404;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Serves the page's scheme. Not by `protocol.handle`: for its first `Request` Node reads its whole fetch library, some 30 ms
 * of each start before the page is asked for.
 * @see docs/adr/0020-serving-the-page.md
 */
export function servePage(protocol: Protocol, folder: string): void {
  const answer = pageHandler(folder);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above: its successor costs each start 30 ms
  protocol.registerBufferProtocol(scheme.scheme, (request, respond) => {
    void answer(request).then(({ status, headers, body }) => {
      const [mimeType = '', charset = 'utf-8'] = (headers['content-type'] ?? '').split(
        '; charset=',
      );
      respond({ statusCode: status, headers: { ...headers }, mimeType, charset, data: body });
    });
  });
}

/** Answers requests from the files below `folder`. Never rejects. */
export function pageHandler(
  folder: string,
  read: (path: string) => Promise<Buffer> = readFile,
): (request: { readonly url: string; readonly method: string }) => Promise<PageAnswer> {
  return async ({ url, method }) => {
    const path = method === 'GET' ? filePath(folder, url) : null;
    const type = path === null ? undefined : contentTypes[extname(path)];
    if (path === null || type === undefined) return notFound();
    let body: Buffer;
    try {
      body = await read(path);
    } catch {
      return notFound();
    }
    const headers = { ...commonHeaders, 'content-type': type };
    if (extname(path) !== '.html') return { status: 200, headers, body };
    const nonce = randomBytes(16).toString('base64url');
    return {
      status: 200,
      headers: { ...headers, 'content-security-policy': contentSecurityPolicy(nonce) },
      body: Buffer.from(withNonce(body.toString('utf8'), nonce)),
    };
  };
}

/** The file that an address names, absolute; null for every address that is not plainly one below `folder`. */
export function filePath(folder: string, address: string): string | null {
  if (!address.startsWith(`${appOrigin}/`)) return null;
  const path = address.slice(appOrigin.length + 1).split(/[?#]/, 1)[0] ?? '';
  // Names that our build gives, and nothing that needs decoding: so there is nothing to decode wrongly.
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(path)) return null;
  if (path.split('/').some((segment) => /^\.+$/.test(segment))) return null;
  const file = join(folder, ...path.split('/'));
  return file.startsWith(folder + sep) ? file : null;
}

/** The page's scripts read the nonce from this tag and give it to the styles that they make. */
export function withNonce(html: string, nonce: string): string {
  return html.replace(
    '<meta property="csp-nonce" content=""',
    `<meta property="csp-nonce" content="${nonce}"`,
  );
}

// No cross-origin-opener-policy: no page of ours has an opener or opens another (hardening.ts refuses both), and with that
// header Chromium starts a second process for the one page.
const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

function notFound(): PageAnswer {
  return {
    status: 404,
    headers: { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from('Not found'),
  };
}
