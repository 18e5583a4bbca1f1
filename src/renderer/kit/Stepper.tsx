// The seven steps. Wide: circle, name and result. Below 960 px: circles alone, the rest as a tooltip.
import { Tooltip } from '@fluentui/react-components';
import { useWords } from '../i18n/words';
import { Checkmark16Regular, Dismiss16Regular } from './icons';
import { Hidden, classes } from './Text';
import { useMedia } from './Root';
import styles from './stepper.module.css';

export type StepState = 'done' | 'now' | 'nowDone' | 'failed' | 'later';

export interface Step {
  readonly id: string;
  readonly name: string;
  /** Its result, or the live figure of the step that runs. */
  readonly result?: string | undefined;
  readonly state: StepState;
  readonly canOpen: boolean;
}

export function useNarrow(): boolean {
  return useMedia('(max-width: 959.9px)');
}

export function Stepper(props: { steps: readonly Step[]; onOpen: (id: string) => void }) {
  const { t } = useWords();
  const narrow = useNarrow();
  return (
    <nav aria-label={t('ui.step.label')} className={styles.stepper}>
      <ol>
        {props.steps.map((step, index) => (
          <li key={step.id} className={classes(styles.step, styles[step.state])}>
            <StepItem
              narrow={narrow}
              number={index + 1}
              onOpen={() => props.onOpen(step.id)}
              step={step}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepItem(props: { step: Step; number: number; narrow: boolean; onOpen: () => void }) {
  const { step, narrow } = props;
  const { t } = useWords();
  const state = {
    done: t('ui.step.stateDone'),
    now: t('ui.step.stateNow'),
    nowDone: t('ui.step.stateDone'),
    failed: t('ui.step.stateFailed'),
    later: t('ui.step.stateLater'),
  }[step.state];
  const body = (
    <>
      <span aria-hidden="true" className={styles.circle}>
        <Glyph number={props.number} state={step.state} />
      </span>
      <span className={narrow ? styles.textHidden : styles.text}>
        <span className={styles.name}>{step.name}</span>
        {step.result !== undefined && <span className={styles.result}>{step.result}</span>}
      </span>
      <Hidden>, {state}</Hidden>
    </>
  );
  const current = step.state !== 'done' && step.state !== 'later' ? 'step' : undefined;
  const item = step.canOpen ? (
    <button
      aria-current={current}
      className={styles.item}
      data-step={step.id}
      onClick={props.onOpen}
      type="button"
    >
      {body}
    </button>
  ) : (
    <span aria-current={current} className={styles.item} data-step={step.id}>
      {body}
    </span>
  );
  if (!narrow) return item;
  const tip = step.result === undefined ? step.name : `${step.name}: ${step.result}`;
  return (
    <Tooltip content={tip} positioning="after" relationship="inaccessible">
      {item}
    </Tooltip>
  );
}

function Glyph(props: { state: StepState; number: number }) {
  switch (props.state) {
    case 'done':
    case 'nowDone':
      return <Checkmark16Regular className={styles.tick} />;
    case 'failed':
      return <Dismiss16Regular />;
    case 'now':
    case 'later':
      return <>{props.number}</>;
  }
}
