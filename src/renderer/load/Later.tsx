// Views that are not in the page's first script. Until they are here: nothing for 300 ms, then a skeleton. Where they
// cannot be loaded, that is said, with a way on.
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { useWords } from '../i18n/words';
import { FailurePanel } from '../kit/FailurePanel';
import { Warning24Filled } from '../kit/icons';
import { Skeleton } from '../kit/Placeholders';
import { Mono } from '../kit/Text';
import { useLoading } from './onDemand';
import { rest, type Views } from './parts';
import styles from './load.module.css';

/** Draws with the views that load later, and begins to load them where nothing has yet. */
export function Later(props: { draw: (views: Views) => ReactElement }) {
  const { t } = useWords();
  const views = useLoading(rest);
  useEffect(() => void rest.load(), []);
  switch (views.kind) {
    case 'here':
      return props.draw(views.value);
    case 'waiting':
      return (
        <Alone>
          <Skeleton label={t('ui.app.name')} />
        </Alone>
      );
    case 'failed':
      return <NotLoadedPage reason={views.reason} />;
  }
}

/** In a page's place. */
export function NotLoadedPage(props: { reason: string }) {
  return (
    <Alone>
      <NotLoaded reason={props.reason} />
    </Alone>
  );
}

/** A script of the page's own is not there or does not run. Only the page as a whole can be loaded again. */
export function NotLoaded(props: { reason: string }) {
  const { t } = useWords();
  return (
    <FailurePanel
      buttons={[
        { id: 'retry', text: t('ui.action.retry'), onClick: () => window.location.reload() },
      ]}
      details={[{ id: 'cause', label: t('ui.failure.cause'), value: <Mono text={props.reason} /> }]}
      icon={<Warning24Filled />}
      meaning={t('ui.failure.notLoadedMeaning')}
      what={t('ui.failure.notLoaded')}
    />
  );
}

function Alone(props: { children: ReactNode }) {
  return <main className={styles.alone}>{props.children}</main>;
}
