// The window: title bar, the lab's bar, the rail with Defender's line at its foot, and the page.
import type { ReactElement, ReactNode } from 'react';
import { useWords } from '../i18n/words';
import { AppMark } from './drawings';
import { Beaker16Filled } from './icons';
import { classes, Hidden } from './Text';
import styles from './frame.module.css';

export function AppFrame(props: {
  /** Drawn where the window has no frame of its own. */
  titleBar: boolean;
  labBar: ReactNode;
  rail: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.frame}>
      {props.titleBar && <TitleBar />}
      {props.labBar}
      <div className={styles.columns}>
        {props.rail}
        {props.children}
      </div>
    </div>
  );
}

function TitleBar() {
  const { t } = useWords();
  return (
    <header className={styles.titleBar}>
      <AppMark size={16} />
      <span className={styles.titleBarName}>{t('ui.app.name')}</span>
    </header>
  );
}

/** On top of every page in the lab; it cannot be closed. */
export function LabBar(props: { onWhat: () => void }) {
  const { t } = useWords();
  return (
    <aside aria-label={t('ui.settings.lab')} className={styles.labBar}>
      <Beaker16Filled className={styles.labIcon} />
      <span>
        <strong className={styles.labStrong}>{t('ui.lab.bar')}</strong>
        {t('ui.lab.nothing')}
      </span>
      <button className={styles.labLink} onClick={props.onWhat} type="button">
        {t('ui.lab.what')}
      </button>
    </aside>
  );
}

export interface RailItem {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactElement;
  readonly selectedIcon: ReactElement;
  readonly badge: number;
  /** What the badge counts, read out: "1 new". */
  readonly badgeText: string;
}

export function Rail(props: {
  items: readonly RailItem[];
  selected: string;
  onSelect: (id: string) => void;
  health: ReactNode;
}) {
  const { t } = useWords();
  return (
    <div className={styles.rail}>
      <nav aria-label={t('ui.rail.label')}>
        <ul className={styles.railList}>
          {props.items.map((item, index) => {
            const selected = item.id === props.selected;
            return (
              <li key={item.id}>
                <button
                  aria-current={selected ? 'page' : undefined}
                  aria-keyshortcuts={`Control+${index + 1}`}
                  className={classes(styles.railItem, selected && styles.railSelected)}
                  onClick={() => props.onSelect(item.id)}
                  type="button"
                >
                  <span className={styles.railIcon}>
                    {selected ? item.selectedIcon : item.icon}
                    {item.badge > 0 && (
                      <span aria-hidden="true" className={styles.badge}>
                        {item.badge > 99 ? '99' : item.badge}
                      </span>
                    )}
                  </span>
                  <span className={styles.railLabel}>{item.label}</span>
                  {item.badge > 0 && <Hidden>, {item.badgeText}</Hidden>}
                </button>
              </li>
            );
          })}
        </ul>
      </nav>
      {props.health}
    </div>
  );
}

export type HealthTone = 'good' | 'bad' | 'warn' | 'quiet';

/** Defender's state under the rail: by shape, then colour, then word. */
export function Health(props: {
  icon: ReactElement;
  tone: HealthTone;
  text: string;
  /** The whole sentence, as a tooltip and for screen readers. */
  sentence: string;
}) {
  const { t } = useWords();
  return (
    <div
      aria-label={`${t('ui.health.label')}: ${props.sentence}`}
      className={styles.health}
      role="status"
      title={props.sentence}
    >
      <span className={styles[`health_${props.tone}`]}>{props.icon}</span>
      <span className={classes(styles.healthText, props.tone === 'bad' && styles.healthBad)}>
        {props.text}
      </span>
    </div>
  );
}
