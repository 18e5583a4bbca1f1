// Which proofs must pass over and above the built-in policy: size and hash always, and one independent proof.
import type { ProofId } from '../../shared/model';
import { useWords } from '../i18n/words';
import { Checkbox } from '../kit/Controls';
import { Certificate20Regular } from '../kit/icons';
import { Row } from '../kit/Rows';
import { Caption } from '../kit/Text';
import { useApp, useSend } from '../store/context';
import styles from './settings.module.css';

/** The built-in policy's own. */
const always: readonly ProofId[] = ['size', 'sha256'];
/** The rest of what Go publishes for a Windows zip, and the organisation's word. */
const optional: readonly ProofId[] = [
  'sidecar',
  'pins',
  'checksumDatabase',
  'signedSource',
  'organisation',
];

export function RequiredProofs() {
  const { t } = useWords();
  const send = useSend();
  const required = useApp((state) => state.settings.requiredProofs);
  const count = always.length + optional.filter((id) => required.includes(id)).length;
  const set = (id: ProofId, checked: boolean) =>
    void send('settings.set', {
      requiredProofs: checked ? [...required, id] : required.filter((other) => other !== id),
    });
  return (
    <Row
      caption={t('ui.settings.requiredText')}
      details={{
        label: t('ui.settings.required'),
        content: (
          <div className={styles.fold}>
            <div className={styles.foldBlock}>
              {always.map((id) => (
                <Checkbox
                  key={id}
                  checked
                  disabled
                  label={`${t(`proof.${id}.name`)} (${t('ui.settings.requiredAlways')})`}
                  onChange={() => undefined}
                />
              ))}
              {optional.map((id) => (
                <Checkbox
                  key={id}
                  checked={required.includes(id)}
                  label={t(`proof.${id}.name`)}
                  onChange={(checked) => set(id, checked)}
                />
              ))}
              <Caption>{t('ui.settings.requiredIndependent')}</Caption>
            </div>
          </div>
        ),
      }}
      end={t('ui.settings.requiredCount', {
        required: count,
        count: always.length + optional.length,
      })}
      height={60}
      icon={<Certificate20Regular />}
      text={t('ui.settings.required')}
    />
  );
}
