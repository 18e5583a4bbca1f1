// Exclusions: what Defender is told not to scan, whose it is, and the way back for ours. A hidden list is never "none".
import type { AppState, ListedExclusion } from '../../shared/model';
import { CallTrouble, FailureView } from '../failure/FailureView';
import { useWords, type Words } from '../i18n/words';
import { Button } from '../kit/Button';
import { EmptyState, Hint, Skeleton } from '../kit/Placeholders';
import {
  ArrowClockwise20Regular,
  EyeOff20Regular,
  FolderProhibited20Filled,
  FolderProhibited28Regular,
  Info16Regular,
  QuestionCircle20Regular,
  Warning20Filled,
} from '../kit/icons';
import { Page } from '../kit/Page';
import { Banner } from '../kit/Status';
import { RollbackResult } from '../recovery/RollbackResult';
import { useApp, usePending, useSend } from '../store/context';
import { shownExclusion } from './context';
import { ExclusionTable } from './ExclusionTable';
import { WindowsSecurityButton } from './WindowsSecurityButton';

type State = AppState['exclusions'];

export function ExclusionsPage() {
  const words = useWords();
  const send = useSend();
  const page = useApp((state) => state.exclusions);
  const reading = usePending('exclusionsPage.read') || page.status === 'reading';
  const read = () => void send('exclusionsPage.read');
  return (
    <Page
      actions={
        <Button disabled={reading} icon={<ArrowClockwise20Regular />} kind="subtle" onClick={read}>
          {words.t('ui.exclusions.readAgain')}
        </Button>
      }
      focusKey="exclusions"
      sentence={words.t('ui.exclusions.sentence')}
      title={words.t('ui.exclusions.title')}
      wide
    >
      <CallTrouble retry={read} shown={page.failure} />
      {page.failure !== null && <FailureView failure={page.failure} retry={read} />}
      {page.lastRollback !== null && <RollbackResult exclusions report={page.lastRollback} />}
      {page.ours > 0 && <OursBanner page={page} />}
      {page.visibility === 'hidden' && <HiddenBanner page={page} />}
      {page.visibility === 'unavailable' && page.status === 'ready' && (
        <UnavailableBanner page={page} />
      )}
      <Body page={page} />
      {page.shownByPrompt && page.visibility === 'known' && (
        <Hint icon={<Info16Regular />}>{words.t('ui.exclusions.shownByPrompt')}</Hint>
      )}
      {page.items.filter(isWide).map((item) => (
        <WiderThanItLooks key={item.id} item={item} />
      ))}
    </Page>
  );
}

function Body(props: { page: State }) {
  const { page } = props;
  const words = useWords();
  if (page.items.length > 0) return <ExclusionTable items={page.items} />;
  if (page.status === 'idle' || page.status === 'reading') {
    return <Skeleton label={words.t('ui.exclusions.reading')} rows={1} />;
  }
  const none = page.visibility === 'known';
  return (
    <EmptyState
      icon={<FolderProhibited28Regular />}
      text={words.t(none ? 'ui.exclusions.noneText' : 'ui.exclusions.emptyText')}
      title={words.t(none ? 'ui.exclusions.noneTitle' : 'ui.exclusions.emptyTitle')}
    />
  );
}

function OursBanner(props: { page: State }) {
  const { page } = props;
  const words = useWords();
  const send = useSend();
  const rollingBack = usePending('exclusionsPage.rollBack') || page.status === 'rollingBack';
  return (
    <Banner
      icon={<FolderProhibited20Filled />}
      text={words.sentences([endsOf(page, words), readOf(page, words)])}
      title={words.t('ui.exclusions.active', { count: page.ours })}
      tone="brand"
    >
      <Button
        disabled={rollingBack}
        kind="primary"
        onClick={() => void send('exclusionsPage.rollBack', { all: true })}
        shield
      >
        {words.t('ui.exclusions.rollBackAll')}
      </Button>
    </Banner>
  );
}

function UnavailableBanner(props: { page: State }) {
  const { why } = props.page;
  const words = useWords();
  return (
    <Banner
      icon={<QuestionCircle20Regular />}
      text={words.sentences([
        words.t('ui.exclusions.unavailableText'),
        why === null ? '' : words.say(why.sentence),
        why?.next === 'askAdministrator' ? words.t('ui.next.askAdministrator') : '',
      ])}
      title={words.t('ui.exclusions.unavailable')}
      tone="warn"
    >
      {why?.next === 'openWindowsSecurity' && <WindowsSecurityButton />}
    </Banner>
  );
}

function HiddenBanner(props: { page: State }) {
  const { page } = props;
  // A prompt would show nothing.
  const fromEveryone = page.why?.id === 'listsHiddenFromAdministrators';
  const words = useWords();
  const send = useSend();
  const asking = usePending('exclusionsPage.showHidden');
  return (
    <Banner
      icon={<EyeOff20Regular />}
      text={
        page.ours > 0
          ? words.t('ui.exclusions.hiddenSome', { count: page.ours })
          : words.t('ui.exclusions.hiddenNone')
      }
      title={words.t(fromEveryone ? 'ui.exclusions.hiddenFromAll' : 'ui.exclusions.hidden')}
      tone="plain"
    >
      {!fromEveryone && (
        <Button
          disabled={asking}
          kind={page.ours > 0 ? 'outline' : 'primary'}
          onClick={() => void send('exclusionsPage.showHidden')}
          shield
        >
          {words.t('ui.exclusions.showIt')}
        </Button>
      )}
    </Banner>
  );
}

/** Risky ones by others are pointed out, never removed. */
function WiderThanItLooks(props: { item: ListedExclusion }) {
  const words = useWords();
  return (
    <Banner
      icon={<Warning20Filled />}
      slim
      text={words.t('ui.exclusions.widerText')}
      title={words.t('ui.exclusions.wider', {
        value: shownExclusion(props.item.value).path,
      })}
      tone="warn"
    >
      <WindowsSecurityButton />
    </Banner>
  );
}

function isWide(item: ListedExclusion): boolean {
  return item.owner !== 'gangway' && item.risk.level === 'high';
}

function endsOf(page: State, words: Words): string {
  if (page.firstEnds === null) return words.t('ui.exclusions.noEnd');
  const when = words.at(page.firstEnds);
  return words.t(page.ours === 1 ? 'ui.exclusions.oneEnds' : 'ui.exclusions.firstEnds', { when });
}

function readOf(page: State, words: Words): string {
  if (page.visibility !== 'known') return words.t('ui.exclusions.notRead');
  return page.readAt === null
    ? ''
    : words.t('ui.exclusions.readAt', { time: words.time(page.readAt) });
}
