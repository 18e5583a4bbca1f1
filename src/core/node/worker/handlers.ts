// Every job by name; one that was declared and is not here does not compile. A thread loads a job's code when it first
// runs it: all of it at the start would cost each thread some 13 MB.
import type { Handler, JobContext, JobName } from './jobs';

type AnyHandler = (input: unknown, context: JobContext<unknown>) => Promise<unknown>;

const typed: { readonly [N in JobName]: Handler<N> } = {
  'archive.digest': late(async () => (await import('../archive/treeJobs')).digestFile),
  'archive.zipIndex': late(async () => (await import('../archive/zipIndex')).indexZip),
  'archive.zipEntries': late(async () => (await import('../archive/zipJob')).processEntries),
  'archive.zipText': late(async () => (await import('../archive/zipJob')).readText),
  'archive.tar': late(async () => (await import('../archive/tarJob')).hashTar),
  'download.fetch': late(async () => (await import('../download/fetchJob')).fetchFile),
  'tree.list': late(async () => (await import('../archive/treeJobs')).listTree),
  'tree.hash': late(async () => (await import('../archive/treeJobs')).hashFiles),
  'tree.check': late(async () => (await import('../install/checkJob')).checkFiles),
  'pgp.check': late(async () => (await import('../openpgp/check')).checkSignature),
  'pgp.inspect': late(async () => (await import('../openpgp/inspect')).inspectKeys),
};

/** Input arrives as an unknown; `Workers.run` typed it on the other side. */
export const handlers = typed as unknown as Readonly<Record<string, AnyHandler>>;

function late<N extends JobName>(load: () => Promise<Handler<N>>): Handler<N> {
  return async (input, context) => (await load())(input, context);
}
