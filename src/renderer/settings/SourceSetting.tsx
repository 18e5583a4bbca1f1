// Where releases come from: go.dev, its mirror in China, or an organisation's mirror with the keys that may vouch for it.
import { useState } from 'react';
import type { Result } from '../../shared/contract';
import { useWords } from '../i18n/words';
import { Button, IconButton } from '../kit/Button';
import { Dialog, Select, TextField } from '../kit/Controls';
import { Add20Regular, Delete20Regular, Globe20Regular, Key20Regular } from '../kit/icons';
import { Line } from '../kit/Layout';
import { Row } from '../kit/Rows';
import { Caption, Mono } from '../kit/Text';
import { useApp, useSend } from '../store/context';
import common from '../kit/common.module.css';
import styles from './settings.module.css';

type SourceChoice = 'go.dev' | 'golang.google.cn' | 'url' | 'folder' | 'embedded';

export function SourceSetting() {
  const words = useWords();
  const send = useSend();
  const { t } = words;
  const settings = useApp((state) => state.settings);
  const inLab = useApp((state) => state.app.mode === 'lab');
  const { source, mirrorUrl } = settings;
  const texts: Readonly<Record<SourceChoice, string>> = {
    'go.dev': t('ui.source.goDev'),
    'golang.google.cn': t('ui.source.googleCn'),
    url: mirrorUrl === '' ? t('ui.settings.mirror') : mirrorUrl,
    folder: source.kind === 'folder' ? source.path : t('ui.source.folder'),
    embedded: t('ui.source.lab'),
  };
  const kinds: SourceChoice[] = [
    ...(source.kind === 'embedded' ? (['embedded'] as const) : []),
    'go.dev',
    'golang.google.cn',
    ...(mirrorUrl === '' && source.kind !== 'url' ? [] : (['url'] as const)),
    ...(source.kind === 'folder' ? (['folder'] as const) : []),
  ];
  const choose = (kind: SourceChoice) => {
    if (kind === 'url') void send('settings.set', { source: { kind, url: mirrorUrl } });
    else if (kind !== 'folder') void send('settings.set', { source: { kind } });
  };
  return (
    <Row
      caption={t('ui.settings.sourceText')}
      details={{
        label: t('ui.settings.mirror'),
        content: (
          <div className={styles.fold}>
            <MirrorAddress />
            <Keys />
          </div>
        ),
      }}
      end={
        // The lab has a mirror of its own; what is set here holds on the real machine.
        inLab ? undefined : (
          <Select
            choices={kinds.map((value) => ({ value, text: texts[value] }))}
            label={t('ui.settings.source')}
            onChange={choose}
            value={source.kind}
            width={168}
          />
        )
      }
      height={60}
      icon={<Globe20Regular />}
      text={t(inLab ? 'ui.settings.mirror' : 'ui.settings.source')}
    />
  );
}

function MirrorAddress() {
  const { t } = useWords();
  const send = useSend();
  const mirrorUrl = useApp((state) => state.settings.mirrorUrl);
  const [url, setUrl] = useState(mirrorUrl);
  const trimmed = url.trim();
  const usable = trimmed === '' || /^https?:\/\/\S+$/.test(trimmed);
  const save = () => {
    if (usable && trimmed !== mirrorUrl) void send('settings.set', { mirrorUrl: trimmed });
  };
  return (
    <div className={styles.foldBlock}>
      <h3 className={common.smallHeading}>{t('ui.settings.mirrorAddress')}</h3>
      <Line>
        <TextField
          label={t('ui.settings.mirrorAddress')}
          onChange={setUrl}
          onEnter={save}
          placeholder={t('ui.settings.mirrorPlaceholder')}
          value={url}
        />
        <Button disabled={!usable || trimmed === mirrorUrl} onClick={save}>
          {t('ui.settings.save')}
        </Button>
      </Line>
    </div>
  );
}

function Keys() {
  const { t } = useWords();
  const send = useSend();
  const keys = useApp((state) => state.app.keys);
  const [asked, setAsked] = useState<Result<'app.addKey'>>(null);
  const choose = async () => {
    const key = await send('app.addKey', { confirm: null });
    if (key !== undefined) setAsked(key);
  };
  const confirm = () => {
    if (asked !== null) void send('app.addKey', { confirm: asked.fingerprint });
    setAsked(null);
  };
  return (
    <div className={styles.foldBlock}>
      <h3 className={common.smallHeading}>{t('ui.settings.keys')}</h3>
      {keys.length === 0 && <Caption>{t('ui.settings.noKeys')}</Caption>}
      {keys.map((key) => (
        <div key={key.fingerprint} className={styles.key}>
          <Key20Regular />
          <div className={styles.keyName}>
            <div>{key.name}</div>
            <Mono text={key.fingerprint} tone="quiet" />
          </div>
          <IconButton
            icon={<Delete20Regular />}
            label={t('ui.settings.removeKeyOf', { name: key.name })}
            onClick={() => void send('app.removeKey', key.fingerprint)}
          />
        </div>
      ))}
      <div>
        <Button icon={<Add20Regular />} onClick={() => void choose()}>
          {t('ui.settings.addKey')}
        </Button>
      </div>
      <Dialog
        closeText={t('ui.action.cancel')}
        onClose={() => setAsked(null)}
        open={asked !== null}
        primary={{ text: t('ui.settings.keyConfirm'), onClick: confirm }}
        title={t('ui.settings.keyTitle')}
      >
        <p>{t('ui.settings.keyText')}</p>
        <p className={styles.strong}>{asked?.name}</p>
        <Mono text={asked?.fingerprint ?? ''} />
      </Dialog>
    </div>
  );
}
