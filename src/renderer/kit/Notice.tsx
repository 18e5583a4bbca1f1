// What stands first where something is to be told: an icon in a tinted disc, a headline, one line, and what can be done.
import type { ReactElement, ReactNode } from 'react';
import { classes, Sentence } from './Text';
import common from './common.module.css';
import styles from './notice.module.css';

export function Notice(props: {
  tone: 'brand' | 'warn' | 'bad';
  icon: ReactElement;
  title: string;
  text: string;
  /** How it is read out when it appears; without it, as any text. */
  role?: 'alert' | 'status';
  children?: ReactNode;
}) {
  return (
    <div className={styles.notice}>
      <span className={classes(common.disc, styles.disc, styles[props.tone])}>{props.icon}</span>
      <div className={styles.main} role={props.role}>
        <h2 className={styles.title}>
          <Sentence text={props.title} />
        </h2>
        <p className={styles.text}>
          <Sentence text={props.text} />
        </p>
        {props.children}
      </div>
    </div>
  );
}
