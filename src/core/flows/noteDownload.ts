// The history's line of a download: which file, from where, its SHA-256, and the proofs that it passed. Nothing to undo.
import type { DownloadedFile } from '../ports';
import { message, type Message, type Proof, type Source } from '../../shared/model';
import { sourceWords } from './source';
import type { World } from './world';

/** What came over the network is told once; what lay in the cache, only where no line of it is there yet. */
export async function noteDownload(
  { journal, machine }: Pick<World, 'journal' | 'machine'>,
  download: {
    readonly source: Source;
    readonly file: Pick<DownloadedFile, 'filename' | 'sha256'>;
    /** Bytes of it were fetched just now. */
    readonly fetched: boolean;
    /** All rows, as they were judged. */
    readonly proofs: readonly Proof[];
  },
): Promise<void> {
  const { source, fetched } = download;
  const { filename: file, sha256 } = download.file;
  await journal.refresh();
  const isTold = journal
    .runs()
    .flatMap(({ notes }) => notes)
    .some(({ note }) => note.kind === 'downloaded' && note.detail.params?.['sha256'] === sha256);
  if (isTold && !fetched) return;
  const proofs = enumerate(
    download.proofs
      .filter(({ state }) => state === 'passed')
      .map(({ id, name }) => name ?? message(`proof.${id}.name`)),
  );
  const params = { source: sourceWords(source, (path) => machine.display(path)), sha256 };
  const run = await journal.startRun('download', 0);
  await journal.note(run, {
    kind: 'downloaded',
    title: message('history.downloaded', { file }),
    detail:
      proofs === null
        ? message('history.downloaded.unproved', params)
        : message('history.downloaded.detail', { ...params, proofs }),
  });
  await journal.close(run);
}

/** "a, b, c" in each language's way; null for none. */
function enumerate(names: readonly Message[]): Message | null {
  return names.reduceRight<Message | null>(
    (rest, first) => (rest === null ? first : message('history.list', { first, rest })),
    null,
  );
}

/** True where bytes came over the network, and not all were there before. */
export function wasFetched({ resumedFrom, size }: DownloadedFile): boolean {
  return resumedFrom < size;
}
