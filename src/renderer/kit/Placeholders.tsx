// What stands where there is nothing to show yet: an empty page, a skeleton; and the quiet line under a card.
import type { ReactElement, ReactNode } from 'react';
import { classes, Sentence } from './Text';
import common from './common.module.css';
import styles from './placeholders.module.css';

/** An empty page says what will appear there and offers the next step. */
export function EmptyState(props: {
  icon: ReactElement;
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <section className={styles.empty}>
      <span className={classes(common.disc, styles.emptyDisc)}>{props.icon}</span>
      <h2 className={styles.emptyTitle}>{props.title}</h2>
      <p className={styles.emptyText}>
        <Sentence text={props.text} />
      </p>
      {props.children !== undefined && <div className={styles.emptyAction}>{props.children}</div>}
    </section>
  );
}

/** Stands in for cards; it appears after 300 ms and does not move. */
export function Skeleton(props: { label: string; rows?: number; height?: number }) {
  const rows = props.rows ?? 2;
  return (
    <div aria-busy="true" aria-label={props.label} className={styles.skeleton} role="status">
      {Array.from({ length: rows }, (_, index) => (
        <div
          key={index}
          className={styles.skeletonCard}
          style={{ blockSize: `${props.height ?? 120}px` }}
        >
          <span className={styles.skeletonLine} />
          <span className={styles.skeletonLineShort} />
        </div>
      ))}
    </div>
  );
}

/** A quiet line with an icon under a card. */
export function Hint(props: { icon: ReactElement; children: ReactNode }) {
  return (
    <p className={styles.hint}>
      {props.icon}
      <span>{props.children}</span>
    </p>
  );
}
