// The evidence of one proof: label, value, copy. Values that a person may want to compare are whole, never shortened.
import type { Evidence as EvidenceValue, Proof } from '../../../shared/model';
import { isMoment } from '../../i18n/format';
import { useWords, type Words } from '../../i18n/words';
import { CopyIcon } from '../../kit/Button';
import { Evidence, type EvidenceLine } from '../../kit/Rows';
import { Mono } from '../../kit/Text';
import { useSend } from '../../store/context';

export function ProofEvidence(props: { proof: Proof }) {
  const { proof } = props;
  const words = useWords();
  const send = useSend();
  const lines = proof.evidence.map<EvidenceLine>((evidence, index) => {
    const label = words.label(`evidence.${evidence.id}`, evidence.id);
    const text = textOf(evidence, words);
    const bad = proof.state === 'failed' && evidence.id === 'actual';
    return {
      id: `${evidence.id}${index}`,
      label,
      value: evidence.code === true ? <Mono text={text} tone={bad ? 'bad' : 'ink'} /> : text,
      copy:
        evidence.code === true ? (
          <CopyIcon onCopy={() => void send('app.copyText', text)} what={label} />
        ) : undefined,
    };
  });
  return <Evidence lines={lines} />;
}

function textOf(evidence: EvidenceValue, words: Words): string {
  if (evidence.text !== undefined) return words.say(evidence.text);
  const { value } = evidence;
  if (typeof value === 'number') return words.number(value);
  if (typeof value === 'boolean') return words.t(value ? 'ui.settings.on' : 'ui.settings.off');
  return isMoment(value) ? words.stamp(value) : value;
}
