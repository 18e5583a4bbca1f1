// What to do about a block, the least risk first. A step has a button only where the app can do it; the rest is said.
import type { Block } from '../../shared/model';
import type { MessageKey } from '../../shared/text/en';
import { useWords } from '../i18n/words';
import { Button } from '../kit/Button';
import { useApp, useSend, type Send } from '../store/context';
import { classes } from '../kit/Text';
import common from '../kit/common.module.css';
import styles from './blocks.module.css';

type Advice =
  'update' | 'restore' | 'report' | 'rebuild' | 'exclude' | 'excludeFile' | 'leave' | 'noExclusion';

export function WhatToDo(props: { block: Block }) {
  const words = useWords();
  return (
    <ol className={styles.advice}>
      {adviceFor(props.block).map((advice, index) => (
        <li key={advice} className={styles.adviceLine}>
          <span aria-hidden="true" className={common.small}>
            {index + 1}
          </span>
          <span className={styles.adviceText}>
            {words.t(`ui.blocks.do.${advice}` satisfies MessageKey)}
          </span>
          <span className={classes(common.small, styles.adviceNote)}>
            {words.t(`ui.blocks.do.${advice}Note` satisfies MessageKey)}
          </span>
          <span className={styles.adviceAction}>
            <AdviceAction advice={advice} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function AdviceAction(props: { advice: Advice }) {
  const words = useWords();
  const send = useSend();
  const onWindows = useApp((state) => state.app.platform === 'windows');
  // The wizard stopped at the install: its step before that proposes the exclusion.
  const waiting = useApp(
    ({ wizard }) => wizard.furthest === 'install' && wizard.install.status === 'idle',
  );
  switch (props.advice) {
    case 'restore':
      return onWindows ? (
        <Button onClick={() => void send('app.openLink', 'windowsSecurity')} small>
          {words.t('ui.exclusions.windowsSecurity')}
        </Button>
      ) : null;
    case 'report':
      return (
        <Button
          label={`${words.t('ui.blocks.do.report')}: ${words.t('ui.blocks.do.reportButton')}`}
          onClick={() => void send('app.openLink', 'microsoftSubmission')}
          small
        >
          {words.t('ui.blocks.do.reportButton')}
        </Button>
      );
    case 'excludeFile':
      return waiting ? (
        <Button
          label={`${words.t('ui.blocks.do.excludeFile')}: ${words.t('ui.blocks.do.excludeFileButton')}`}
          onClick={() => void toPlan(send)}
          small
        >
          {words.t('ui.blocks.do.excludeFileButton')}
        </Button>
      ) : null;
    case 'update':
    case 'rebuild':
    case 'exclude':
    case 'leave':
    case 'noExclusion':
      return null;
  }
}

async function toPlan(send: Send): Promise<void> {
  await send('wizard.goto', 'exclusions');
  await send('app.openPage', 'upgrade');
}

/** What is not of Go is left to Defender; what no exclusion can help gets none suggested. */
function adviceFor(block: Block): readonly Advice[] {
  if (!block.concernsGo) return ['leave'];
  if (!block.exclusionHelps) return ['noExclusion', 'report'];
  switch (block.verdict) {
    case 'originalFile':
      return ['update', 'restore', 'report', 'excludeFile'];
    case 'ofRelease':
      // Its bytes were not compared: no exclusion is proposed for it.
      return ['update', 'restore', 'report'];
    case 'builtHere':
      return ['update', 'rebuild', 'report', 'exclude'];
    case 'notGo':
      return ['leave'];
    case 'unknown':
      return ['update', 'report'];
  }
}
