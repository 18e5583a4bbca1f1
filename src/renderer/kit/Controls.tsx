// Controls to set something: switch, select, search and text fields, check box; and the dialog that asks first.
import {
  Button as FluentButton,
  Checkbox as FluentCheckbox,
  Dialog as FluentDialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Dropdown,
  Input,
  Option,
  Switch as FluentSwitch,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Search20Regular } from './icons';
import { UacShield } from './drawings';
import { classes } from './Text';
import styles from './controls.module.css';

export function Switch(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <FluentSwitch
      aria-label={props.label}
      checked={props.checked}
      className={styles.switch ?? ''}
      disabled={props.disabled ?? false}
      indicator={{ className: styles.switchIndicator ?? '' }}
      onChange={(_event, data) => props.onChange(data.checked)}
    />
  );
}

export interface Choice<V extends string> {
  readonly value: V;
  readonly text: string;
}

export function Select<V extends string>(props: {
  label: string;
  value: V;
  choices: readonly Choice<V>[];
  onChange: (value: V) => void;
  width: number | 'full';
  small?: boolean;
  disabled?: boolean;
}) {
  const chosen = props.choices.find((choice) => choice.value === props.value);
  return (
    <Dropdown
      aria-label={props.label}
      button={{ className: styles.selectButton ?? '' }}
      className={classes(styles.select, props.small === true && styles.selectSmall)}
      disabled={props.disabled ?? false}
      listbox={{ className: styles.listbox ?? '' }}
      onOptionSelect={(_event, data) => {
        const next = props.choices.find((choice) => choice.value === data.optionValue);
        if (next !== undefined && next.value !== props.value) props.onChange(next.value);
      }}
      selectedOptions={[props.value]}
      size={props.small === true ? 'small' : 'medium'}
      style={{ inlineSize: props.width === 'full' ? '100%' : `${props.width}px`, minInlineSize: 0 }}
      value={chosen?.text ?? ''}
    >
      {props.choices.map((choice) => (
        <Option key={choice.value} text={choice.text} value={choice.value}>
          {choice.text}
        </Option>
      ))}
    </Dropdown>
  );
}

export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Input
      aria-label={props.label}
      className={styles.field ?? ''}
      contentBefore={<Search20Regular />}
      onChange={(_event, data) => props.onChange(data.value)}
      placeholder={props.label}
      type="search"
      value={props.value}
    />
  );
}

export function TextField(props: {
  label: string;
  value: string;
  placeholder?: string;
  onChange: (value: string) => void;
  onEnter?: () => void;
}) {
  return (
    <Input
      aria-label={props.label}
      className={styles.field ?? ''}
      maxLength={2048}
      onChange={(_event, data) => props.onChange(data.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || props.onEnter === undefined) return;
        event.preventDefault();
        props.onEnter();
      }}
      placeholder={props.placeholder ?? ''}
      spellCheck={false}
      value={props.value}
    />
  );
}

export function Checkbox(props: {
  label: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <FluentCheckbox
      checked={props.checked}
      className={styles.checkbox ?? ''}
      disabled={props.disabled ?? false}
      label={<>{props.label}</>}
      onChange={(_event, data) => props.onChange(data.checked === true)}
    />
  );
}

/** Esc closes it; the first action is the dialog's primary. */
export function Dialog(props: {
  open: boolean;
  title: string;
  onClose: () => void;
  closeText: string;
  primary?: { text: string; onClick: () => void; shield?: boolean };
  children: ReactNode;
}) {
  return (
    <FluentDialog
      modalType={props.primary === undefined ? 'modal' : 'alert'}
      onOpenChange={(_event, data) => {
        if (!data.open) props.onClose();
      }}
      open={props.open}
      surfaceMotion={null}
    >
      <DialogSurface className={styles.dialog ?? ''}>
        <DialogBody>
          <DialogTitle>{props.title}</DialogTitle>
          <DialogContent className={styles.dialogContent ?? ''}>{props.children}</DialogContent>
          <DialogActions>
            {props.primary !== undefined && (
              <FluentButton
                appearance="primary"
                className={styles.dialogButton ?? ''}
                icon={props.primary.shield === true ? <UacShield size={20} /> : undefined}
                onClick={props.primary.onClick}
              >
                {props.primary.text}
              </FluentButton>
            )}
            <FluentButton className={styles.dialogButton ?? ''} onClick={props.onClose}>
              {props.closeText}
            </FluentButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </FluentDialog>
  );
}
