// The table: what, whose, why, risk, until when. Ours first; only ours have a way back.
import { useId, useState } from 'react';
import type { ListedExclusion, Owner } from '../../shared/model';
import { useWords, type Words } from '../i18n/words';
import { Button } from '../kit/Button';
import { Card } from '../kit/Card';
import { RiskBars } from '../kit/drawings';
import {
  ArrowCircleUp16Filled,
  Building16Regular,
  Person16Regular,
  Question16Regular,
} from '../kit/icons';
import { FoldButton } from '../kit/Rows';
import { Pill } from '../kit/Status';
import { useNarrow } from '../kit/Stepper';
import { classes, Hidden, Mono, Sentence } from '../kit/Text';
import { useApp, usePending, useSend } from '../store/context';
import { shownExclusion, type ShownExclusion } from './context';
import { StoredExclusion } from './StoredExclusion';
import styles from './exclusions.module.css';

const ownerOrder: Readonly<Record<Owner, number>> = {
  gangway: 0,
  unknown: 1,
  user: 2,
  organisation: 3,
};

export function ExclusionTable(props: { items: readonly ListedExclusion[] }) {
  const words = useWords();
  const items = [...props.items].sort((a, b) => ownerOrder[a.owner] - ownerOrder[b.owner]);
  return (
    <Card flush>
      <table className={styles.table}>
        <thead>
          <tr>
            <th className={styles.what}>{words.t('ui.exclusions.what')}</th>
            <th className={styles.whose}>{words.t('ui.exclusions.whose')}</th>
            <th className={styles.why}>{words.t('ui.exclusions.why')}</th>
            <th className={styles.risk}>{words.t('ui.exclusions.risk')}</th>
            <th className={styles.expires}>{words.t('ui.exclusions.expires')}</th>
            <th className={styles.action}>
              <Hidden>{words.t('ui.exclusions.action')}</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <ExclusionRow key={item.id} item={item} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function ExclusionRow(props: { item: ListedExclusion }) {
  const { item } = props;
  const words = useWords();
  const send = useSend();
  const rollingBack = usePending('exclusionsPage.rollBack');
  const id = useId();
  const expert = useApp((state) => state.settings.expert);
  const [open, setOpen] = useState(expert);
  // Below 960 px the reasons have no column.
  const narrow = useNarrow();
  const { path, context } = shownExclusion(item.value);
  const ours = item.owner === 'gangway';
  return (
    <>
      <tr data-exclusion={item.value}>
        <td>
          <Mono block text={path} />
          <div className={styles.kind}>
            {words.t(kindKey(item, context))}
            {context !== null && (
              <FoldButton
                controls={id}
                label={words.t('ui.context.details', { what: path })}
                onToggle={() => setOpen(!open)}
                open={open}
              />
            )}
          </div>
        </td>
        <td>
          <OwnerPill owner={item.owner} />
        </td>
        <td className={classes(styles.why, styles.quiet)}>
          <Sentence text={words.say(item.why)} />
        </td>
        <td>
          <div className={styles.riskCell}>
            <RiskBars level={item.risk.level} />
            <span>
              <strong className={item.risk.level === 'high' ? styles.high : styles.level}>
                {words.t(`ui.risk.${item.risk.level}Colon`)}
              </strong>
              <Sentence text={words.say(item.risk.reason)} />
            </span>
          </div>
        </td>
        <td className={ours ? undefined : styles.quiet}>{expiresOf(item, words)}</td>
        <td className={styles.actionCell}>
          {ours && (
            <Button
              disabled={rollingBack}
              label={words.t('ui.exclusions.rollBackOf', { value: path })}
              onClick={() => void send('exclusionsPage.rollBack', { id: item.id })}
              small
            >
              {words.t('ui.exclusions.rollBack')}
            </Button>
          )}
        </td>
      </tr>
      {context !== null && open && (
        <tr className={styles.details} id={id}>
          <td colSpan={narrow ? 5 : 6}>
            <StoredExclusion context={context} indent="table" value={item.value} />
          </td>
        </tr>
      )}
    </>
  );
}

function OwnerPill(props: { owner: Owner }) {
  const { t } = useWords();
  const text = t(`ui.owner.${props.owner}`);
  switch (props.owner) {
    case 'gangway':
      return (
        <Pill icon={<ArrowCircleUp16Filled />} tone="brand">
          {text}
        </Pill>
      );
    case 'user':
      return (
        <Pill icon={<Person16Regular />} tone="plain">
          {text}
        </Pill>
      );
    case 'organisation':
      return (
        <Pill icon={<Building16Regular />} tone="plain">
          {text}
        </Pill>
      );
    case 'unknown':
      return (
        <Pill icon={<Question16Regular />} tone="plain">
          {text}
        </Pill>
      );
  }
}

function kindKey(item: ListedExclusion, context: ShownExclusion['context']) {
  if (context === null) return `ui.kind.${item.kind}` as const;
  if (item.owner === 'gangway') return 'ui.kind.contextualOurs';
  return context.pathType === 'file' ? 'ui.kind.contextualFile' : 'ui.kind.contextualFolder';
}

function expiresOf(item: ListedExclusion, words: Words): string {
  if (item.owner === 'organisation') return words.t('ui.exclusions.managed');
  return item.expires === null ? words.t('ui.when.never') : words.until(item.expires);
}
