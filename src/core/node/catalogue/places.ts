// Where each source keeps what: its list, its files, the small texts beside them, and the checksum database that
// vouches for it. Addresses only; nothing is fetched here.
import { join } from 'node:path';
import { FailureError } from '../../failureError';
import type { Source } from '../../../shared/model';
import { readAddress } from '../http/address';

/** The base address of the lab's own mirror while it is served; null otherwise. */
export type EmbeddedBase = () => string | null;

export type Place =
  { readonly kind: 'url'; readonly url: string } | { readonly kind: 'path'; readonly path: string };

/** As go.dev itself allows (`fileRe` of its server), so a name can never lead out of a folder. */
const goFilename = /^go[0-9a-z.]+\.[0-9a-z.-]+\.(?:tar\.gz|pkg|msi|zip)$/;

export function isGoFilename(name: string): boolean {
  return name.length <= 128 && goFilename.test(name);
}

const goDev = 'https://go.dev/dl/';
const china = 'https://golang.google.cn/dl/';
/** Where go.dev's files really are. For `.sha256` and `.asc` go.dev itself answers with a web page. */
const storage = 'https://dl.google.com/go/';

/** The list, in the order in which to try. */
export function listPlaces(source: Source, embedded: EmbeddedBase): readonly Place[] {
  const query = { mode: 'json', include: 'all' };
  switch (source.kind) {
    case 'go.dev':
      return [below(goDev, '', query)];
    case 'golang.google.cn':
      return [below(china, '', query)];
    case 'embedded':
      return [below(`${baseOf(embedded)}/dl/`, '', query)];
    case 'url':
      return [below(source.url, '', query), below(source.url, 'index.json')];
    case 'folder':
      return [{ kind: 'path', path: join(source.path, 'index.json') }];
  }
}

/** The file itself. @throws FailureError `internal` for a name that no Go release has. */
export function filePlace(source: Source, filename: string, embedded: EmbeddedBase): Place {
  const name = checked(filename);
  switch (source.kind) {
    case 'go.dev':
      return below(goDev, name);
    case 'golang.google.cn':
      return below(china, name);
    case 'embedded':
      return below(`${baseOf(embedded)}/dl/`, name);
    case 'url':
      return below(source.url, name);
    case 'folder':
      return { kind: 'path', path: join(source.path, name) };
  }
}

/** `<file>.sha256` or `<file>.asc`, in the order in which to try. */
export function sidePlaces(
  source: Source,
  filename: string,
  suffix: '.sha256' | '.asc',
  embedded: EmbeddedBase,
): readonly Place[] {
  const name = `${checked(filename)}${suffix}`;
  switch (source.kind) {
    case 'go.dev':
      return [below(storage, name)];
    case 'golang.google.cn':
      return [below(storage, name), below(china, name)];
    case 'embedded':
      return [below(`${baseOf(embedded)}/dl/`, name)];
    case 'url':
      return [below(source.url, name)];
    case 'folder':
      return [{ kind: 'path', path: join(source.path, name) }];
  }
}

/** An organisation's own list of hashes; null where the source is not an organisation's. */
export function sumsPlace(
  source: Source,
  name: 'SHA256SUMS' | 'SHA256SUMS.asc',
  embedded: EmbeddedBase,
): Place | null {
  switch (source.kind) {
    case 'go.dev':
    case 'golang.google.cn':
      return null;
    case 'embedded':
      return below(`${baseOf(embedded)}/dl/`, name);
    case 'url':
      return below(source.url, name);
    case 'folder':
      return { kind: 'path', path: join(source.path, name) };
  }
}

/** The checksum database: Go's own for every source but the lab's mirror, which has one of its own. */
export function databasePlace(source: Source, path: string, embedded: EmbeddedBase): string {
  if (!/^\/[A-Za-z0-9._/@!~+-]+$/.test(path) || path.includes('..')) {
    throw new FailureError('internal', { cause: new Error(`no path of the database: ${path}`) });
  }
  switch (source.kind) {
    case 'golang.google.cn':
      return `https://sum.golang.google.cn${path}`;
    case 'embedded':
      return `${baseOf(embedded)}/sumdb${path}`;
    case 'go.dev':
    case 'url':
    case 'folder':
      return `https://sum.golang.org${path}`;
  }
}

/**
 * Google's public keys for its Linux packages and Go's tar.gz files (https://www.google.com/linuxrepositories/). Asked
 * of Google whatever the source is: which of them count is decided by the pinned fingerprint.
 */
export function signingKeysPlace(source: Source, embedded: EmbeddedBase): Place {
  const base = source.kind === 'embedded' ? baseOf(embedded) : 'https://dl.google.com';
  return { kind: 'url', url: `${base}/linux/linux_signing_key.pub` };
}

/** How a place is written for people: without a name and password. */
export function shownPlace(place: Place): string {
  if (place.kind === 'path') return place.path;
  const url = readAddress(place.url);
  url.username = '';
  url.password = '';
  return url.href;
}

/** `name` below a base whose own query (a token, say) is kept. */
function below(base: string, name: string, query: Readonly<Record<string, string>> = {}): Place {
  const url = readAddress(base);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.pathname += name;
  url.hash = '';
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return { kind: 'url', url: url.href };
}

function baseOf(embedded: EmbeddedBase): string {
  const base = embedded();
  if (base === null) throw new FailureError('adapter.missing', { params: { what: 'mirror' } });
  return base;
}

function checked(filename: string): string {
  if (isGoFilename(filename)) return filename;
  throw new FailureError('internal', { cause: new Error(`no file of Go: ${filename}`) });
}
