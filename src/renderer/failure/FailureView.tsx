// A failure of the core as the failure panel, with its sentences by code and its buttons by next step.
import type { Failure } from '../../shared/model';
import { useWords, type Words } from '../i18n/words';
import { Hint } from '../kit/Placeholders';
import { FailurePanel } from '../kit/FailurePanel';
import {
  DocumentError24Regular,
  GlobeError24Filled,
  Info16Regular,
  ShieldDismiss24Regular,
  ShieldError24Regular,
  Warning24Filled,
} from '../kit/icons';
import type { EvidenceLine } from '../kit/Rows';
import { Mono } from '../kit/Text';
import { useApp, useLocal, useSend, useSetLocal } from '../store/context';
import { nextStepsOf } from './nextSteps';

export function FailureView(props: {
  failure: Failure;
  retry: (() => void) | null;
  /** Of a call: main's state does not have it, so main cannot word the report. */
  ofCall?: boolean;
}) {
  const { failure } = props;
  const words = useWords();
  const send = useSend();
  const setLocal = useSetLocal();
  const app = useApp((state) => state.app);
  const wizard = useApp((state) => state.wizard);
  const expert = useApp((state) => state.settings.expert);
  const { buttons, advice } = nextStepsOf(failure, {
    send,
    words,
    wizard,
    onWindows: app.platform === 'windows',
    inLab: app.mode === 'lab',
    retry: props.retry,
  });
  const dismiss = () => {
    setLocal({ trouble: null });
    if (wizard.failure !== null) void send('wizard.dismissFailure');
  };
  return (
    <>
      <FailurePanel
        key={`${failure.code} ${failure.at}`}
        buttons={
          buttons.length > 0
            ? buttons
            : [{ id: 'dismiss', text: words.t('ui.failure.dismiss'), onClick: dismiss }]
        }
        details={detailsOf(failure, words)}
        icon={iconOf(failure)}
        meaning={failureText(words, failure, 'meaning')}
        onCopy={() =>
          void (props.ofCall === true
            ? send('app.copyText', plainText(failure, words))
            : send('app.copyReport', 'failure'))
        }
        openAtFirst={expert}
        what={failureText(words, failure, 'what')}
      />
      {advice.map((text) => (
        <Hint key={text} icon={<Info16Regular />}>
          {text}
        </Hint>
      ))}
    </>
  );
}

/** The last call that failed, unless main's state shows the same failure already. */
export function CallTrouble(props: { shown: Failure | null; retry?: (() => void) | null }) {
  const words = useWords();
  const setLocal = useSetLocal();
  const trouble = useLocal((local) => local.trouble);
  if (trouble === null) return null;
  if (trouble.kind === 'failed') {
    const { failure } = trouble;
    if (failure.code === 'cancelled') return null;
    const twice = props.shown?.code === failure.code && props.shown.at === failure.at;
    return twice ? null : <FailureView failure={failure} ofCall retry={props.retry ?? null} />;
  }
  return (
    <FailurePanel
      buttons={[
        {
          id: 'dismiss',
          text: words.t('ui.failure.dismiss'),
          onClick: () => setLocal({ trouble: null }),
        },
      ]}
      details={[
        { id: 'cause', label: words.t('ui.failure.cause'), value: <Mono text={trouble.reason} /> },
      ]}
      icon={<Warning24Filled />}
      meaning={words.t('ui.failure.rejectedMeaning')}
      what={words.t('ui.failure.rejected')}
    />
  );
}

/** One of the two sentences of a failure. A code without sentences shows itself. */
export function failureText(words: Words, failure: Failure, part: 'what' | 'meaning'): string {
  const key = `failure.${failure.code}.${part}`;
  const known = words.label(key, '');
  if (known === '') return part === 'what' ? failure.code : (failure.cause ?? '');
  return words.say({ key: key as Parameters<Words['t']>[0], params: failure.params });
}

function plainText(failure: Failure, words: Words): string {
  return [
    failureText(words, failure, 'what'),
    failureText(words, failure, 'meaning'),
    `${failure.code}, ${failure.at}`,
    ...failure.details.map((detail) => `${detail.id}: ${detail.value}`),
    ...(failure.cause === undefined ? [] : [failure.cause]),
  ]
    .join('\n')
    .slice(0, 16_000);
}

function detailsOf(failure: Failure, words: Words): EvidenceLine[] {
  const lines: EvidenceLine[] = [
    { id: 'code', label: words.t('ui.failure.code'), value: <Mono text={failure.code} /> },
    { id: 'time', label: words.t('ui.failure.time'), value: words.stamp(failure.at) },
  ];
  failure.details.forEach((detail, index) =>
    lines.push({
      id: `${detail.id}${index}`,
      label: words.label(`detail.${detail.id}`, detail.id),
      value: <Mono text={detail.value} />,
    }),
  );
  if (failure.cause !== undefined) {
    lines.push({
      id: 'cause',
      label: words.t('ui.failure.cause'),
      value: <Mono text={failure.cause} />,
    });
  }
  return lines;
}

function iconOf(failure: Failure) {
  const topic = failure.code.split('.')[0] ?? '';
  switch (topic) {
    case 'network':
    case 'download':
    case 'catalogue':
      return <GlobeError24Filled />;
    case 'defender':
    case 'exclusion':
      return <ShieldError24Regular />;
    case 'elevation':
      return <ShieldDismiss24Regular />;
    case 'install':
    case 'archive':
    case 'disk':
      return <DocumentError24Regular />;
    default:
      return <Warning24Filled />;
  }
}
