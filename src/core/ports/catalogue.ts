import type { Catalogued, Source } from '../../shared/model';

/** The list of releases of one source, with a cache that answers offline. */
export interface Catalogue {
  /**
   * @throws FailureError `network.*`, `catalogue.*`; with a cached list it returns that instead, `fromCache` set,
   * for everything but a list that is there and wrong.
   */
  list(source: Source, signal?: AbortSignal): Promise<Catalogued>;
  /** The list that the cache has, without asking anyone; null where it has none. */
  kept(source: Source): Promise<Pick<Catalogued, 'releases' | 'fetchedAt'> | null>;
  /** Where the bytes of a file are: an http(s) address or an absolute path. */
  locate(source: Source, filename: string): string;
}
