// A page: title, one sentence, content. Only the content scrolls. In Upgrade the stepper stands at the left and the
// action bar below.
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { Sentence, classes } from './Text';
import common from './common.module.css';
import styles from './page.module.css';

/** Tells the window what it shows now, and answers whether that is a change; never at its start. */
export const PageShown = createContext<(key: string) => boolean>(() => false);

export interface PageProps {
  title: string;
  sentence?: string;
  /** Over the title: "Step 4 of 7". */
  eyebrow?: string | undefined;
  /** At the right of the title. */
  actions?: ReactNode;
  stepper?: ReactNode;
  footer?: ReactNode;
  /** Tables and timelines take 888 px; text, cards and settings 760. */
  wide?: boolean;
  /** Where it changes, the title takes the focus, so that a screen reader hears the new page. */
  focusKey: string;
  children: ReactNode;
}

export function Page(props: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shows = useContext(PageShown);
  useEffect(() => {
    if (shows(props.focusKey)) heading.current?.focus({ preventScroll: true });
  }, [shows, props.focusKey]);

  return (
    <main className={classes(styles.page, props.stepper !== undefined && styles.withStepper)}>
      <div className={styles.body}>
        {props.stepper}
        <div className={classes(styles.column, props.wide === true && styles.wide)}>
          <header className={styles.header}>
            {props.eyebrow !== undefined && <p className={common.small}>{props.eyebrow}</p>}
            <div className={styles.titleLine}>
              <h1 ref={heading} className={styles.title} tabIndex={-1}>
                {props.title}
              </h1>
              {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
            </div>
            {props.sentence !== undefined && (
              <p className={styles.sentence}>
                <Sentence text={props.sentence} />
              </p>
            )}
          </header>
          <ScrollArea key={props.focusKey} label={props.title}>
            {props.children}
          </ScrollArea>
        </div>
      </div>
      {props.footer}
    </main>
  );
}

/** Takes the focus while it overflows, so that the arrow keys scroll what has nothing to focus. */
function ScrollArea(props: { label: string; children: ReactNode }) {
  const area = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    if (typeof ResizeObserver !== 'function') return;
    const observer = new ResizeObserver(() => {
      const { current } = area;
      if (current !== null) setOverflows(current.scrollHeight > current.clientHeight);
    });
    for (const watched of [area.current, content.current]) {
      if (watched !== null) observer.observe(watched);
    }
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={area}
      className={styles.scroll}
      {...(overflows ? { 'aria-label': props.label, role: 'group', tabIndex: 0 } : {})}
    >
      <div ref={content} className={styles.content}>
        {props.children}
      </div>
    </div>
  );
}

/** 64 px on the base surface, only in Upgrade: `back` at the left edge of the content, the rest at the right. */
export function ActionBar(props: { back?: ReactNode; children?: ReactNode }) {
  return (
    <footer className={styles.actionBar}>
      <div className={styles.actionBarColumn}>
        {props.back}
        <div className={styles.actionBarEnd}>{props.children}</div>
      </div>
    </footer>
  );
}
