// Step 1: each Go on this computer, which one the PATH takes, and which one to upgrade. "No Go here" is a normal case.
import type { FoundGo } from '../../../shared/model';
import { useWords, type Words } from '../../i18n/words';
import { Button, IconButton } from '../../kit/Button';
import { Card, ChoiceCard, ChoiceGroup } from '../../kit/Card';
import { EmptyState, Skeleton } from '../../kit/Placeholders';
import {
  ArrowClockwise20Regular,
  ArrowDownload20Regular,
  Checkmark16Regular,
  FolderSearch20Regular,
  Warning16Filled,
  Warning20Filled,
} from '../../kit/icons';
import { Line } from '../../kit/Layout';
import { Row } from '../../kit/Rows';
import { Banner, Pill } from '../../kit/Status';
import { Caption, Mono, Sentence } from '../../kit/Text';
import { useApp, usePending, useSend } from '../../store/context';
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
      {find.status === 'done' && (
        <Card flush>
          <Row
            caption={
              find.places.length > 0
                ? words.t('ui.find.searched', {
                    places: words.list(find.places),
                    seconds: words.seconds(find.tookMs),
                  })
                : undefined
            }
            end={
              <Line>
                <IconButton
                  icon={<ArrowClockwise20Regular />}
                  label={words.t('ui.action.searchAgain')}
                  onClick={refresh}
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
      )}
    </WizardPage>
  );
}

function InstallCard(props: { install: FoundGo; checked: boolean; onChoose: () => void }) {
  const { install } = props;
  const words = useWords();
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
        <Sentence text={words.say(install.note)} />
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
