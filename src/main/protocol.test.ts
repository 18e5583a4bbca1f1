import { resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import {
  contentSecurityPolicy,
  filePath,
  pageHandler,
  withNonce,
  type PageAnswer,
} from './protocol';

const folder = resolve('/app/out/renderer');
const html = '<html><head><meta property="csp-nonce" content="" /></head></html>';
const read = (path: string): Promise<Buffer> =>
  path.endsWith(`${sep}index.html`)
    ? Promise.resolve(Buffer.from(html))
    : path.endsWith(`${sep}index.js`)
      ? Promise.resolve(Buffer.from('1'))
      : Promise.reject(new Error('ENOENT'));
const serve = pageHandler(folder, read);
const get = (path: string, method = 'GET'): Promise<PageAnswer> =>
  serve({ url: `gangway://app/${path}`, method });

describe('the page', () => {
  it('comes with a policy whose nonce is in its own tag, fresh each time', async () => {
    const one = await get('index.html');
    const policy = one.headers['content-security-policy'] ?? '';
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? 'none';
    expect(one.body.toString()).toContain(`<meta property="csp-nonce" content="${nonce}" />`);
    const other = await get('index.html');
    expect(other.headers['content-security-policy']).not.toBe(policy);
  });

  it('may run its own scripts and nothing else', () => {
    const policy = contentSecurityPolicy('n');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:/);
    expect(policy).not.toContain('connect-src');
  });

  it('has the tag that the nonce goes into', () => {
    expect(withNonce(readFileSync('src/renderer/index.html', 'utf8'), 'abc')).toContain('"abc"');
  });
});

describe('a file', () => {
  it('is served with its type, and never guessed', async () => {
    const response = await get('assets/index.js');
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it('that is not there is not found', async () => {
    expect((await get('assets/other.js')).status).toBe(404);
  });

  it('of another kind, or asked for in another way, is not served', async () => {
    expect((await get('package.json')).status).toBe(404);
    expect((await get('index.html', 'POST')).status).toBe(404);
  });
});

describe('an address outside the page', () => {
  it.each([
    'gangway://app/',
    'gangway://app/../main/index.js',
    'gangway://app/a/../../main/index.js',
    'gangway://app/%2e%2e/main/index.js',
    'gangway://app/..%2fmain%2findex.js',
    'gangway://app/a%00.js',
    'gangway://app/a\\..\\b.js',
    'gangway://app//etc/passwd.js',
    'gangway://app/C:/x.js',
    'gangway://app/x.js:stream',
    'gangway://app/.../x.js',
    'gangway://other/index.html',
    'gangway://app.evil/index.html',
    'file:///etc/passwd',
  ])('%s names no file', (address) => {
    expect(filePath(folder, address)).toBeNull();
  });

  it('a query or a fragment changes nothing', () => {
    expect(filePath(folder, 'gangway://app/index.html?x=/../y#z')).toBe(
      resolve(folder, 'index.html'),
    );
  });
});
