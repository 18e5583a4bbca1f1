// Step 6: unpacking by file count and speed, sub-steps that tick off, and a word on whether a file has gone missing.
import type { Wizard } from '../../../shared/model';
import { percent } from '../../i18n/format';
import { useWords, type Words } from '../../i18n/words';
import { Button } from '../../kit/Button';
import { Card } from '../../kit/Card';
import { Eye20Regular } from '../../kit/icons';
import { Figure, SplitLine } from '../../kit/Layout';
import { Row } from '../../kit/Rows';
import { ProgressBar, SignIcon, type Sign } from '../../kit/Status';
import { Hidden, Mono } from '../../kit/Text';
import { useApp, usePending, useSend } from '../../store/context';
import { timeLeft, useAnnouncedProgress } from '../progress';
import { bare, selectedVersion } from '../steps';
import { WizardPage } from '../WizardPage';
import styles from '../upgrade.module.css';

type Substep = Wizard['install']['substeps'][number];

export function InstallStep() {
  const words = useWords();
  const send = useSend();
  const wizard = useApp((state) => state.wizard);
  const { install } = wizard;
  const start = () => void send('install.start');
  return (
    <WizardPage
      actions={<Actions status={install.status} />}
      keepBelowFailure
      noBack={install.status !== 'idle'}
      retry={start}
      sentence={sentenceOf(wizard, words)}
      title={words.t('ui.install.title')}
    >
      {install.totalFiles > 0 && wizard.failure === null && <Unpacking install={install} />}
      <Card flush>
        {install.substeps.map((substep) => (
          <Row
            key={substep.id}
            end={noteOf(substep, wizard, words)}
            height={44}
            icon={<SignIcon sign={signs[substep.state]} />}
            quiet={substep.state === 'waiting'}
            strong={substep.state === 'running'}
            text={
              <>
                {substepName(substep, wizard, words)}
                <Hidden>, {stateName(substep, words)}</Hidden>
              </>
            }
          />
        ))}
      </Card>
      {install.status === 'running' && wizard.failure === null && (
        <Card flush>
          <Row
            caption={words.t('ui.install.ifTaken')}
            height={52}
            icon={
              <span className={styles.brandIcon}>
                <Eye20Regular />
              </span>
            }
            text={words.t('ui.install.nothingMissing')}
          />
        </Card>
      )}
    </WizardPage>
  );
}

function Actions(props: { status: Wizard['install']['status'] }) {
  const words = useWords();
  const send = useSend();
  const starting = usePending('install.start');
  const cancelling = usePending('install.cancel');
  switch (props.status) {
    case 'idle':
      return (
        <Button disabled={starting} kind="primary" onClick={() => void send('install.start')}>
          {words.t('ui.install.start')}
        </Button>
      );
    case 'running':
      return (
        <Button disabled={cancelling} onClick={() => void send('install.cancel')}>
          {words.t('ui.install.cancelAndUndo')}
        </Button>
      );
    case 'complete':
      return (
        <Button kind="primary" onClick={() => void send('wizard.continue')}>
          {words.t('ui.action.continue')}
        </Button>
      );
  }
}

function Unpacking(props: { install: Wizard['install'] }) {
  const { install } = props;
  const words = useWords();
  const { t } = words;
  useAnnouncedProgress(t('ui.install.progress'), install.files, install.totalFiles);
  return (
    <Card>
      <Figure
        end={install.status === 'running' ? timeLeft(install.secondsLeft, words) : undefined}
        of={t('ui.install.ofFiles', { count: install.totalFiles })}
        value={words.number(install.files)}
      />
      <div className={styles.installGap}>
        <ProgressBar
          label={t('ui.install.progress')}
          max={install.totalFiles}
          text={t('ui.unit.percent', { amount: percent(install.files, install.totalFiles) })}
          value={install.files}
        />
      </div>
      <SplitLine
        end={
          install.filesPerSecond > 0
            ? t('ui.unit.filesPerSecond', { count: Math.round(install.filesPerSecond) })
            : ''
        }
        start={<Mono text={install.currentFile} tone="quiet" />}
      />
    </Card>
  );
}

const signs: Readonly<Record<Substep['state'], Sign>> = {
  waiting: 'later',
  running: 'running',
  done: 'good',
  failed: 'bad',
  notPossible: 'absent',
};

function stateName(substep: Substep, words: Words): string {
  switch (substep.state) {
    case 'waiting':
      return words.t('ui.install.stateWaiting');
    case 'running':
      return words.t('ui.install.stateRunning');
    case 'done':
      return words.t('ui.install.stateDone');
    case 'failed':
      return words.t('ui.install.stateFailed');
    case 'notPossible':
      return words.t('ui.install.notPossible');
  }
}

function substepName(substep: Substep, wizard: Wizard, words: Words): string {
  const version = bare(selectedVersion(wizard) ?? '');
  const before = beforeVersion(wizard);
  switch (substep.id) {
    case 'switch':
      return before === null
        ? words.t('ui.install.switch', { version })
        : words.t('ui.install.switchFrom', { before: bare(before), version });
    case 'folder':
    case 'unpack':
    case 'compare':
    case 'askVersion':
      return words.t(`ui.install.${substep.id}`);
  }
}

function noteOf(substep: Substep, wizard: Wizard, words: Words) {
  if (substep.state === 'notPossible') return words.t('ui.install.notPossible');
  const { note } = substep;
  switch (substep.id) {
    case 'folder': {
      const folder = note === '' ? wizard.install.target : note;
      return folder === '' ? '' : <Mono text={tail(folder)} tone="quiet" />;
    }
    case 'compare': {
      const hashes = note === '' ? wizard.install.totalFiles : Number(note);
      return hashes > 0 ? words.t('ui.install.hashes', { count: hashes }) : '';
    }
    case 'switch':
      return substep.state === 'done' ? '' : words.t('ui.install.switchNote');
    case 'askVersion':
      return <Mono text={note === '' ? 'go version' : note} tone="quiet" />;
    case 'unpack':
      return '';
  }
}

/** "…\Gangway\go\1.27.0": the last three names of a path. */
export function tail(path: string): string {
  const parts = path.split(/(?<=[\\/])/);
  return parts.length <= 4 ? path : `…${/\\/.test(path) ? '\\' : '/'}${parts.slice(-3).join('')}`;
}

function beforeVersion(wizard: Wizard): string | null {
  const selected = wizard.find.installs.find((install) => install.id === wizard.find.selectedId);
  return selected?.version ?? null;
}

function sentenceOf(wizard: Wizard, words: Words): string {
  const version = selectedVersion(wizard) ?? '';
  const before = beforeVersion(wizard);
  return before === null
    ? words.t('ui.install.sentenceFirst', { version })
    : words.t('ui.install.sentence', { version, before, beforeShort: bare(before) });
}
