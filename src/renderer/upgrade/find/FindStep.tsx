// Step 1: each Go on this computer, which one the PATH takes, and which one to upgrade. "No Go here" is a normal case.
import type { FoundGo, Wizard } from '../../../shared/model';
import { useWords, type Words } from '../../i18n/words';
import { Button, IconButton } from '../../kit/Button';
import { Card, ChoiceCard, ChoiceGroup } from '../../kit/Card';
import { EmptyState, Hint, Skeleton } from '../../kit/Placeholders';
import {
  ArrowClockwise20Regular,
  ArrowDownload20Regular,
  Checkmark16Regular,
  FolderSearch20Regular,
  Info16Regular,
  Warning16Filled,
  Warning20Filled,
} from '../../kit/icons';
import { Line } from '../../kit/Layout';
import { Evidence, Row } from '../../kit/Rows';
import { Banner, Pill } from '../../kit/Status';
import { Caption, Mono, Sentence } from '../../kit/Text';
import { useApp, usePending, useSend } from '../../store/context';
import { sourceName } from '../steps';
import { WizardPage } from '../WizardPage';
import styles from '../upgrade.module.css';

export function FindStep() {
  const words = useWords();
  const send = useSend();
  const find = useApp((state) => state.wizard.find);
  const missing = useApp((state) => state.app.missing);
  const going = usePending('wizard.continue');
  const ready = find.status === 'done' && (find.installs.length === 0 || find.selectedId !== null);
  const refresh = () => void send('find.refresh');
  return (
    <WizardPage
      actions={
        <Button
          disabled={!ready || going}
          kind="primary"
          onClick={() => void send('wizard.continue')}
        >
          {words.t('ui.action.continue')}
        </Button>
      }
      retry={refresh}
      sentence={sentenceOf(find.status, find.installs.length, words)}
      title={words.t('ui.find.title')}
    >
      {missing.length > 0 && (
        <Banner
          icon={<Warning20Filled />}
          text={words.sentences(missing.map((message) => words.say(message)))}
          title={words.t('ui.find.missingTitle')}
          tone="warn"
        >
          <Button onClick={() => void send('app.useLab')}>{words.t('ui.next.useLab')}</Button>
        </Banner>
      )}
      {find.status !== 'done' && <Skeleton height={143} label={words.t('ui.find.searching')} />}
      {find.status === 'done' && find.installs.length === 0 && (
        <EmptyState
          icon={<ArrowDownload20Regular />}
          text={words.t('ui.find.noneText')}
          title={words.t('ui.find.noneTitle')}
        />
      )}
      {find.status === 'done' && find.installs.length > 0 && (
        <ChoiceGroup label={words.t('ui.find.choices')}>
          {find.installs.map((install) => (
            <InstallCard
              key={install.id}
              checked={install.id === find.selectedId}
              install={install}
              onChoose={() => void send('find.select', install.id)}
            />
          ))}
        </ChoiceGroup>
      )}
      {find.status === 'done' && find.installs.length > 0 && <SupportHint />}
      {find.status === 'done' && <Elsewhere onRefresh={refresh} />}
    </WizardPage>
  );
}

/** Milliseconds in which a list of releases is as good as a new one. */
const freshMs = 3_600_000;

/** How old the list is that support was read from; nothing where it is new. */
function SupportHint() {
  const words = useWords();
  const listedAt = useApp((state) => state.wizard.find.listedAt);
  const choose = useApp((state) => state.wizard.choose);
  const text = textOf();
  return text === null ? null : <Hint icon={<Info16Regular />}>{text}</Hint>;

  function textOf(): string | null {
    if (listedAt === null) {
      return choose.status === 'loading' ? null : words.t('ui.find.supportUnknown');
    }
    const when = words.until(listedAt);
    const isOld = Date.now() - Date.parse(listedAt) > freshMs;
    switch (choose.status) {
      case 'loading':
        return isOld ? words.t('ui.find.asOfChecking', { when }) : null;
      case 'idle':
        return isOld ? words.t('ui.find.asOfOld', { when }) : null;
      case 'ready':
        return choose.fromCache
          ? words.t('ui.find.asOf', { when, source: sourceName(choose.source, words) })
          : null;
    }
  }
}

