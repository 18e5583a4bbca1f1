// History: the journal, readable. One way back a run, on its newest line that is in effect.
import { useState } from 'react';
import type { HistoryEntry } from '../../shared/model';
import { CallTrouble, FailureView } from '../failure/FailureView';
import { useWords, type Words } from '../i18n/words';
import { Button, CopyButton } from '../kit/Button';
import { Card, SectionTitle } from '../kit/Card';
import { EmptyState } from '../kit/Placeholders';
import { Dialog } from '../kit/Controls';
import {
  ArrowCircleUp20Regular,
  ArrowDownload20Regular,
  ArrowSwap20Regular,
  ArrowUndo16Regular,
  ArrowUndo20Regular,
  Certificate20Regular,
  CheckmarkCircle16Filled,
  Delete20Regular,
  DocumentError20Regular,
  FolderProhibited20Regular,
  History28Regular,
  Settings20Regular,
  Warning16Filled,
} from '../kit/icons';
import { Page } from '../kit/Page';
import { Pill } from '../kit/Status';
import { classes, Sentence } from '../kit/Text';
import { RollbackResult } from '../recovery/RollbackResult';
import { useApp, usePending, useSend } from '../store/context';
import styles from './history.module.css';

export function HistoryPage() {
  const words = useWords();
  const send = useSend();
  const { entries, lastRollback, broken } = useApp((state) => state.history);
  const rollingBack = usePending('history.rollBack');
  const [asks, setAsks] = useState(false);
  // What it says is not whole: nothing is taken back by it before the person has decided.
  const undoable = broken === null ? undoableEntries(entries) : new Set<string>();
  return (
    <Page
      actions={
        entries.length > 0 && (
          <>
            <CopyButton onCopy={() => void send('app.copyReport', 'history')}>
              {words.t('ui.history.copy')}
            </CopyButton>
            {undoable.size > 0 && (
              <Button
                disabled={rollingBack}
                icon={<ArrowUndo20Regular />}
                onClick={() => setAsks(true)}
              >
                {words.t('ui.history.undoAll')}
              </Button>
            )}
          </>
        )
      }
      focusKey="history"
      sentence={words.t('ui.history.sentence')}
      title={words.t('ui.history.title')}
      wide
    >
      <CallTrouble shown={broken} />
      {broken !== null && <FailureView failure={broken} retry={null} />}
      {lastRollback !== null && <RollbackResult report={lastRollback} />}
      {entries.length === 0 && broken === null && (
        <EmptyState
          icon={<History28Regular />}
          text={words.t('ui.history.emptyText')}
          title={words.t('ui.history.emptyTitle')}
        />
      )}
      {daysOf(entries, words).map(([title, day]) => (
        <Day key={title} entries={day} title={title} undoable={undoable} />
      ))}
      <Dialog
        closeText={words.t('ui.action.cancel')}
        onClose={() => setAsks(false)}
        open={asks}
        primary={{
          text: words.t('ui.history.confirm'),
          onClick: () => {
            setAsks(false);
            void send('history.rollBack', { all: true });
          },
        }}
        title={words.t('ui.history.confirmTitle')}
      >
        <p>{words.t('ui.history.confirmText')}</p>
      </Dialog>
    </Page>
  );
}

function Day(props: {
  title: string;
  entries: readonly HistoryEntry[];
  undoable: ReadonlySet<string>;
}) {
  return (
    <>
      <SectionTitle quiet>{props.title}</SectionTitle>
      <Card flush label={props.title}>
        {props.entries.map((entry) => (
          <EntryRow key={entry.id} canUndo={props.undoable.has(entry.id)} entry={entry} />
        ))}
      </Card>
    </>
  );
}

function EntryRow(props: { entry: HistoryEntry; canUndo: boolean }) {
  const { entry } = props;
  const words = useWords();
  const send = useSend();
  const rollingBack = usePending('history.rollBack');
  const title = words.say(entry.title);
  return (
    <div className={styles.entry} data-entry={entry.kind}>
      <time className={styles.time} dateTime={entry.at}>
        {words.time(entry.at)}
      </time>
      <span className={styles.icon}>{kindIcon(entry.kind)}</span>
      <div className={styles.main}>
        <div className={classes(entry.state === 'takenBack' && styles.past)}>
          <Sentence text={title} />
        </div>
        <div className={styles.detail}>
          <Sentence text={words.say(entry.detail)} />
        </div>
      </div>
      <div className={styles.state}>
        <StatePill state={entry.state} />
      </div>
      <div className={styles.action}>
        {props.canUndo && (
          <Button
            disabled={rollingBack}
            label={words.t('ui.history.undoOf', { what: title })}
            onClick={() => void send('history.rollBack', { run: entry.run })}
            small
          >
            {words.t(entry.kind === 'exclusions' ? 'ui.history.rollBack' : 'ui.history.undo')}
          </Button>
        )}
      </div>
    </div>
  );
}

function StatePill(props: { state: HistoryEntry['state'] }) {
  const { t } = useWords();
  switch (props.state) {
    case 'inEffect':
      return (
        <Pill icon={<CheckmarkCircle16Filled />} tone="brand">
          {t('ui.history.state.inEffect')}
        </Pill>
      );
    case 'takenBack':
      return (
        <Pill icon={<ArrowUndo16Regular />} tone="plain">
          {t('ui.history.state.takenBack')}
        </Pill>
      );
    case 'interrupted':
      return (
        <Pill icon={<Warning16Filled />} tone="warn">
          {t('ui.history.state.interrupted')}
        </Pill>
      );
    case 'none':
      return null;
  }
}

function kindIcon(kind: HistoryEntry['kind']) {
  switch (kind) {
    case 'upgrade':
      return <ArrowCircleUp20Regular />;
    case 'exclusions':
      return <FolderProhibited20Regular />;
    case 'goEnv':
      return <Settings20Regular />;
    case 'verify':
      return <Certificate20Regular />;
    case 'download':
      return <ArrowDownload20Regular />;
    case 'rollback':
    case 'expired':
      return <ArrowUndo20Regular />;
    case 'switch':
      return <ArrowSwap20Regular />;
    case 'removed':
      return <Delete20Regular />;
    case 'journal':
      return <DocumentError20Regular />;
  }
}

/** A run is undone as a whole, so it has one button: on the first of its lines that can be undone. */
function undoableEntries(entries: readonly HistoryEntry[]): ReadonlySet<string> {
  const runs = new Set<string>();
  const found = new Set<string>();
  for (const entry of entries) {
    if (!entry.canUndo || runs.has(entry.run)) continue;
    runs.add(entry.run);
    found.add(entry.id);
  }
  return found;
}

function daysOf(entries: readonly HistoryEntry[], words: Words): [string, HistoryEntry[]][] {
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const title = words.dayHeading(entry.at);
    days.set(title, [...(days.get(title) ?? []), entry]);
  }
  return [...days];
}
