// The window: providers, frame, the page that main says is open.
import type { GangwayClient } from '../../shared/contract';
import type { AppState, Page } from '../../shared/model';
import { BlocksPage } from '../blocks/BlocksPage';
import { ExclusionsPage } from '../exclusions/ExclusionsPage';
import { HistoryPage } from '../history/HistoryPage';
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
import { LabDialog } from '../lab/LabDialog';
import { SettingsPage } from '../settings/SettingsPage';
import { StoreProvider, useApp, useLocal, useMirror, useSend, useSetLocal } from '../store/context';
import { UpgradePage } from '../upgrade/UpgradePage';
import { DefenderHealth } from './DefenderHealth';
import { pageOrder, useKeyboard } from './keyboard';
import { NotConnected } from './NotConnected';

export function App(props: { client: GangwayClient }) {
  return (
    <StoreProvider client={props.client}>
      <Themed />
    </StoreProvider>
  );
}

function Themed() {
  const theme = useMirror((mirror) => mirror.state?.app.theme ?? systemTheme());
  const language = useMirror((mirror) => mirror.state?.app.language ?? systemLanguage());
  const connected = useMirror((mirror) => mirror.state !== null);
  return (
    <WordsProvider language={language}>
      <KitRoot theme={theme}>{connected ? <Window /> : <NotConnected />}</KitRoot>
    </WordsProvider>
  );
}

function Window() {
  const words = useWords();
  const send = useSend();
  const setLocal = useSetLocal();
  const page = useApp((state) => state.page);
  const app = useApp((state) => state.app);
  const unseen = useApp((state) => state.blocks.unseen);
  const ours = useApp((state) => state.exclusions.ours);
  const announcement = useLocal((local) => local.announcement);
  useKeyboard();
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
      <CurrentPage page={page} />
      {app.mode === 'lab' && <LabDialog />}
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
      return <BlocksPage />;
    case 'exclusions':
      return <ExclusionsPage />;
    case 'history':
      return <HistoryPage />;
    case 'settings':
      return <SettingsPage />;
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
