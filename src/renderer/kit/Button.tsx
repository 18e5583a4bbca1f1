// Buttons. One filled button a screen; a quartered shield on every one after which Windows asks.
import { Button as FluentButton, Link as FluentLink } from '@fluentui/react-components';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { useWords } from '../i18n/words';
import { Checkmark16Regular, Checkmark20Regular, Copy16Regular, Copy20Regular } from './icons';
import { UacShield } from './drawings';
import { Hidden, classes } from './Text';
import styles from './button.module.css';

export interface ButtonProps {
  children: ReactNode;
  onClick: () => void;
  kind?: 'primary' | 'outline' | 'subtle';
  small?: boolean;
  icon?: ReactElement;
  /** Windows asks after it. */
  shield?: boolean;
  disabled?: boolean;
  /** What it does, where the label alone does not say it: "Roll back C:\…". */
  label?: string;
}

export function Button(props: ButtonProps) {
  const { t } = useWords();
  const kind = props.kind ?? 'outline';
  const icon =
    props.shield === true ? <UacShield size={props.small === true ? 16 : 20} /> : props.icon;
  return (
    <FluentButton
      appearance={kind === 'outline' ? 'secondary' : kind}
      aria-label={props.label}
      className={classes(styles.button, styles[kind], props.small === true && styles.small)}
      data-primary={kind === 'primary' ? '' : undefined}
      disabled={props.disabled ?? false}
      icon={icon}
      onClick={(event) => {
        // The second half of a double click would press what the next step puts in the same place.
        if (kind !== 'primary' || event.detail < 2) props.onClick();
      }}
      size={props.small === true ? 'small' : 'medium'}
      title={props.shield === true ? t('ui.action.asksWindows') : undefined}
    >
      {props.children}
    </FluentButton>
  );
}

/** A button with an icon alone; its label is read out and shown as a tooltip. */
export function IconButton(props: { icon: ReactElement; label: string; onClick: () => void }) {
  return (
    <button
      aria-label={props.label}
      className={styles.iconButton}
      onClick={props.onClick}
      title={props.label}
      type="button"
    >
      {props.icon}
    </button>
  );
}

/** Copies, then says so for two seconds. */
export function CopyIcon(props: { what: string; onCopy: () => void; large?: boolean }) {
  const { t } = useWords();
  const [copied, onClick] = useCopied(props.onCopy);
  const large = props.large === true;
  const done = large ? <Checkmark20Regular /> : <Checkmark16Regular />;
  const copy = large ? <Copy20Regular /> : <Copy16Regular />;
  return (
    <>
      <IconButton
        icon={copied ? done : copy}
        label={`${t('ui.action.copy')}: ${props.what}`}
        onClick={onClick}
      />
      <CopiedStatus copied={copied} />
    </>
  );
}

export function CopyButton(props: {
  children: ReactNode;
  onCopy: () => void;
  kind?: 'outline' | 'subtle';
  small?: boolean;
}) {
  const { t } = useWords();
  const [copied, onClick] = useCopied(props.onCopy);
  const small = props.small === true;
  const done = small ? <Checkmark16Regular /> : <Checkmark20Regular />;
  const copy = small ? <Copy16Regular /> : <Copy20Regular />;
  return (
    <>
      <Button
        icon={copied ? done : copy}
        kind={props.kind ?? 'outline'}
        onClick={onClick}
        small={small}
      >
        {copied ? t('ui.action.copied') : props.children}
      </Button>
      <CopiedStatus copied={copied} />
    </>
  );
}

export function LinkButton(props: { children: ReactNode; onClick: () => void; label?: string }) {
  return (
    <FluentLink
      aria-label={props.label}
      as="button"
      className={styles.link}
      onClick={props.onClick}
    >
      {props.children}
    </FluentLink>
  );
}

function CopiedStatus(props: { copied: boolean }) {
  const { t } = useWords();
  return (
    <Hidden>
      <span role="status">{props.copied && t('ui.action.copied')}</span>
    </Hidden>
  );
}

function useCopied(onCopy: () => void): [boolean, () => void] {
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (at === 0) return;
    const timer = setTimeout(() => setAt(0), 2000);
    return () => clearTimeout(timer);
  }, [at]);
  return [
    at !== 0,
    () => {
      onCopy();
      setAt(Date.now());
    },
  ];
}
