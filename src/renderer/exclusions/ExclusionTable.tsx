// The table: what, whose, why, risk, until when. Ours first; only ours have a way back.
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
import { Pill } from '../kit/Status';
import { classes, Hidden, Mono, Sentence } from '../kit/Text';
import { usePending, useSend } from '../store/context';
import { splitContext } from './context';
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
  const { path, contextual } = splitContext(item.value);
  const ours = item.owner === 'gangway';
  return (
    <tr data-exclusion={item.value}>
      <td>
        <div title={item.value}>
          <Mono block text={path} />
        </div>
        <div className={styles.kind}>{words.t(kindKey(item, contextual))}</div>
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
            label={words.t('ui.exclusions.rollBackOf', { value: item.value })}
            onClick={() => void send('exclusionsPage.rollBack', { id: item.id })}
            small
          >
            {words.t('ui.exclusions.rollBack')}
          </Button>
        )}
      </td>
    </tr>
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

function kindKey(item: ListedExclusion, contextual: boolean) {
  if (!contextual) return `ui.kind.${item.kind}` as const;
  return item.owner === 'gangway' ? 'ui.kind.contextualOurs' : 'ui.kind.contextualPage';
}

function expiresOf(item: ListedExclusion, words: Words): string {
  if (item.owner === 'organisation') return words.t('ui.exclusions.managed');
  return item.expires === null ? words.t('ui.when.never') : words.until(item.expires);
}
