// The fold-out of step 2: where to download from, and what "zip beside the old one" means.
import { useState } from 'react';
import type { Source, Wizard } from '../../../shared/model';
import { useWords, type Words } from '../../i18n/words';
import { Button } from '../../kit/Button';
import { Card, Fold } from '../../kit/Card';
import { Select, TextField } from '../../kit/Controls';
import { Caption, classes } from '../../kit/Text';
import { useApp, useSend } from '../../store/context';
import { sourceName } from '../steps';
import common from '../../kit/common.module.css';
import styles from './choose.module.css';

export function SourceAndMethod(props: { choose: Wizard['choose'] }) {
  const { choose } = props;
  const words = useWords();
  const expert = useApp((state) => state.settings.expert);
  const [opened, setOpened] = useState<boolean | null>(null);
  // Where no list came, another source is the way on.
  const open = opened ?? (expert || choose.status === 'idle');
  return (
    <Card flush>
      <Fold
        end={words.t('ui.choose.summary', { source: sourceName(choose.source, words) })}
        onToggle={() => setOpened(!open)}
        open={open}
        title={words.t('ui.choose.sourceAndMethod')}
      >
        <div className={styles.sourceGrid}>
          <div>
            <h2 className={classes(common.smallHeading, styles.label)}>
              {words.t('ui.choose.from')}
            </h2>
            <SourcePicker choose={choose} />
          </div>
          <div>
            <h2 className={classes(common.smallHeading, styles.label)}>
              {words.t('ui.choose.method')}
            </h2>
            <div>{words.t('ui.choose.zip', { arch: choose.arch })}</div>
            <Caption>{words.t('ui.choose.zipText')}</Caption>
          </div>
        </div>
      </Fold>
    </Card>
  );
}

function SourcePicker(props: { choose: Wizard['choose'] }) {
  const { choose } = props;
  const words = useWords();
  const send = useSend();
  const mirrorUrl = useApp((state) => state.settings.mirrorUrl);
  const [namesMirror, setNamesMirror] = useState(false);
  const [url, setUrl] = useState(mirrorUrl);
  const sources = withCurrent(choose);
  const takeMirror = () => {
    setNamesMirror(false);
    void send('choose.source', { kind: 'url', url: url.trim() });
  };
  return (
    <>
      <Select
        choices={[
          ...sources.map((source, index) => ({
            value: `known${index}`,
            text: fullName(source, words),
          })),
          { value: 'mirror', text: words.t('ui.choose.mirrorOption') },
          { value: 'folder', text: words.t('ui.choose.folderOption') },
        ]}
        label={words.t('ui.choose.from')}
        onChange={(value) => {
          setNamesMirror(value === 'mirror');
          if (value === 'folder') void send('choose.chooseFolder');
          const known = sources[Number(value.slice('known'.length))];
          if (value.startsWith('known') && known !== undefined) void send('choose.source', known);
        }}
        value={
          namesMirror
            ? 'mirror'
            : `known${sources.findIndex((source) => same(source, choose.source))}`
        }
        width="full"
      />
      {namesMirror ? (
        <div className={styles.mirrorLine}>
          <TextField
            label={words.t('ui.choose.mirrorAddress')}
            onChange={setUrl}
            onEnter={takeMirror}
            placeholder={words.t('ui.settings.mirrorPlaceholder')}
            value={url}
          />
          <Button disabled={!/^https?:\/\/\S+$/.test(url.trim())} onClick={takeMirror}>
            {words.t('ui.choose.useMirror')}
          </Button>
        </div>
      ) : (
        <div className={classes(common.small, styles.below)}>{words.t('ui.choose.alsoFrom')}</div>
      )}
    </>
  );
}

/** What main offers, with the source in use first where it is not among them. */
function withCurrent(choose: Wizard['choose']): readonly Source[] {
  return choose.sources.some((source) => same(source, choose.source))
    ? choose.sources
    : [choose.source, ...choose.sources];
}

function same(a: Source, b: Source): boolean {
  if (a.kind === 'url') return b.kind === 'url' && a.url === b.url;
  if (a.kind === 'folder') return b.kind === 'folder' && a.path === b.path;
  return a.kind === b.kind;
}

function fullName(source: Source, words: Words): string {
  if (source.kind === 'url') return source.url;
  return source.kind === 'folder' ? source.path : sourceName(source, words);
}
