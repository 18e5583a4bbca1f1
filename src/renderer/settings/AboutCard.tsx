// Which Gangway this is, on what it runs, and what it can and cannot do.
import { useWords } from '../i18n/words';
import { Card } from '../kit/Card';
import { AppMark } from '../kit/drawings';
import { Caption } from '../kit/Text';
import { useApp } from '../store/context';
import styles from './settings.module.css';

export function AboutCard() {
  const { t } = useWords();
  const app = useApp((state) => state.app);
  return (
    <Card>
      <div className={styles.about}>
        <AppMark size={40} />
        <div>
          <div className={styles.strong}>{t('ui.settings.version', { version: app.version })}</div>
          <div data-selectable="">
            <Caption>{app.runtime}</Caption>
          </div>
        </div>
      </div>
      <dl className={styles.aboutText}>
        <dt>{t('ui.settings.aboutCan')}</dt>
        <dd>{t('ui.settings.aboutCanText')}</dd>
        <dt>{t('ui.settings.aboutCannot')}</dt>
        <dd>{t('ui.settings.aboutCannotText')}</dd>
      </dl>
      <Caption>{t('ui.settings.licence')}</Caption>
    </Card>
  );
}
