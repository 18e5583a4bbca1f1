// Text that is more than a string: code in sentences, paths that break after a backslash, labels for screen readers.
import { Fragment, type ReactNode } from 'react';
import styles from './text.module.css';

/** A sentence of the catalogue; what stands between backticks is set in the fixed-width face. */
export function Sentence(props: { text: string }) {
  const parts = props.text.split('`');
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <code key={index} className={styles.codeInline}>
            {part}
          </code>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </>
  );
}

/** A path, hash, address or command. It breaks after `\` and `/` only, never inside a name. */
export function Mono(props: {
  text: string;
  tone?: 'ink' | 'quiet' | 'bad' | undefined;
  large?: boolean;
  block?: boolean;
}) {
  const tone = props.tone ?? 'ink';
  return (
    <code
      className={classes(
        styles.mono,
        styles[tone],
        props.large === true && styles.monoLarge,
        props.block === true && styles.block,
      )}
    >
      {breakable(props.text)}
    </code>
  );
}

export function Caption(props: { children: ReactNode; tone?: 'ink' | 'quiet' }) {
  return (
    <span className={classes(styles.caption, props.tone === 'ink' && styles.ink)}>
      {props.children}
    </span>
  );
}

/** Read out, not shown. */
export function Hidden(props: { children: ReactNode }) {
  return <span className={styles.hidden}>{props.children}</span>;
}

export function classes(...names: (string | false | undefined)[]): string {
  return names.filter((name) => name !== false && name !== undefined).join(' ');
}

function breakable(text: string): ReactNode {
  const parts = text.split(/(?<=[\\/])/);
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