function Elsewhere(props: { onRefresh: () => void }) {
  const words = useWords();
  const send = useSend();
  const find = useApp((state) => state.wizard.find);
  const places = words.t('ui.find.places');
  return (
    <Card flush>
      <Row
        caption={find.places.length > 0 ? searchedOf(find, words) : undefined}
        details={
          find.places.length === 0
            ? undefined
            : {
                label: places,
                content: (
                  <Evidence
                    lines={find.places.map((place, index) => ({
                      id: place,
                      label: index === 0 ? places : '',
                      value: <Mono text={place} />,
                    }))}
                  />
                ),
              }
        }
        end={
          <Line>
            <IconButton
              icon={<ArrowClockwise20Regular />}
              label={words.t('ui.action.searchAgain')}
              onClick={props.onRefresh}
            />
            <Button onClick={() => void send('find.chooseFolder')}>
              {words.t('ui.find.chooseFolder')}
            </Button>
          </Line>
        }
        height={60}
        icon={<FolderSearch20Regular />}
        text={words.t('ui.find.elsewhere')}
      />
    </Card>
  );
}

function InstallCard(props: { install: FoundGo; checked: boolean; onChoose: () => void }) {
  const { install } = props;
  const words = useWords();
  const listing = useApp((state) => state.wizard.choose.status === 'loading');
  // Anything else that is said of it weighs more than its support.
  const checking = listing && install.note.key === 'find.note.versionOnly';
  return (
    <ChoiceCard
      checked={props.checked}
      label={install.version ?? words.t('ui.find.unknownVersion')}
      look="headline"
      name="install"
      onChoose={props.onChoose}
      pills={<InstallPills install={install} />}
      value={install.id}
    >
      <span className={styles.path}>
        <Mono block text={install.root} />
      </span>
      <div className={styles.origin}>
        <Caption>{words.t(`ui.find.origin.${install.origin}`)}</Caption>
      </div>
      <hr className={styles.rule} />
      <div className={styles.note}>
        <Sentence text={checking ? words.t('ui.find.checking') : words.say(install.note)} />
      </div>
    </ChoiceCard>
  );
}

function InstallPills(props: { install: FoundGo }) {
  const { install } = props;
  const { t } = useWords();
  return (
    <>
      {install.onPath && (
        <Pill icon={<Checkmark16Regular />} tone="brand">
          {t('ui.find.onPath')}
        </Pill>
      )}
      {install.shadowed && <Pill tone="plain">{t('ui.find.shadowed')}</Pill>}
      {install.doubled && <Pill tone="plain">{t('ui.find.doubled')}</Pill>}
      {install.broken && (
        <Pill icon={<Warning16Filled />} tone="warn">
          {t('ui.find.broken')}
        </Pill>
      )}
      {install.supported === false && (
        <Pill icon={<Warning16Filled />} tone="warn">
          {t('ui.find.unsupported')}
        </Pill>
      )}
    </>
  );
}

function searchedOf(find: Wizard['find'], words: Words): string {
  const count = find.places.length;
  return find.tookMs < 1_000
    ? words.t('ui.find.searchedQuickly', { count })
    : words.t('ui.find.searched', { count, seconds: words.seconds(find.tookMs) });
}

function sentenceOf(status: string, count: number, words: Words): string {
  if (status !== 'done') return words.t('ui.find.searching');
  switch (count) {
    case 0:
      return words.t('ui.find.none');
    case 1:
      return words.t('ui.find.one');
    case 2:
      return words.t('ui.find.two');
    default:
      return words.t('ui.find.many', { count });
  }
}
