// Small arrangements that more than one page needs.
import type { ReactNode } from 'react';
import { classes } from './Text';
import styles from './layout.module.css';

/** A large figure with its unit beside it: "41.0 of 75.3 MB". */
export function Figure(props: { value: string; of: string; end?: string | undefined }) {
  return (
    <div className={styles.figure}>
      <span className={styles.figureValue}>{props.value}</span>
      <span className={styles.figureOf}>{props.of}</span>
      {props.end !== undefined && <span className={styles.figureEnd}>{props.end}</span>}
    </div>
  );
}

export function SplitLine(props: { start: ReactNode; end: ReactNode }) {
  return (
    <div className={styles.split}>
      <div className={styles.splitStart}>{props.start}</div>
      <div>{props.end}</div>
    </div>
  );
}

/** Label and value in two columns, for facts of a card. */
export function Facts(props: { facts: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.facts}>
      {props.facts.map((fact) => (
        <div key={fact.label} className={styles.fact}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Line(props: { children: ReactNode; end?: boolean; wrap?: boolean }) {
  return (
    <div
      className={classes(
        styles.line,
        props.end === true && styles.lineEnd,
        props.wrap === true && styles.lineWrap,
      )}
    >
      {props.children}
    </div>
  );
}
