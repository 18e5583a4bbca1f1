// Step 3: how far the file is, what is expected of it, pause and cancel. Verification starts by itself.
import type { Wizard } from '../../../shared/model';
import { percent, shortHash } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Button } from '../../kit/Button';
import { Card, CardTitle } from '../../kit/Card';
import { Hint } from '../../kit/Placeholders';
import {
  ArrowDownload20Regular,
  FolderZip24Regular,
  Info16Regular,
  Pause20Regular,
  Play20Regular,
} from '../../kit/icons';
import { Facts, Figure, SplitLine } from '../../kit/Layout';
import { ProgressBar } from '../../kit/Status';
import { Caption, Mono } from '../../kit/Text';
import { useApp, usePending, useSend } from '../../store/context';
import { timeLeft, useAnnouncedProgress } from '../progress';
import { sourceName } from '../steps';
import { WizardPage } from '../WizardPage';
import styles from '../upgrade.module.css';

export function DownloadStep() {
  const words = useWords();
  const send = useSend();
  const download = useApp((state) => state.wizard.download);
  const source = useApp((state) => sourceName(state.wizard.choose.source, words));
  const verifying = usePending('wizard.continue');
  const start = () => void send('download.start');
  const unfinished = download.status === 'running' || download.status === 'paused';
  return (
    <WizardPage
      actions={
        <>
          {unfinished && (
            <Button onClick={() => void send('download.cancel')}>
              {words.t('ui.action.cancel')}
            </Button>
          )}
          {download.status === 'idle' ? (
            <Button icon={<ArrowDownload20Regular />} kind="primary" onClick={start}>
              {words.t('ui.download.start')}
            </Button>
          ) : (
            <Button
              disabled={download.status !== 'complete' || verifying}
              kind="primary"
              onClick={() => void send('wizard.continue')}
            >
              {words.t('ui.download.verify')}
            </Button>
          )}
        </>
      }
      retry={start}
      sentence={words.t('ui.download.sentence')}
      title={words.t('ui.download.title')}
    >
      <Transfer
        download={download}
        onPause={() => void send('download.pause')}
        onResume={start}
        source={source}
      />
      <Card>
        <CardTitle>{words.t('ui.download.expected')}</CardTitle>
        <Facts
          facts={[
            ...(download.sha256 === ''
              ? []
              : [
                  {
                    label: words.t('ui.download.sha256', { source }),
                    value: <Mono text={shortHash(download.sha256)} />,
                  },
                ]),
            ...(download.savedIn === ''
              ? []
              : [
                  {
                    label: words.t('ui.download.savedIn'),
                    value: <Mono text={download.savedIn} />,
                  },
                ]),
            { label: words.t('ui.download.next'), value: words.t('ui.download.nextText') },
          ]}
        />
      </Card>
      <Hint icon={<Info16Regular />}>{words.t('ui.download.closeHint')}</Hint>
    </WizardPage>
  );
}

function Transfer(props: {
  download: Wizard['download'];
  source: string;
  onPause: () => void;
  onResume: () => void;
}) {
  const { download } = props;
  const words = useWords();
  const { t } = words;
  useAnnouncedProgress(t('ui.download.progress'), download.received, download.total);
  const done = t('ui.unit.percent', { amount: percent(download.received, download.total) });
  return (
    <Card>
      <div className={styles.downloadHead}>
        <span className={styles.downloadIcon}>
          <FolderZip24Regular />
        </span>
        <div className={styles.downloadName}>
          <div className={styles.strong}>{download.filename}</div>
          <Caption>
            {t('ui.download.from', { source: props.source, count: download.total })}
          </Caption>
        </div>
        {download.status === 'running' && (
          <Button icon={<Pause20Regular />} onClick={props.onPause}>
            {t('ui.download.pause')}
          </Button>
        )}
        {download.status === 'paused' && (
          <Button icon={<Play20Regular />} onClick={props.onResume}>
            {t('ui.download.resume')}
          </Button>
        )}
      </div>
      <Figure
        end={endOf(download, words)}
        of={t('ui.unit.ofMegabytes', { amount: words.megabytes(download.total) })}
        value={words.megabytes(download.received)}
      />
      <div className={styles.barGap}>
        <ProgressBar
          label={t('ui.download.progress')}
          max={download.total}
          text={done}
          value={download.received}
        />
      </div>
      <SplitLine end={done} start={startOf(download, words)} />
    </Card>
  );
}

function endOf(download: Wizard['download'], words: ReturnType<typeof useWords>) {
  switch (download.status) {
    case 'running':
      return timeLeft(download.secondsLeft, words);
    case 'complete':
      return words.t('ui.download.complete');
    case 'paused':
    case 'idle':
      return undefined;
  }
}

function startOf(download: Wizard['download'], words: ReturnType<typeof useWords>): string {
  if (download.status === 'paused') return words.t('ui.download.paused');
  const parts: string[] = [];
  if (download.status === 'running' && download.speed > 0) {
    parts.push(words.t('ui.unit.megabytesPerSecond', { amount: words.megabytes(download.speed) }));
  }
  if (download.resumedFrom > 0 && download.resumedFrom < download.total) {
    parts.push(words.t('ui.download.wentOn', { amount: words.megabytes(download.resumedFrom) }));
  }
  return parts.join(' · ');
}
