// A journal that cannot be read whole: the person decides what becomes of it. Nothing can be changed on this computer
// before, so it stands in the wizard's place.
import type { Failure } from '../../shared/model';
import { FailureView } from '../failure/FailureView';
import { useWords } from '../i18n/words';
import { WizardPage } from '../upgrade/WizardPage';

export function BrokenJournal(props: { failure: Failure }) {
  const { t } = useWords();
  return (
    <WizardPage
      actions={null}
      focusKey="upgrade.journal"
      noBack
      retry={null}
      sentence={t('ui.journal.sentence')}
      title={t('ui.journal.title')}
    >
      <FailureView failure={props.failure} retry={null} />
    </WizardPage>
  );
}
