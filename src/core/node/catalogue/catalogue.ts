// The list of releases of a source: fetched and checked for shape, kept with its ETag, and answered from what was kept
// where the source cannot be reached. It does not prove anything: a list is only what its server says.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue, Kept } from '../../ports';
import { FailureError } from '../../failureError';
import {
  goReleaseSchema,
  type Catalogued,
  type GoRelease,
  type Source,
} from '../../../shared/model';
import { z } from '../../../shared/zod';
import { answerDetails, isWebPage } from '../http/answerDetails';
import { RefusedRedirect, TooLarge } from '../http/failures';
import { hostOf, type Http, type SmallReply } from '../http';
import { jsonFile } from '../jsonFile';
import { filePlace, listPlaces, shownPlace, type EmbeddedBase, type Place } from './places';
import { readList } from './readList';

export interface CatalogueParts {
  readonly stateFolder: string;
  readonly http: Http;
  readonly embedded?: EmbeddedBase;
  readonly now?: () => Date;
}

/** Bytes of a list. The whole of go.dev's was 0.7 MB in 2021 and grows by some 0.3 MB a year. */
export const listCap = 16 * 1024 * 1024;

export function nodeCatalogue(parts: CatalogueParts): Catalogue {
  const embedded = parts.embedded ?? (() => null);
  const now = parts.now ?? (() => new Date());
  return {
    async list(source, signal) {
      const places = listPlaces(source, embedded);
      return source.kind === 'folder'
        ? listOfFolder(source, places, now)
        : listOfServer(source, places, { ...parts, now }, signal);
    },
    async kept(source) {
      if (source.kind === 'folder') return null;
      // The lab's list is kept under one name, whether or not its mirror is served already.
      const places = source.kind === 'embedded' ? [] : listPlaces(source, embedded);
      const kept = await keptFile(parts.stateFolder, source, places).read();
      return kept === null ? null : { releases: kept.releases, fetchedAt: kept.fetchedAt };
    },
    locate(source, filename) {
      const place = filePlace(source, filename, embedded);
      return place.kind === 'path' ? place.path : place.url;
    },
  };
}

async function listOfFolder(
  source: Source,
  places: readonly Place[],
  now: () => Date,
): Promise<Catalogued> {
  const path = places[0] === undefined ? '' : shownPlace(places[0]);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new FailureError('catalogue.noList', {
      params: { place: path },
      next: ['chooseOtherSource'],
      cause: error,
    });
  }
  const reading = readList(text);
  switch (reading.kind) {
    case 'list':
      return {
        source,
        releases: reading.releases,
        fetchedAt: now().toISOString(),
        fromCache: false,
      };
    case 'notJson':
      throw new FailureError('catalogue.notJson', {
        params: { place: path },
        next: ['chooseOtherSource'],
        details: [{ id: 'file', value: path }],
      });
    case 'wrongShape':
      throw wrongShape(path, reading.where, reading.what);
  }
}

const keptListSchema = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  fetchedAt: z.string(),
  releases: z.array(goReleaseSchema),
});
type KeptList = z.infer<typeof keptListSchema>;

async function listOfServer(
  source: Source,
  places: readonly Place[],
  parts: CatalogueParts & { readonly now: () => Date },
  signal?: AbortSignal,
): Promise<Catalogued> {
  const cache = keptFile(parts.stateFolder, source, places);
  const kept = await cache.read();
  try {
    const fetched = await fetchFirst(places, parts.http, kept, signal);
    const fetchedAt = parts.now().toISOString();
    await cache.write({ ...fetched, fetchedAt });
    return { source, releases: fetched.releases, fetchedAt, fromCache: false };
  } catch (error) {
    if (kept === null || !(error instanceof FailureError) || !mayUseKept(error)) throw error;
    const { releases, fetchedAt } = kept;
    return { source, releases, fetchedAt, fromCache: true, staleBecause: error.failure };
  }
}

/** A list that is there and wrong is never papered over with an older one. */
function mayUseKept(error: FailureError): boolean {
  const { code } = error.failure;
  return code.startsWith('network.') || code === 'catalogue.notJson' || code === 'catalogue.noList';
}

/** The port of the lab's mirror changes; its list is the same. */
function keptFile(stateFolder: string, source: Source, places: readonly Place[]): Kept<KeptList> {
  const name =
    source.kind === 'embedded' ? 'embedded' : places.map((place) => shownPlace(place)).join('\n');
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return jsonFile(join(stateFolder, 'catalogue', `${hash}.json`), keptListSchema);
}

