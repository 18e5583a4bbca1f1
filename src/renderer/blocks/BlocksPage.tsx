// Blocks: a timeline by day, one row a story. Which story is open is main's to say, so that a notification can open one.
import { useState } from 'react';
import type { Block } from '../../shared/model';
import { CallTrouble, FailureView } from '../failure/FailureView';
import { dayDistance } from '../i18n/format';
import { useWords, type Words } from '../i18n/words';
import { Button } from '../kit/Button';
import { Card, SectionTitle } from '../kit/Card';
import { EmptyState, Skeleton } from '../kit/Placeholders';
import { Select } from '../kit/Controls';
import { History20Regular, ShieldError28Regular } from '../kit/icons';
import { Page } from '../kit/Page';
import { useApp, usePending, useSend } from '../store/context';
import { Story } from './Story';

type Filter = 'all' | 'go' | 'notGo';

export function BlocksPage() {
  const words = useWords();
  const send = useSend();
  const blocks = useApp((state) => state.blocks);
  const [filter, setFilter] = useState<Filter>('all');
  const looking = usePending('blocks.lookBack');
  const lookBack = () => void send('blocks.lookBack');
  const shown = blocks.items.filter(
    (block) => filter === 'all' || block.concernsGo === (filter === 'go'),
  );
  return (
    <Page
      actions={
        <Select
          choices={[
            { value: 'all', text: words.t('ui.blocks.all') },
            { value: 'go', text: words.t('ui.blocks.go') },
            { value: 'notGo', text: words.t('ui.blocks.notGo') },
          ]}
          label={words.t('ui.blocks.filter')}
          onChange={setFilter}
          value={filter}
          width={148}
        />
      }
      focusKey="blocks"
      sentence={words.t('ui.blocks.sentence')}
      title={words.t('ui.blocks.title')}
      wide
    >
      <CallTrouble shown={blocks.failure} />
      {blocks.failure !== null && <FailureView failure={blocks.failure} retry={lookBack} />}
      {shown.length === 0 && blocks.items.length > 0 && (
        <EmptyState
          icon={<ShieldError28Regular />}
          text={words.t('ui.blocks.emptyText')}
          title={words.t('ui.blocks.emptyFilter')}
        >
          <Button onClick={() => setFilter('all')}>{words.t('ui.blocks.showAll')}</Button>
        </EmptyState>
      )}
      {blocks.items.length === 0 && blocks.status === 'reading' && (
        <Skeleton label={words.t('ui.blocks.reading')} rows={3} />
      )}
      {blocks.items.length === 0 && blocks.status === 'ready' && blocks.failure === null && (
        <EmptyState
          icon={<ShieldError28Regular />}
          text={words.t('ui.blocks.emptyText')}
          title={words.t('ui.blocks.emptyTitle', { date: words.longDay(blocks.since) })}
        >
          <Button disabled={looking} icon={<History20Regular />} onClick={lookBack}>
            {words.t('ui.blocks.lookBack')}
          </Button>
        </EmptyState>
      )}
      {groupsOf(shown, words).map((group) => (
        <Day key={group.title} group={group} openId={blocks.openId} />
      ))}
    </Page>
  );
}

interface Group {
  readonly title: string;
  /** Rows of "Earlier" show their day instead of the time. */
  readonly earlier: boolean;
  readonly blocks: readonly Block[];
}

function Day(props: { group: Group; openId: string | null }) {
  const { group, openId } = props;
  const send = useSend();
  const toggle = (block: Block) => {
    void send('blocks.open', block.id === openId ? null : block.id);
    if (!block.seen) void send('blocks.markSeen', block.id);
  };
  return (
    <>
      <SectionTitle quiet>{group.title}</SectionTitle>
      <Card flush label={group.title}>
        {group.blocks.map((block) => (
          <Story
            key={block.id}
            block={block}
            earlier={group.earlier}
            onToggle={() => toggle(block)}
            open={block.id === openId}
          />
        ))}
      </Card>
    </>
  );
}

/** Today, each of the last three days that has a block, and everything before. Newest first. */
function groupsOf(blocks: readonly Block[], words: Words): Group[] {
  const now = new Date();
  const groups = new Map<string, { earlier: boolean; blocks: Block[] }>();
  for (const block of [...blocks].sort((a, b) => b.at.localeCompare(a.at))) {
    const at = new Date(block.at);
    const distance = dayDistance(at, now);
    const recent = now.getTime() - at.getTime() < 4 * 86_400_000;
    const earlier = distance !== 'today' && !(distance === 'thisWeek' && recent);
    const title = earlier ? words.t('ui.day.earlier') : words.dayHeading(block.at);
    const group = groups.get(title) ?? { earlier, blocks: [] };
    group.blocks.push(block);
    groups.set(title, group);
  }
  return [...groups].map(([title, group]) => ({ title, ...group }));
}
