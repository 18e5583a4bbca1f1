// Rows of a card, divided by one pixel: a proof, a sub-step, a story; and the evidence that folds out of one.
import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { ChevronDown16Regular, ChevronUp16Regular } from './icons';
import { classes } from './Text';
import common from './common.module.css';
import styles from './rows.module.css';

export type RowHeight = 40 | 44 | 52 | 60;

/** What folds out under a row, by a button at its end. */
export interface RowDetails {
  /** Read out: "Details: C:\\…\\go-build". */
  readonly label: string;
  readonly openAtFirst?: boolean;
  readonly content: ReactNode;
}

/** icon · text · status word. Not a control. */
export function Row(props: {
  icon?: ReactElement | undefined;
  text: ReactNode;
  caption?: ReactNode;
  end?: ReactNode;
  height?: RowHeight;
  strong?: boolean;
  quiet?: boolean;
  details?: RowDetails | undefined;
}) {
  const { details } = props;
  const id = useId();
  const [open, setOpen] = useState(details?.openAtFirst ?? false);
  const row = (
    <div
      className={classes(
        styles.row,
        styles[`height${props.height ?? 40}`],
        props.quiet === true && styles.quiet,
      )}
    >
      {props.icon !== undefined && <span className={styles.icon}>{props.icon}</span>}
      <div className={styles.main}>
        <div className={classes(styles.text, props.strong === true && styles.strong)}>
          {props.text}
        </div>
        {props.caption !== undefined && <div className={common.small}>{props.caption}</div>}
      </div>
      {props.end !== undefined && <div className={styles.end}>{props.end}</div>}
      {details !== undefined && (
        <FoldButton
          controls={id}
          label={details.label}
          onToggle={() => setOpen(!open)}
          open={open}
        />
      )}
    </div>
  );
  if (details === undefined) return row;
  return (
    <div className={styles.foldItem}>
      {row}
      {open && (
        <div className={classes(common.foldsOut, styles.inset)} id={id}>
          {details.content}
        </div>
      )}
    </div>
  );
}

/** The chevron alone, where the row itself is no button. */
export function FoldButton(props: {
  /** The id of what folds out. */
  controls: string;
  label: string;
  open: boolean;
  onToggle: () => void;
}) {
  return (
    <button
      aria-controls={props.controls}
      aria-expanded={props.open}
      aria-label={props.label}
      className={styles.foldButton}
      onClick={props.onToggle}
      title={props.label}
      type="button"
    >
      {props.open ? <ChevronUp16Regular /> : <ChevronDown16Regular />}
    </button>
  );
}

/** A row that folds out: name, sentence, status word, chevron. The whole row is the button. */
export function FoldRow(props: {
  icon: ReactElement;
  name: ReactNode;
  text: ReactNode;
  end: ReactNode;
  endTone?: 'bad' | undefined;
  open: boolean;
  onToggle: () => void;
  /** Null where there is nothing to fold out. */
  children: ReactNode;
}) {
  const id = useId();
  const body = (
    <>
      <span className={styles.icon}>{props.icon}</span>
      <span className={styles.name}>{props.name}</span>
      <span className={styles.sentence}>{props.text}</span>
      <span
        className={classes(
          common.small,
          styles.status,
          props.endTone === 'bad' && styles.statusBad,
        )}
      >
        {props.end}
      </span>
    </>
  );
  if (props.children === null) {
    return (
      <div className={classes(styles.row, styles.height40, styles.foldRow)}>
        {body}
        <span className={styles.chevron} />
      </div>
    );
  }
  return (
    <div className={styles.foldItem}>
      <button
        aria-controls={id}
        aria-expanded={props.open}
        className={classes(
          styles.row,
          styles.height40,
          styles.foldRow,
          common.pressedRow,
          styles.rowButton,
        )}
        onClick={props.onToggle}
        type="button"
      >
        {body}
        <span className={styles.chevron}>
          {props.open ? <ChevronUp16Regular /> : <ChevronDown16Regular />}
        </span>
      </button>
      {props.open && (
        <div className={classes(common.foldsOut, styles.inset)} id={id}>
          {props.children}
        </div>
      )}
    </div>
  );
}

export interface EvidenceLine {
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
  readonly copy?: ReactElement | undefined;
}

/** Label 120 px, value, copy button. */
export function Evidence(props: {
  lines: readonly EvidenceLine[];
  indent?: 'row' | 'panel' | 'table';
}) {
  return (
    <dl
      className={classes(
        styles.evidence,
        props.indent === 'panel' && styles.evidencePanel,
        props.indent === 'table' && styles.evidenceTable,
      )}
    >
      {props.lines.map((line) => (
        <div
          key={line.id}
          className={classes(
            styles.evidenceLine,
            line.copy !== undefined && styles.evidenceWithCopy,
          )}
        >
          <dt className={styles.evidenceLabel}>{line.label}</dt>
          <dd className={styles.evidenceValue}>{line.value}</dd>
          {line.copy !== undefined && <dd className={styles.evidenceCopy}>{line.copy}</dd>}
        </div>
      ))}
    </dl>
  );
}
