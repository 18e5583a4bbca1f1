// By the person's word alone: a damaged journal is kept under another name, and Gangway goes on with what can be read.
import type { Journal, SetAside } from '../journal/journal';
import { message } from '../../shared/model/message';

/** Null where the journal is whole. What the damaged lines recorded can from now on only be taken back by hand. */
export async function setJournalAside(journal: Journal): Promise<SetAside | null> {
  const kept = await journal.setAside();
  if (kept === null) return null;
  const run = await journal.startRun('journal', 0);
  await journal.note(run, {
    kind: 'setAside',
    title: message('history.setAside', { count: kept.lines.length }),
    detail: message('history.setAside.detail', { path: kept.aside }),
  });
  await journal.close(run);
  return kept;
}