type Fetched = Omit<KeptList, 'fetchedAt'>;

/**
 * A plain web server has no answer to go.dev's query, and shows a page or a listing: then its `index.json` counts.
 * The last place decides how it failed, unless there is nothing while an earlier one had something wrong.
 */
async function fetchFirst(
  places: readonly Place[],
  http: Http,
  kept: KeptList | null,
  signal?: AbortSignal,
): Promise<Fetched> {
  const failures: FailureError[] = [];
  for (const place of places) {
    const url = place.kind === 'url' ? place.url : '';
    try {
      return await fetchList(url, http, kept?.url === url ? kept : null, signal);
    } catch (error) {
      if (!(error instanceof FailureError) || !elsewhere.has(error.failure.code)) throw error;
      failures.push(error);
    }
  }
  const last = failures.at(-1) ?? new FailureError('catalogue.noList');
  const earlier = failures.find((failure) => failure.failure.code === 'catalogue.wrongShape');
  if (places.length > 1 && isMissing(last)) {
    throw (
      earlier ??
      new FailureError('catalogue.noList', {
        params: { place: last.failure.details[0]?.value ?? '' },
        next: ['chooseOtherSource'],
        details: last.failure.details,
      })
    );
  }
  throw last;
}

const elsewhere = new Set<string>(['network.status', 'catalogue.notJson', 'catalogue.wrongShape']);

function isMissing(error: FailureError): boolean {
  const { code, params } = error.failure;
  return code === 'network.status' && (params['status'] === 404 || params['status'] === 410);
}

async function fetchList(
  url: string,
  http: Http,
  kept: KeptList | null,
  signal?: AbortSignal,
): Promise<Fetched> {
  const headers = {
    accept: 'application/json',
    ...(typeof kept?.etag === 'string' ? { 'if-none-match': kept.etag } : {}),
    ...(typeof kept?.lastModified === 'string' ? { 'if-modified-since': kept.lastModified } : {}),
  };
  let reply: SmallReply;
  try {
    reply = await http.small(url, listCap, headers, signal);
  } catch (error) {
    if (error instanceof TooLarge) throw wrongShape(url, '', error.message);
    if (error instanceof RefusedRedirect) throw ledElsewhere(url, error);
    throw error;
  }
  if (reply.status === 304 && kept !== null) return kept;
  if (reply.status !== 200) throw badStatus(reply);
  const reading = readList(reply.bytes.toString('utf8'));
  switch (reading.kind) {
    case 'list':
      return {
        url,
        etag: reply.headers.etag ?? null,
        lastModified: reply.headers['last-modified'] ?? null,
        releases: [...(reading.releases as GoRelease[])],
      };
    case 'notJson':
      throw notJson(reply);
    case 'wrongShape':
      throw wrongShape(reply.url, reading.where, reading.what);
  }
}

function badStatus(reply: SmallReply): FailureError {
  return new FailureError('network.status', {
    params: { host: hostOf(reply.url), status: reply.status },
    next: ['retry', 'chooseOtherSource'],
    details: describe(reply),
  });
}

function notJson(reply: SmallReply): FailureError {
  const page = isWebPage(reply.headers, reply.bytes);
  return new FailureError('catalogue.notJson', {
    params: { place: hostOf(reply.asked) },
    next: page ? ['openInBrowser', 'chooseOtherSource'] : ['retry', 'chooseOtherSource'],
    details: describe(reply),
  });
}

function describe(reply: SmallReply) {
  const { bytes: begin } = reply;
  return answerDetails({ ...reply, begin, length: begin.length }, 'application/json');
}

/** From https down to http: what a sign-in page of a guest network does. */
function ledElsewhere(url: string, error: RefusedRedirect): FailureError {
  return new FailureError('catalogue.notJson', {
    params: { place: hostOf(url) },
    next: ['openInBrowser', 'chooseOtherSource'],
    details: [
      { id: 'asked', value: shownPlace({ kind: 'url', url }) },
      { id: 'answeredBy', value: `${error.to}, status ${String(error.status)}` },
      { id: 'expected', value: 'application/json' },
    ],
    cause: error,
  });
}

function wrongShape(place: string, where: string, what: string): FailureError {
  return new FailureError('catalogue.wrongShape', {
    params: { place },
    next: ['chooseOtherSource', 'report'],
    details: [
      { id: 'where', value: where },
      { id: 'found', value: what.slice(0, 200) },
    ],
  });
}
