// One proposal: what, why, gain, risk, how long, and a switch of its own.
import type { PlannedExclusion } from '../../../shared/model';
import { useWords, type Words } from '../../i18n/words';
import { Card } from '../../kit/Card';
import { Select, Switch, type Choice } from '../../kit/Controls';
import { RiskBars } from '../../kit/drawings';
import { Pill } from '../../kit/Status';
import { classes, Mono, Sentence } from '../../kit/Text';
import { useSend } from '../../store/context';
import styles from './plan.module.css';

export function PlanCard(props: { item: PlannedExclusion; busy: boolean }) {
  const { item } = props;
  const words = useWords();
  const send = useSend();
  const title = words.t(titleKey(item));
  return (
    <Card label={title}>
      <div className={styles.plan}>
        <div className={styles.planHead}>
          <h2 className={styles.planTitle}>{title}</h2>
          <Pill tone="plain">{kindOf(item, words)}</Pill>
          <span className={styles.planSpace} />
          <span aria-hidden="true" className={styles.planFor}>
            {words.t('ui.plan.for')}
          </span>
          <Select
            choices={expiries(words)}
            disabled={props.busy || !item.enabled}
            label={words.t('ui.plan.expiryOf', { what: title })}
            onChange={(expiry) => void send('exclusions.expiry', { id: item.id, expiry })}
            small
            value={item.expiry}
            width={84}
          />
          <Switch
            checked={item.enabled}
            disabled={props.busy}
            label={words.t('ui.plan.enabledOf', { what: title })}
            onChange={(enabled) => void send('exclusions.toggle', { id: item.id, enabled })}
          />
        </div>
        <Mono block text={item.target} tone="quiet" />
        <dl className={classes(styles.planColumns, !item.enabled && styles.planOff)}>
          <div>
            <dt>{words.t('ui.plan.why')}</dt>
            <dd>
              <Sentence text={words.say(item.why)} />
            </dd>
          </div>
          <div>
            <dt>{words.t('ui.plan.gain')}</dt>
            <dd>
              <Sentence text={words.say(item.gain)} />
            </dd>
          </div>
          <div>
            <dt>
              {words.t('ui.plan.risk')}
              <RiskBars level={item.risk.level} />
            </dt>
            <dd>
              {words.t(`ui.risk.${item.risk.level}`)}
              <Sentence text={words.say(item.risk.reason)} />
            </dd>
          </div>
        </dl>
      </div>
    </Card>
  );
}

function expiries(words: Words): Choice<PlannedExclusion['expiry']>[] {
  return (['1h', '8h', '7d', 'never'] as const).map((value) => ({
    value,
    text: words.t(`ui.expiry.${value}`),
  }));
}

function titleKey(item: PlannedExclusion) {
  switch (item.purpose) {
    case 'buildFolder':
      return 'ui.plan.buildFolder' as const;
    case 'buildCache':
      return item.contextual ? 'ui.plan.buildCacheContextual' : 'ui.plan.buildCache';
    case 'toolchain':
      return item.contextual ? 'ui.plan.toolchainContextual' : 'ui.plan.toolchain';
    case 'moduleCache':
      return item.contextual ? 'ui.plan.moduleCacheContextual' : 'ui.plan.moduleCache';
    case 'file':
      return item.contextual ? 'ui.plan.fileContextual' : 'ui.plan.file';
  }
}

function kindOf(item: PlannedExclusion, words: Words): string {
  if (item.contextual) return words.t('ui.kind.contextual');
  // Of a toolchain the planner proposes files one by one.
  if (item.kind === 'path' && (item.purpose === 'file' || item.purpose === 'toolchain'))
    return words.t('ui.kind.file');
  return words.t(`ui.kind.${item.kind}`);
}
