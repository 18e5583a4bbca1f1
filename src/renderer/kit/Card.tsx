// Surfaces: card, choice card, fold-out.
import { useId, type ReactNode } from 'react';
import { ChevronDown16Regular, ChevronRight16Regular } from './icons';
import { classes } from './Text';
import common from './common.module.css';
import styles from './card.module.css';

export function Card(props: {
  children: ReactNode;
  /** Rows and folds reach the edge; anything else has 16 px of padding. */
  flush?: boolean;
  tone?: 'plain' | 'bad';
  label?: string;
}) {
  return (
    <section
      aria-label={props.label}
      className={classes(
        styles.card,
        props.flush === true && styles.flush,
        props.tone === 'bad' && styles.bad,
      )}
    >
      {props.children}
    </section>
  );
}

/** The strong line at the head of a card. */
export function CardTitle(props: { children: ReactNode }) {
  return <h2 className={styles.title}>{props.children}</h2>;
}

export function SectionTitle(props: { children: ReactNode; quiet?: boolean }) {
  return (
    <h2 className={props.quiet === true ? styles.dayTitle : styles.sectionTitle}>
      {props.children}
    </h2>
  );
}

/** A card that is chosen: a 2 px brand edge and a filled radio. */
export function ChoiceCard(props: {
  name: string;
  value: string;
  checked: boolean;
  onChoose: () => void;
  label: ReactNode;
  /** `headline` sets the label as a card's headline, `strong` as plain text over a large figure. */
  look: 'headline' | 'plain';
  pills?: ReactNode;
  disabled?: boolean;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <div
      className={classes(
        styles.card,
        styles.choice,
        props.checked && styles.chosen,
        props.look === 'plain' && styles.choicePlain,
      )}
    >
      <div className={styles.choiceHead}>
        <input
          aria-describedby={`${id}-more`}
          checked={props.checked}
          className={styles.radio}
          disabled={props.disabled}
          id={id}
          name={props.name}
          onChange={props.onChoose}
          type="radio"
          value={props.value}
        />
        <label
          className={props.look === 'headline' ? styles.headline : styles.choiceLabel}
          htmlFor={id}
        >
          {props.label}
        </label>
        {props.pills !== undefined && <div className={styles.pills}>{props.pills}</div>}
      </div>
      <div className={styles.choiceBody} id={`${id}-more`}>
        {props.children}
      </div>
    </div>
  );
}

export function ChoiceGroup(props: { label: string; columns?: number; children: ReactNode }) {
  return (
    <div
      aria-label={props.label}
      className={props.columns === undefined ? styles.group : styles.groupColumns}
      role="radiogroup"
      style={
        props.columns === undefined
          ? undefined
          : { gridTemplateColumns: `repeat(${props.columns}, minmax(0, 1fr))` }
      }
    >
      {props.children}
    </div>
  );
}

/** A line that folds out what is below it, inside a card. */
export function Fold(props: {
  title: ReactNode;
  end?: ReactNode;
  open: boolean;
  onToggle: () => void;
  /** The inset surface is for evidence and commands; settings stay on the card. */
  inset?: boolean;
  topLine?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className={classes(props.topLine === true && styles.foldLine)}>
      <div className={styles.foldHead}>
        <button
          aria-controls={id}
          aria-expanded={props.open}
          className={styles.foldButton}
          onClick={props.onToggle}
          type="button"
        >
          {props.open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
          <span>{props.title}</span>
        </button>
        {props.end !== undefined && <div className={styles.foldEnd}>{props.end}</div>}
      </div>
      {props.open && (
        <div className={classes(common.foldsOut, props.inset === true && styles.foldInset)} id={id}>
          {props.children}
        </div>
      )}
    </div>
  );
}
