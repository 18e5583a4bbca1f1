// The failure panel, everywhere the same: what happened, what it means, at most two buttons, details to fold out.
import { useState, type ReactElement } from 'react';
import { useWords } from '../i18n/words';
import { Button, CopyButton } from './Button';
import { Fold } from './Card';
import { Notice } from './Notice';
import { Evidence, type EvidenceLine } from './Rows';
import styles from './failurePanel.module.css';

export interface FailureButton {
  readonly id: string;
  readonly text: string;
  readonly icon?: ReactElement;
  readonly shield?: boolean;
  readonly onClick: () => void;
}

export function FailurePanel(props: {
  icon: ReactElement;
  what: string;
  meaning: string;
  /** The first is the primary of the screen; more than two are cut. */
  buttons: readonly FailureButton[];
  details: readonly EvidenceLine[];
  openAtFirst?: boolean;
  onCopy?: (() => void) | undefined;
}) {
  const { t } = useWords();
  const [open, setOpen] = useState(props.openAtFirst ?? false);
  return (
    <section className={styles.panel}>
      <div className={styles.top}>
        <Notice icon={props.icon} role="alert" text={props.meaning} title={props.what} tone="bad">
          {props.buttons.length > 0 && (
            <div className={styles.buttons}>
              {props.buttons.slice(0, 2).map((button, index) => (
                <Button
                  key={button.id}
                  kind={index === 0 ? 'primary' : 'outline'}
                  onClick={button.onClick}
                  {...(button.icon === undefined ? {} : { icon: button.icon })}
                  {...(button.shield === undefined ? {} : { shield: button.shield })}
                >
                  {button.text}
                </Button>
              ))}
            </div>
          )}
        </Notice>
      </div>
      <div className={styles.fold}>
        <Fold
          end={
            props.onCopy !== undefined && (
              <CopyButton kind="subtle" onCopy={props.onCopy} small>
                {t('ui.action.copySupport')}
              </CopyButton>
            )
          }
          inset
          onToggle={() => setOpen(!open)}
          open={open}
          title={t('ui.failure.details')}
          topLine
        >
          <Evidence indent="panel" lines={props.details} />
        </Fold>
      </div>
    </section>
  );
}
