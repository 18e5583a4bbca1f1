import type { Manifest } from '../verify/verifiedRelease';
import type { OnProgress } from './progress';

export interface FileDigest {
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Reading archives without writing anything. Every path is guarded; see the failure codes `archive.*`. */
export interface Archives {
  digest(path: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<FileDigest>;
  /** Every file of a Go zip below `go/`, hashed from what unpacking would write. Nothing is written. */
  zipManifest(path: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<Manifest>;
  /** The same of a `src.tar.gz`. */
  tarManifest(path: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<Manifest>;
  /** The same of an installed tree (a GOROOT). Links are not followed; they are reported as `links`. */
  treeManifest(
    root: string,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<{ readonly manifest: Manifest; readonly links: readonly string[] }>;
}
