// The frame of each step: stepper, title, the call that failed, content, action bar.
import type { ReactNode } from 'react';
import { CallTrouble, FailureView } from '../failure/FailureView';
import { useWords } from '../i18n/words';
import { Button } from '../kit/Button';
import { ArrowLeft20Regular } from '../kit/icons';
import { ActionBar, Page } from '../kit/Page';
import { Stepper, useNarrow } from '../kit/Stepper';
import { classes } from '../kit/Text';
import { useApp, useSend } from '../store/context';
import { position, previous, stepOrder, stepsOf } from './steps';
import type { WizardStep } from '../../shared/model';
import styles from './upgrade.module.css';

export function WizardPage(props: {
  title: string;
  sentence: string;
  /** Does again what failed on this step. */
  retry: (() => void) | null;
  /** What stays below the failure panel; without it the panel stands alone. */
  keepBelowFailure?: boolean;
  actions: ReactNode;
  noBack?: boolean;
  /** The actions are long: below 960 px Back is its arrow alone. */
  compactBack?: boolean;
  focusKey?: string;
  children: ReactNode;
}) {
  const words = useWords();
  const send = useSend();
  const wizard = useApp((state) => state.wizard);
  const narrow = useNarrow();
  const { failure } = wizard;
  const back = previous(wizard.step);
  const showBack = back !== null && props.noBack !== true;
  return (
    <Page
      eyebrow={
        narrow
          ? words.t('ui.step.of', {
              step: position(wizard.step) + 1,
              count: stepOrder.length,
            })
          : undefined
      }
      focusKey={props.focusKey ?? `upgrade.${wizard.step}`}
      footer={
        <ActionBar
          back={
            showBack && (
              <BackButton
                compact={props.compactBack === true}
                onClick={() => void send('wizard.goto', back)}
              />
            )
          }
        >
          {failure === null && props.actions}
        </ActionBar>
      }
      sentence={props.sentence}
      stepper={
        <Stepper
          onOpen={(id) => void send('wizard.goto', id as WizardStep)}
          steps={stepsOf(wizard, words)}
        />
      }
      title={props.title}
    >
      <CallTrouble retry={props.retry} shown={failure} />
      {failure !== null && <FailureView failure={failure} retry={props.retry} />}
      {(failure === null || props.keepBelowFailure === true) && props.children}
    </Page>
  );
}

/** Subtle, at the left edge of the content; only its arrow where the bar is narrow. */
function BackButton(props: { compact: boolean; onClick: () => void }) {
  const { t } = useWords();
  return (
    <span className={classes(styles.back, props.compact && styles.backCompact)}>
      <Button icon={<ArrowLeft20Regular />} kind="subtle" onClick={props.onClick}>
        <span className={styles.backText}>{t('ui.action.back')}</span>
      </Button>
    </span>
  );
}
