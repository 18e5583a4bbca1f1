// Addresses: what may be asked, where a redirect may lead, and what of an address people are shown.
import { FailureError } from '../../failureError';
import { RefusedRedirect } from './failures';
import { isLoopback } from './proxy';

export const maxRedirects = 5;

export function hostOf(url: string): string {
  return readAddress(url).hostname;
}

/** @throws FailureError `network.badAddress` for anything but an http(s) address. */
export function readAddress(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    throw new FailureError('network.badAddress', { params: { address: text }, cause: error });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FailureError('network.badAddress', { params: { address: text } });
  }
  return url;
}

/** The statuses that carry a `Location`. */
export const redirects = new Set([301, 302, 303, 307, 308]);

/** @throws RefusedRedirect */
export function follow(from: URL, location: string, status: number, hop: number): URL {
  let to: URL;
  try {
    to = new URL(location, from);
  } catch {
    throw new RefusedRedirect('malformed', status, location);
  }
  if (hop >= maxRedirects) throw new RefusedRedirect('tooMany', status, shown(to));
  if (to.protocol !== 'https:' && to.protocol !== 'http:') {
    throw new RefusedRedirect('scheme', status, shown(to));
  }
  if (from.protocol === 'https:' && to.protocol === 'http:' && !isLoopback(to.hostname)) {
    throw new RefusedRedirect('downgrade', status, shown(to));
  }
  // A redirect brings no name and password of its own.
  to.username = '';
  to.password = '';
  return to;
}

/** Moves `user:password@` out of the address and into a header. */
export function takeCredentials(url: URL): Record<string, string> {
  if (url.username === '' && url.password === '') return {};
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return { authorization: `Basic ${Buffer.from(login, 'utf8').toString('base64')}` };
}

/** For people: without a name and password. */
export function shown(url: URL): string {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy.href;
}
