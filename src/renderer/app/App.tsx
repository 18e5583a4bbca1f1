// The window: providers, frame, the page that main says is open.
import { useEffect } from 'react';
import type { GangwayClient } from '../../shared/contract';
import type { AppState, Page } from '../../shared/model';
import { en } from '../../shared/text/en';
import type { Catalogue, Language } from '../../shared/text/sentence';
import { useWords, WordsProvider } from '../i18n/words';
import { AppFrame, LabBar, Rail, type RailItem } from '../kit/Frame';
import {
  ArrowCircleUp24Filled,
  ArrowCircleUp24Regular,
  FolderProhibited24Filled,
  FolderProhibited24Regular,
  History24Filled,
  History24Regular,
  Settings24Filled,
  Settings24Regular,
  ShieldError24Filled,
  ShieldError24Regular,
} from '../kit/icons';
import { KitRoot } from '../kit/Root';
import { Hidden } from '../kit/Text';
import { Later, NotLoadedPage } from '../load/Later';
import { useLoading, type Loading } from '../load/onDemand';
import { chinese, loadPartsAtRest, rest } from '../load/parts';
import { StoreProvider, useApp, useLocal, useMirror, useSend, useSetLocal } from '../store/context';
import { UpgradePage } from '../upgrade/UpgradePage';
import type { MirrorStore } from '../store/mirror';
import { DefenderHealth } from './DefenderHealth';
import { pageOrder, useKeyboard } from './keyboard';
import { NotConnected } from './NotConnected';

export function App(props: { client: GangwayClient; mirror: MirrorStore }) {
  return (
    <StoreProvider client={props.client} mirror={props.mirror}>
      <Themed />
    </StoreProvider>
  );
}

function Themed() {
  const theme = useMirror((mirror) => mirror.state?.app.theme ?? systemTheme());
  const language = useMirror((mirror) => mirror.state?.app.language ?? systemLanguage());
  const connected = useMirror((mirror) => mirror.state !== null);
  const catalogue = useCatalogue(language);
  return (
    <WordsProvider
      catalogue={catalogue.kind === 'here' ? catalogue.value : null}
      language={language}
    >
      <KitRoot theme={theme}>
        {connected && catalogue.kind === 'here' ? (
          <Window />
        ) : (
          <NotConnected notLoaded={catalogue.kind === 'failed' ? catalogue.reason : null} />
        )}
      </KitRoot>
    </WordsProvider>
  );
}

/** English comes with the page, Chinese when somebody reads it. */
function useCatalogue(language: Language): Loading<Catalogue> {
  const later = useLoading(chinese);
  useEffect(() => {
    if (language === 'zh-CN') void chinese.load();
  }, [language]);
  return language === 'zh-CN' ? later : english;
}

const english: Loading<Catalogue> = { kind: 'here', value: en };

function Window() {
  const words = useWords();
  const send = useSend();
  const setLocal = useSetLocal();
  const page = useApp((state) => state.page);
  const app = useApp((state) => state.app);
  const unseen = useApp((state) => state.blocks.unseen);
  const ours = useApp((state) => state.exclusions.ours);
  const announcement = useLocal((local) => local.announcement);
  const labDialogOpen = useLocal((local) => local.labDialogOpen);
  const views = useLoading(rest);
  useKeyboard();
  useEffect(loadPartsAtRest, []);
  useEffect(() => {
    if (labDialogOpen) void rest.load();
  }, [labDialogOpen]);
  const badges: Readonly<Partial<Record<Page, [number, string]>>> = {
    blocks: [unseen, words.t('ui.rail.blocksNew', { count: unseen })],
    exclusions: [ours, words.t('ui.rail.exclusionsActive', { count: ours })],
  };
  const items = pageOrder.map<RailItem>((id) => ({
    id,
    label: words.t(`ui.rail.${id}`),
    icon: icons[id].plain,
    selectedIcon: icons[id].filled,
    badge: badges[id]?.[0] ?? 0,
    badgeText: badges[id]?.[1] ?? '',
  }));
  return (
    <AppFrame
      labBar={app.mode === 'lab' && <LabBar onWhat={() => setLocal({ labDialogOpen: true })} />}
      rail={
        <Rail
          health={<DefenderHealth />}
          items={items}
          onSelect={(id) => {
            setLocal({ trouble: null });
            void send('app.openPage', id as Page);
          }}
          selected={page}
        />
      }
      titleBar={app.platform === 'windows'}
    >
      {labDialogOpen && views.kind === 'failed' ? (
        <NotLoadedPage reason={views.reason} />
      ) : (
        <CurrentPage page={page} />
      )}
      {app.mode === 'lab' && views.kind === 'here' && <views.value.LabDialog />}
      <Hidden>
        <span aria-live="polite" data-announcer="">
          {announcement}
        </span>
      </Hidden>
    </AppFrame>
  );
}

function CurrentPage(props: { page: AppState['page'] }) {
  switch (props.page) {
    case 'upgrade':
      return <UpgradePage />;
    case 'blocks':
      return <Later draw={({ BlocksPage }) => <BlocksPage />} />;
    case 'exclusions':
      return <Later draw={({ ExclusionsPage }) => <ExclusionsPage />} />;
    case 'history':
      return <Later draw={({ HistoryPage }) => <HistoryPage />} />;
    case 'settings':
      return <Later draw={({ SettingsPage }) => <SettingsPage />} />;
  }
}

const icons = {
  upgrade: { plain: <ArrowCircleUp24Regular />, filled: <ArrowCircleUp24Filled /> },
  blocks: { plain: <ShieldError24Regular />, filled: <ShieldError24Filled /> },
  exclusions: { plain: <FolderProhibited24Regular />, filled: <FolderProhibited24Filled /> },
  history: { plain: <History24Regular />, filled: <History24Filled /> },
  settings: { plain: <Settings24Regular />, filled: <Settings24Filled /> },
} satisfies Record<Page, unknown>;

/** Before the first snapshot only: main resolves both from then on. */
function systemTheme(): 'light' | 'dark' {
  const dark =
    typeof window.matchMedia === 'function' &&
    window.matchMedia('(prefers-color-scheme: dark)').matches;
  return dark ? 'dark' : 'light';
}

function systemLanguage(): 'en' | 'zh-CN' {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
