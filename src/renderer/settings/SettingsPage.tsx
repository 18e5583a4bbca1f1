// Settings: each change is sent at once and takes effect at once. Only what works here is shown.
import { CallTrouble } from '../failure/FailureView';
import { useWords } from '../i18n/words';
import { Card, SectionTitle } from '../kit/Card';
import { Select, Switch } from '../kit/Controls';
import {
  Alert20Regular,
  Archive20Regular,
  Beaker20Regular,
  Code20Regular,
  DarkTheme20Filled,
  LocalLanguage20Regular,
  Power20Regular,
} from '../kit/icons';
import { Line } from '../kit/Layout';
import { Page } from '../kit/Page';
import { Row } from '../kit/Rows';
import { ScenarioPicker } from '../lab/ScenarioPicker';
import { useApp, useSend } from '../store/context';
import { withGo } from '../upgrade/steps';
import { AboutCard } from './AboutCard';
import { DefenderCard } from './DefenderCard';
import { RequiredProofs } from './RequiredProofs';
import { SourceSetting } from './SourceSetting';
import styles from './settings.module.css';

export function SettingsPage() {
  const words = useWords();
  const app = useApp((state) => state.app);
  return (
    <Page
      focusKey="settings"
      sentence={words.t('ui.settings.sentence')}
      title={words.t('ui.settings.title')}
    >
      <CallTrouble shown={null} />
      <SectionTitle>{words.t('ui.settings.appearance')}</SectionTitle>
      <Appearance />
      <SectionTitle>{words.t('ui.settings.go')}</SectionTitle>
      <Card flush>
        <SourceSetting />
        <RequiredProofs />
        <KeepOld />
      </Card>
      <SectionTitle>{words.t('ui.settings.gangway')}</SectionTitle>
      <Behaviour />
      {app.mode === 'lab' && (
        <>
          <SectionTitle>{words.t('ui.settings.lab')}</SectionTitle>
          <Card flush>
            <Row
              caption={words.t('ui.settings.scenarioText')}
              end={<ScenarioPicker width={320} />}
              height={60}
              icon={<Beaker20Regular />}
              text={words.t('ui.settings.scenario')}
            />
          </Card>
        </>
      )}
      <SectionTitle>{words.t('ui.settings.defender')}</SectionTitle>
      <DefenderCard />
      <SectionTitle>{words.t('ui.settings.about')}</SectionTitle>
      <AboutCard />
    </Page>
  );
}

function Appearance() {
  const words = useWords();
  const send = useSend();
  const { t } = words;
  const settings = useApp((state) => state.settings);
  const windows = useApp((state) => state.app.platform === 'windows');
  const system = t(windows ? 'ui.settings.system' : 'ui.settings.systemOther');
  return (
    <Card flush>
      <Row
        end={
          <Select
            choices={[
              { value: 'system', text: system },
              { value: 'en', text: t('ui.settings.english') },
              { value: 'zh-CN', text: t('ui.settings.chinese') },
            ]}
            label={t('ui.settings.language')}
            onChange={(language) => void send('settings.set', { language })}
            value={settings.language}
            width={168}
          />
        }
        height={60}
        icon={<LocalLanguage20Regular />}
        text={t('ui.settings.language')}
      />
      <Row
        end={
          <Select
            choices={[
              { value: 'system', text: system },
              { value: 'light', text: t('ui.settings.light') },
              { value: 'dark', text: t('ui.settings.dark') },
            ]}
            label={t('ui.settings.theme')}
            onChange={(theme) => void send('settings.set', { theme })}
            value={settings.theme}
            width={168}
          />
        }
        height={60}
        icon={<DarkTheme20Filled />}
        text={t('ui.settings.theme')}
      />
    </Card>
  );
}

function KeepOld() {
  const words = useWords();
  const send = useSend();
  const { t } = words;
  const keepOldDays = useApp((state) => state.settings.keepOldDays);
  const before = useApp((state) => state.wizard.done.before);
  const kept =
    before === null || before.keptUntil === null
      ? t('ui.settings.keepText')
      : t('ui.settings.keepKept', {
          version: withGo(before.version),
          until: words.day(before.keptUntil),
          amount: Math.round(before.bytes / 1_048_576).toLocaleString(words.language),
        });
  return (
    <Row
      caption={kept}
      end={
        <Select
          choices={([0, 7, 30] as const).map((days) => ({
            value: String(days),
            text: t(`ui.settings.keep.${days}`),
          }))}
          label={t('ui.settings.keep')}
          onChange={(value) => void send('settings.set', { keepOldDays: daysOf(value) })}
          value={String(keepOldDays)}
          width={168}
        />
      }
      height={60}
      icon={<Archive20Regular />}
      text={t('ui.settings.keep')}
    />
  );
}

function Behaviour() {
  const { t } = useWords();
  const send = useSend();
  const settings = useApp((state) => state.settings);
  const app = useApp((state) => state.app);
  const start = t(app.platform === 'windows' ? 'ui.settings.start' : 'ui.settings.startOther');
  return (
    <Card flush>
      <Row
        end={
          <OnOff
            checked={settings.notifications}
            label={t('ui.settings.notifications')}
            onChange={(notifications) => void send('settings.set', { notifications })}
          />
        }
        height={60}
        icon={<Alert20Regular />}
        text={t('ui.settings.notifications')}
      />
      {app.canStartWithSystem && (
        <Row
          caption={t('ui.settings.startText')}
          end={
            <OnOff
              checked={settings.startWithSystem}
              label={start}
              onChange={(startWithSystem) => void send('settings.set', { startWithSystem })}
            />
          }
          height={60}
          icon={<Power20Regular />}
          text={start}
        />
      )}
      <Row
        caption={t('ui.settings.expertText')}
        end={
          <OnOff
            checked={settings.expert}
            label={t('ui.settings.expert')}
            onChange={(expert) => void send('settings.set', { expert })}
          />
        }
        height={60}
        icon={<Code20Regular />}
        text={t('ui.settings.expert')}
      />
    </Card>
  );
}

function OnOff(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  const { t } = useWords();
  return (
    <Line>
      <span aria-hidden="true" className={styles.onOff}>
        {t(props.checked ? 'ui.settings.on' : 'ui.settings.off')}
      </span>
      <Switch checked={props.checked} label={props.label} onChange={props.onChange} />
    </Line>
  );
}

function daysOf(value: string): 0 | 7 | 30 {
  switch (value) {
    case '0':
      return 0;
    case '30':
      return 30;
    default:
      return 7;
  }
}
