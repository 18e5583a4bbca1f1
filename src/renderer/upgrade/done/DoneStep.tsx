// Step 7: what the new Go says, old and new side by side, what was changed and until when, and the way back.
import type { Wizard } from '../../../shared/model';
import { useWords, type Words } from '../../i18n/words';
import { Button, CopyIcon } from '../../kit/Button';
import { Card, CardTitle } from '../../kit/Card';
import {
  ArrowCircleUp20Regular,
  ArrowRight20Regular,
  ArrowSwap20Regular,
  ArrowUndo20Regular,
  CalendarClock20Regular,
  FolderAdd20Regular,
  FolderProhibited20Regular,
  Link20Regular,
  Settings20Regular,
  Warning20Filled,
} from '../../kit/icons';
import { Row } from '../../kit/Rows';
import { Banner, SignIcon } from '../../kit/Status';
import { Caption, Mono, Sentence } from '../../kit/Text';
import { RollbackResult } from '../../recovery/RollbackResult';
import { useApp, usePending, useSend } from '../../store/context';
import { tail } from '../install/InstallStep';
import { bare, withGo } from '../steps';
import { WizardPage } from '../WizardPage';
import common from '../../kit/common.module.css';
import styles from './done.module.css';

type Done = Wizard['done'];

export function DoneStep() {
  const words = useWords();
  const done = useApp((state) => state.wizard.done);
  const lastRollback = useApp((state) => state.history.lastRollback);
  const undone = done.status === 'undone';
  return (
    <WizardPage
      actions={<Actions done={done} />}
      focusKey={`upgrade.done.${done.status}`}
      keepBelowFailure
      noBack
      retry={null}
      sentence={sentenceOf(done, words)}
      title={titleOf(done, words)}
    >
      {undone && lastRollback !== null && <RollbackResult report={lastRollback} />}
      {!undone && done.now !== null && <Outcome done={done} now={done.now} />}
      {!undone && done.pathGuidance !== null && <PathGuidance guidance={done.pathGuidance} />}
      {!undone && done.changes.length > 0 && (
        <Card flush>
          <CardTitle>{words.t('ui.done.changed')}</CardTitle>
          {done.changes.map((change, index) => (
            <Row
              key={index}
              end={words.say(change.until)}
              icon={iconOf(change.icon)}
              text={<Sentence text={words.say(change.text)} />}
            />
          ))}
        </Card>
      )}
      <Again />
    </WizardPage>
  );
}

/** The result stays until somebody asks for another upgrade. */
function Again() {
  const words = useWords();
  const send = useSend();
  const restarting = usePending('wizard.restart');
  return (
    <Card flush>
      <Row
        caption={words.t('ui.done.againText')}
        end={
          <Button disabled={restarting} onClick={() => void send('wizard.restart')}>
            {words.t('ui.done.againButton')}
          </Button>
        }
        height={60}
        icon={<ArrowCircleUp20Regular />}
        text={words.t('ui.done.again')}
      />
    </Card>
  );
}

function Actions(props: { done: Done }) {
  const { done } = props;
  const words = useWords();
  const send = useSend();
  const asks = useApp((state) => state.wizard.exclusions.willAsk && state.exclusions.ours > 0);
  const undoing = usePending('done.undoEverything');
  const switching = usePending('done.switchBack');
  const close = (
    <Button kind="primary" onClick={() => void send('app.closeWindow')}>
      {words.t('ui.action.close')}
    </Button>
  );
  if (done.status !== 'upgraded') return close;
  return (
    <div className={styles.doneBar}>
      <Button
        disabled={undoing}
        icon={<ArrowUndo20Regular />}
        onClick={() => void send('done.undoEverything')}
        shield={asks}
      >
        {words.t('ui.done.undo')}
      </Button>
      <div className={styles.doneBarEnd}>
        {done.switchBackTo !== null && (
          <Button
            disabled={switching}
            icon={<ArrowSwap20Regular />}
            onClick={() => void send('done.switchBack')}
          >
            {words.t('ui.done.switchBack', { version: bare(done.switchBackTo) })}
          </Button>
        )}
        {close}
      </div>
    </div>
  );
}

function Outcome(props: { done: Done; now: NonNullable<Done['now']> }) {
  const { done, now } = props;
  const words = useWords();
  const send = useSend();
  const { goVersion, before } = done;
  return (
    <Card flush>
      <div className={styles.goVersion} role="status">
        <SignIcon sign="good" />
        <div className={styles.goVersionMain}>
          {goVersion === null ? (
            <>
              <div className={styles.strong}>{withGo(now.version)}</div>
              <Caption>{words.t('ui.done.notRun')}</Caption>
            </>
          ) : (
            <>
              <Mono block text="> go version" tone="quiet" />
              <Mono block large text={goVersion} />
            </>
          )}
        </div>
        {goVersion !== null && (
          <CopyIcon large onCopy={() => void send('app.copyText', goVersion)} what="go version" />
        )}
      </div>
      <div className={styles.beforeAfter}>
        {before !== null && (
          <>
            <div>
              <div className={common.small}>{words.t('ui.done.before')}</div>
              <div className={styles.before}>{bare(before.version)}</div>
              <div>
                <Caption>{keptOf(before, words)}</Caption>
              </div>
            </div>
            <div aria-hidden="true" className={styles.arrow}>
              <ArrowRight20Regular />
            </div>
          </>
        )}
        <div>
          <div className={common.small}>{words.t('ui.done.now')}</div>
          <div className={styles.now}>{bare(now.version)}</div>
          <div title={now.root}>
            <Mono text={tail(now.root)} tone="quiet" />
          </div>
        </div>
      </div>
    </Card>
  );
}

function PathGuidance(props: { guidance: NonNullable<Done['pathGuidance']> }) {
  const { guidance } = props;
  const words = useWords();
  const send = useSend();
  return (
    <>
      <Banner
        icon={<Warning20Filled />}
        text={words.say(guidance.text)}
        title={words.t('ui.done.path')}
        tone="warn"
      />
      {guidance.command !== '' && (
        <Card>
          <div className={styles.pathCommand}>
            <Mono text={guidance.command} />
            <CopyIcon
              onCopy={() => void send('app.copyText', guidance.command)}
              what={words.t('ui.done.path')}
            />
          </div>
        </Card>
      )}
    </>
  );
}

function keptOf(before: NonNullable<Done['before']>, words: Words): string {
  const amount = Math.round(before.bytes / 1_048_576).toLocaleString(words.language);
  return before.keptUntil === null
    ? words.t('ui.done.kept', { amount })
    : words.t('ui.done.keptUntil', { until: words.untilShort(before.keptUntil), amount });
}

function titleOf(done: Done, words: Words): string {
  if (done.status === 'undone') return words.t('ui.done.titleUndone');
  return words.t(done.before === null ? 'ui.done.titleFirst' : 'ui.done.title');
}

function sentenceOf(done: Done, words: Words): string {
  if (done.status === 'undone') return words.t('ui.done.sentenceUndone');
  return words.t('ui.done.sentence', {
    version: done.now === null ? 'Go' : withGo(done.now.version),
  });
}

function iconOf(icon: Done['changes'][number]['icon']) {
  switch (icon) {
    case 'folder':
      return <FolderAdd20Regular />;
    case 'link':
      return <Link20Regular />;
    case 'exclusion':
      return <FolderProhibited20Regular />;
    case 'setting':
      return <Settings20Regular />;
    case 'task':
      return <CalendarClock20Regular />;
  }
}
