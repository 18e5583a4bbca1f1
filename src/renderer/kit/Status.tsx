// States by shape first, then colour, always beside a word: proofs, pills, banners, progress.
import type { ReactElement, ReactNode } from 'react';
import type { ProofState } from '../../shared/model';
import { RunningRing } from './drawings';
import {
  CheckmarkCircle20Filled,
  CircleHint20Regular,
  DismissCircle20Filled,
  QuestionCircle20Regular,
  SubtractCircle20Regular,
  Warning20Filled,
} from './icons';
import { Sentence, classes } from './Text';
import styles from './status.module.css';

export type Sign = 'good' | 'bad' | 'warn' | 'unknown' | 'absent' | 'later' | 'running';

export function SignIcon(props: { sign: Sign }): ReactElement {
  return <span className={styles[`sign_${props.sign}`]}>{shapeOf(props.sign)}</span>;
}

export function ProofIcon(props: { state: ProofState; running?: boolean }): ReactElement {
  const signs: Readonly<Record<ProofState, Sign>> = {
    passed: 'good',
    failed: 'bad',
    unavailable: 'unknown',
    notPublished: 'absent',
    notChecked: 'later',
  };
  return <SignIcon sign={props.running === true ? 'running' : signs[props.state]} />;
}

export type PillTone = 'brand' | 'plain' | 'warn' | 'bad';

/** Owner, verdict or state. Never a button. */
export function Pill(props: { tone: PillTone; icon?: ReactElement; children: ReactNode }) {
  return (
    <span className={classes(styles.pill, styles[`pill_${props.tone}`])}>
      {props.icon}
      <span className={styles.pillText}>{props.children}</span>
    </span>
  );
}

export type BannerTone = 'good' | 'bad' | 'warn' | 'brand' | 'plain';

/** Bold line, caption, one button. Results are read out as status, failures as an alert. */
export function Banner(props: {
  tone: BannerTone;
  icon: ReactElement;
  title: string;
  text?: string | undefined;
  /** Title and text on one line, 44 px high. */
  slim?: boolean;
  children?: ReactNode;
}) {
  return (
    <div
      className={classes(
        styles.banner,
        styles[`banner_${props.tone}`],
        props.slim === true && styles.slim,
      )}
      role={props.tone === 'bad' ? 'alert' : 'status'}
    >
      <span className={styles.bannerIcon}>{props.icon}</span>
      <div className={styles.bannerMain}>
        <div className={styles.bannerTitle}>{props.title}</div>
        {props.text !== undefined && (
          <div className={styles.bannerText}>
            <Sentence text={props.text} />
          </div>
        )}
      </div>
      {props.children}
    </div>
  );
}

/** Moves with the figures; the figure is read out elsewhere, at ten per cent steps. */
export function ProgressBar(props: { label: string; value: number; max: number; text: string }) {
  const share = props.max > 0 ? Math.min(1, props.value / props.max) : 0;
  return (
    <div
      aria-label={props.label}
      aria-valuemax={100}
      aria-valuemin={0}
      aria-valuenow={Math.floor(share * 100)}
      aria-valuetext={props.text}
      className={styles.progress}
      role="progressbar"
    >
      <div className={styles.progressBar} style={{ inlineSize: `${share * 100}%` }} />
    </div>
  );
}

function shapeOf(sign: Sign): ReactElement {
  switch (sign) {
    case 'good':
      return <CheckmarkCircle20Filled />;
    case 'bad':
      return <DismissCircle20Filled />;
    case 'warn':
      return <Warning20Filled />;
    case 'unknown':
      return <QuestionCircle20Regular />;
    case 'absent':
      return <SubtractCircle20Regular />;
    case 'later':
      return <CircleHint20Regular />;
    case 'running':
      return <RunningRing />;
  }
}
