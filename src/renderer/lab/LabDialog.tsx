// What the lab simulates and what is real in it; the scenario can be changed here.
import { useWords } from '../i18n/words';
import { Dialog } from '../kit/Controls';
import { useApp, useLocal, useSetLocal } from '../store/context';
import { ScenarioPicker } from './ScenarioPicker';
import styles from './lab.module.css';

export function LabDialog() {
  const { t } = useWords();
  const open = useLocal((local) => local.labDialogOpen);
  const engine = useApp((state) => state.app.labEngine);
  const setLocal = useSetLocal();
  return (
    <Dialog
      closeText={t('ui.action.close')}
      onClose={() => setLocal({ labDialogOpen: false })}
      open={open}
      title={t('ui.labDialog.title')}
    >
      <ul className={styles.list}>
        <li>{t('ui.labDialog.defender')}</li>
        <li>{t('ui.labDialog.machine')}</li>
        <li>{t('ui.labDialog.mirror')}</li>
        {engine && <li>{t('ui.labDialog.engine')}</li>}
      </ul>
      <p>{t('ui.labDialog.real')}</p>
      <div>
        <h3 className={styles.label}>{t('ui.labDialog.scenario')}</h3>
        <ScenarioPicker width="full" />
      </div>
    </Dialog>
  );
}
