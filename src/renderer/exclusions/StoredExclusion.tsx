// What stands behind the short form of a contextual exclusion: when it applies, and how Defender stores it, to the letter.
import type { ExclusionResult } from '../../shared/model';
import { useWords, type Words } from '../i18n/words';
import { CopyIcon } from '../kit/Button';
import { Evidence, type EvidenceLine, type RowDetails } from '../kit/Rows';
import { Mono } from '../kit/Text';
import { useSend } from '../store/context';
import { contextSentence, shownExclusion, type ShownExclusion } from './context';

export function StoredExclusion(props: {
  value: string;
  context: NonNullable<ShownExclusion['context']>;
  indent?: 'row' | 'table';
  first?: EvidenceLine;
}) {
  const words = useWords();
  const send = useSend();
  const applies = contextSentence(props.context, words);
  const stored = words.t('ui.context.stored');
  return (
    <Evidence
      indent={props.indent ?? 'row'}
      lines={[
        ...(props.first === undefined ? [] : [props.first]),
        ...(applies === ''
          ? []
          : [{ id: 'applies', label: words.t('ui.context.applies'), value: applies }]),
        {
          id: 'stored',
          label: stored,
          value: <Mono text={props.value} />,
          copy: <CopyIcon onCopy={() => void send('app.copyText', props.value)} what={stored} />,
        },
      ]}
    />
  );
}

/** What folds out under a row that shows an exclusion by its path; nothing where the path is all there is. */
export function storedDetails(
  value: string,
  words: Words,
  openAtFirst: boolean,
): RowDetails | undefined {
  const { path, context } = shownExclusion(value);
  if (context === null) return undefined;
  return {
    label: words.t('ui.context.details', { what: path }),
    openAtFirst,
    content: <StoredExclusion context={context} value={value} />,
  };
}

/** What folds out under a change that was made: what Defender's own log says of it, and how it is stored. */
export function resultDetails(
  { value, log }: ExclusionResult,
  words: Words,
  openAtFirst: boolean,
): RowDetails | undefined {
  if (log === undefined) return storedDetails(value, words, openAtFirst);
  const { path, context } = shownExclusion(value);
  const told = { id: 'log', label: words.t('ui.plan.log'), value: words.t(`ui.plan.log.${log}`) };
  return {
    label: words.t('ui.context.details', { what: path }),
    openAtFirst,
    content:
      context === null ? (
        <Evidence indent="row" lines={[told]} />
      ) : (
        <StoredExclusion context={context} first={told} value={value} />
      ),
  };
}
