// One story: what happened in a line; open: what it is, what it means, what to do with the least risk first, evidence.
import { useEffect, useId, useRef, useState } from 'react';
import type { Block } from '../../shared/model';
import { useWords } from '../i18n/words';
import { CopyButton, CopyIcon } from '../kit/Button';
import { Fold } from '../kit/Card';
import {
  AppsListDetail20Regular,
  Checkmark16Regular,
  ChevronDown16Regular,
  ChevronUp16Regular,
  Shield20Regular,
  ShieldError20Regular,
} from '../kit/icons';
import { Evidence, type EvidenceLine } from '../kit/Rows';
import { Pill } from '../kit/Status';
import { classes, Hidden, Mono, Sentence } from '../kit/Text';
import { useApp, useSend } from '../store/context';
import { WhatToDo } from './WhatToDo';
import common from '../kit/common.module.css';
import styles from './blocks.module.css';

export function Story(props: {
  block: Block;
  earlier: boolean;
  open: boolean;
  onToggle: () => void;
}) {
  const { block, open } = props;
  const words = useWords();
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <div ref={row} className={styles.story} data-block={block.id}>
      <button
        aria-controls={id}
        aria-expanded={open}
        className={classes(common.pressedRow, styles.head)}
        onClick={props.onToggle}
        type="button"
      >
        <span className={classes(styles.dot, block.seen && styles.dotSeen)}>
          {!block.seen && <Hidden>{words.t('ui.blocks.unseen')}</Hidden>}
        </span>
        <time className={classes(common.small, styles.time)} dateTime={block.at}>
          {props.earlier ? words.columnDay(block.at) : words.time(block.at)}
        </time>
        <span className={styles.icon}>{sourceIcon(block.source)}</span>
        <span className={classes(styles.headline, (open || !block.seen) && styles.strong)}>
          {words.say(block.headline)}
        </span>
        <span className={styles.verdict}>
          <Pill
            tone={block.verdict === 'originalFile' ? 'brand' : 'plain'}
            {...(block.verdict === 'originalFile' ? { icon: <Checkmark16Regular /> } : {})}
          >
            {words.say(block.verdictText)}
          </Pill>
        </span>
        <span className={classes(common.small, styles.count)}>
          {block.count > 1 && words.t('ui.blocks.times', { count: block.count })}
        </span>
        <span className={styles.chevron}>
          {open ? <ChevronUp16Regular /> : <ChevronDown16Regular />}
        </span>
      </button>
      {open && (
        <div className={classes(common.foldsOut, styles.body)} id={id}>
          <StoryBody block={block} />
        </div>
      )}
    </div>
  );
}

function StoryBody(props: { block: Block }) {
  const { block } = props;
  const words = useWords();
  const send = useSend();
  const expert = useApp((state) => state.settings.expert);
  const [open, setOpen] = useState(expert);
  return (
    <>
      <dl className={styles.facts}>
        <dt>{words.t('ui.blocks.whatItIs')}</dt>
        <dd>
          <Sentence text={words.say(block.whatItIs)} />
        </dd>
        <dt>{words.t('ui.blocks.whatItMeans')}</dt>
        <dd>
          <Sentence text={words.say(block.whatItMeans)} />
        </dd>
        <dt>
          {words.t('ui.blocks.whatToDo')}
          <span className={styles.least}>{words.t('ui.blocks.leastRisk')}</span>
        </dt>
        <dd>
          <WhatToDo block={block} />
        </dd>
      </dl>
      <div className={styles.evidence}>
        <Fold
          end={
            <CopyButton kind="subtle" onCopy={() => void send('app.copyReport', 'block')} small>
              {words.t('ui.action.copySupport')}
            </CopyButton>
          }
          onToggle={() => setOpen(!open)}
          open={open}
          title={words.t('ui.blocks.evidence')}
        >
          <StoryEvidence block={block} />
        </Fold>
      </div>
    </>
  );
}

function StoryEvidence(props: { block: Block }) {
  const { block } = props;
  const words = useWords();
  const send = useSend();
  const line = (id: string, label: string, value: string): EvidenceLine => ({
    id,
    label,
    value: <Mono text={value} />,
    copy: <CopyIcon onCopy={() => void send('app.copyText', value)} what={label} />,
  });
  const lines = [
    { id: 'time', label: words.t('ui.blocks.evidenceTime'), value: words.stamp(block.at) },
    line('path', words.t('ui.blocks.evidencePath'), block.path),
    ...(block.threat === null
      ? []
      : [line('threat', words.t('ui.blocks.evidenceThreat'), block.threat)]),
    ...block.evidence
      .filter((evidence) => evidence.id !== 'path' && evidence.id !== 'threat')
      .map((evidence, index) =>
        line(
          `${evidence.id}${index}`,
          words.label(`evidence.${evidence.id}`, evidence.id),
          evidence.value,
        ),
      ),
  ];
  return (
    <div className={styles.evidenceLines}>
      <Evidence lines={lines} />
    </div>
  );
}

function sourceIcon(source: Block['source']) {
  switch (source) {
    case 'defender':
      return <ShieldError20Regular />;
    case 'attackSurfaceReduction':
      return <Shield20Regular />;
    case 'appControl':
      return <AppsListDetail20Regular />;
  }
}
