// Step 2: the newest patch of the line, the newest stable, or another version; below it, source and method.
import type { VersionOption, Wizard } from '../../../shared/model';
import { useWords, type Words } from '../../i18n/words';
import { Button } from '../../kit/Button';
import { ChoiceCard, ChoiceGroup } from '../../kit/Card';
import { EmptyState, Skeleton } from '../../kit/Placeholders';
import { ArrowDownload20Regular, Globe20Regular, Warning20Filled } from '../../kit/icons';
import { Banner, Pill } from '../../kit/Status';
import { Caption, classes } from '../../kit/Text';
import { useApp, usePending, useSend } from '../../store/context';
import { bare, selectedVersion, sourceName } from '../steps';
import { WizardPage } from '../WizardPage';
import { OtherVersion } from './OtherVersion';
import { SourceAndMethod } from './SourceAndMethod';
import common from '../../kit/common.module.css';
import styles from './choose.module.css';

export function ChooseStep() {
  const words = useWords();
  const send = useSend();
  const wizard = useApp((state) => state.wizard);
  const keepDays = useApp((state) => state.settings.keepOldDays);
  const starting = usePending('download.start');
  const { choose } = wizard;
  const failed = wizard.failure !== null;
  const option = selectedOption(wizard);
  const refresh = () => void send('choose.refresh');
  const source = sourceName(choose.source, words);
  return (
    <WizardPage
      actions={
        <Button
          disabled={option?.available !== true || starting}
          icon={<ArrowDownload20Regular />}
          kind="primary"
          onClick={() => void send('download.start')}
        >
          {option !== undefined && option.size > 0
            ? words.t('ui.choose.download', { amount: words.megabytes(option.size) })
            : words.t('ui.choose.downloadUnknown')}
        </Button>
      }
      keepBelowFailure
      retry={refresh}
      sentence={sentenceOf(wizard, keepDays, words)}
      title={words.t('ui.choose.title')}
    >
      {choose.fromCache && choose.fetchedAt !== null && (
        <Banner
          icon={<Warning20Filled />}
          text={words.t('ui.choose.fromCacheText', { source })}
          title={words.t('ui.choose.fromCache', { when: words.until(choose.fetchedAt) })}
          tone="warn"
        >
          <Button onClick={refresh}>{words.t('ui.action.retry')}</Button>
        </Banner>
      )}
      {choose.status === 'loading' && (
        <Skeleton height={210} label={words.t('ui.choose.loading')} rows={1} />
      )}
      {choose.status === 'idle' && !failed && (
        <EmptyState
          icon={<Globe20Regular />}
          text={words.t('ui.choose.emptyText', { source })}
          title={words.t('ui.choose.empty')}
        >
          <Button onClick={refresh}>{words.t('ui.action.retry')}</Button>
        </EmptyState>
      )}
      {choose.status === 'ready' && <Versions choose={choose} />}
      <SourceAndMethod choose={choose} />
    </WizardPage>
  );
}

/** The option that Download takes. */
export function selectedOption(wizard: Wizard): VersionOption | undefined {
  const version = selectedVersion(wizard);
  const { newestPatch, newestStable, versions } = wizard.choose;
  return [newestPatch, newestStable, ...versions].find(
    (option): option is VersionOption => option !== null && option.version === version,
  );
}

function Versions(props: { choose: Wizard['choose'] }) {
  const { choose } = props;
  const words = useWords();
  const send = useSend();
  const patch =
    choose.newestPatch?.version === choose.newestStable?.version ? null : choose.newestPatch;
  const offers = [patch, choose.newestStable].filter((option) => option !== null).length;
  return (
    <ChoiceGroup columns={offers + 1} label={words.t('ui.choose.versions')}>
      {patch !== null && (
        <OfferCard
          checked={choose.selected.offer === 'newestPatch'}
          label={words.t('ui.choose.newestPatch')}
          onChoose={() => void send('choose.select', { offer: 'newestPatch', version: null })}
          option={patch}
          recommended={false}
          text={words.t('ui.choose.patchText')}
          value="newestPatch"
        />
      )}
      {choose.newestStable !== null && (
        <OfferCard
          checked={choose.selected.offer === 'newestStable'}
          label={words.t('ui.choose.newestStable')}
          onChoose={() => void send('choose.select', { offer: 'newestStable', version: null })}
          option={choose.newestStable}
          recommended
          text={words.t('ui.choose.stableText')}
          value="newestStable"
        />
      )}
      <OtherVersion choose={choose} />
    </ChoiceGroup>
  );
}

function OfferCard(props: {
  option: VersionOption;
  label: string;
  text: string;
  value: string;
  recommended: boolean;
  checked: boolean;
  onChoose: () => void;
}) {
  const { option } = props;
  const words = useWords();
  const until = supportedUntil(option);
  return (
    <ChoiceCard
      checked={props.checked}
      disabled={!option.available}
      label={props.label}
      look="plain"
      name="version"
      onChoose={props.onChoose}
      value={props.value}
    >
      <div className={styles.versionBig}>{bare(option.version)}</div>
      <div className={styles.versionMeta}>
        {option.date !== null && <Caption>{words.fullDay(option.date)}</Caption>}
        {props.recommended && <Pill tone="brand">{words.t('ui.choose.recommended')}</Pill>}
      </div>
      <div className={styles.versionText}>
        {option.available ? props.text : words.t('ui.choose.noFile')}
      </div>
      <div className={classes(common.small, styles.versionFoot)}>
        {until === null
          ? words.t('ui.choose.unsupported')
          : words.t('ui.choose.supportedUntil', { version: until })}
      </div>
    </ChoiceCard>
  );
}

/** Go fixes its newest two lines: 1.N until 1.(N+2) is out. Null where it is out of support. */
function supportedUntil(option: VersionOption): string | null {
  const line = /^go1\.(\d+)/.exec(option.version)?.[1];
  return line === undefined || !option.supported ? null : `1.${Number(line) + 2}`;
}

function sentenceOf(wizard: Wizard, keepDays: number, words: Words): string {
  if (wizard.choose.status === 'loading') return words.t('ui.choose.loading');
  const selected = wizard.find.installs.find((install) => install.id === wizard.find.selectedId);
  if (selected === undefined || selected.version === null) return words.t('ui.choose.sentenceNone');
  return keepDays > 0
    ? words.t('ui.choose.sentenceDays', { version: selected.version, count: keepDays })
    : words.t('ui.choose.sentence', { version: selected.version });
}
