import type { OnProgress } from './progress';

export interface DownloadRequest {
  /** http(s) address, or an absolute path for a folder source. */
  readonly from: string;
  readonly filename: string;
  /** 64 lower-case hex digits: the name in the cache, and what the bytes must hash to. */
  readonly sha256: string;
  /** Bytes; more than this aborts. */
  readonly size: number;
}

export interface DownloadedFile {
  readonly path: string;
  readonly filename: string;
  /** Of the bytes on disk, computed while they came. */
  readonly sha256: string;
  readonly size: number;
  readonly from: string;
  /** Bytes that were there already. `size` where nothing was fetched. */
  readonly resumedFrom: number;
  readonly tookMs: number;
}

/** Large files, into a content-addressed cache. One transfer a hash at a time: a second request joins the first. */
export interface Downloads {
  /** @throws FailureError `download.*`, `network.*`, `disk.*`, `cancelled` when `signal` aborts (the part is kept). */
  fetch(
    request: DownloadRequest,
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<DownloadedFile>;
  /** Bytes of an unfinished transfer, 0 if none. */
  partial(sha256: string): Promise<number>;
  /** Forgets a file and its part. */
  discard(sha256: string): Promise<void>;
  /** The folder of the cache, absolute. */
  readonly folder: string;
}
