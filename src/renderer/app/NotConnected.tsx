// Before the first snapshot: nothing for 300 ms, then a skeleton; if main does not answer, that is said.
import { useWords } from '../i18n/words';
import { Skeleton } from '../kit/Placeholders';
import { FailurePanel } from '../kit/FailurePanel';
import { Warning24Filled } from '../kit/icons';
import { Mono } from '../kit/Text';
import { NotLoaded } from '../load/Later';
import { useMirror } from '../store/context';
import styles from './app.module.css';

/** @param notLoaded why the words of the window's language could not be loaded */
export function NotConnected(props: { notLoaded: string | null }) {
  const { t } = useWords();
  const unreachable = useMirror((mirror) => mirror.unreachable);
  return (
    <main className={styles.notConnected}>
      <div className={styles.dragArea} />
      {props.notLoaded !== null ? (
        <NotLoaded reason={props.notLoaded} />
      ) : unreachable === null ? (
        <Skeleton label={t('ui.app.name')} />
      ) : (
        <FailurePanel
          buttons={[
            { id: 'retry', text: t('ui.action.retry'), onClick: () => window.location.reload() },
          ]}
          details={[
            { id: 'cause', label: t('ui.failure.cause'), value: <Mono text={unreachable} /> },
          ]}
          icon={<Warning24Filled />}
          meaning={t('ui.failure.rejectedMeaning')}
          what={t('ui.failure.rejected')}
        />
      )}
    </main>
  );
}
