// Fluent's providers around the app: the theme, and the page's nonce, without which its styles are refused.
import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { useCallback, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { PageShown } from './Page';
import { themeOf } from './theme';
import './global.css';

export function KitRoot(props: { theme: 'light' | 'dark'; children: ReactNode }) {
  const lastShown = useRef<string | null>(null);
  const pageShown = useCallback((key: string) => {
    const before = lastShown.current;
    lastShown.current = key;
    return before !== null && before !== key;
  }, []);
  const forced = useMedia('(forced-colors: active)');
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider
        data-theme={props.theme}
        theme={themeOf(forced ? 'highContrast' : props.theme)}
      >
        <PageShown.Provider value={pageShown}>{props.children}</PageShown.Provider>
      </FluentProvider>
    </RendererProvider>
  );
}

/** Whether a media query holds, live. False where there is no `matchMedia`. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = queryList(query);
      list?.addEventListener('change', changed);
      return () => list?.removeEventListener('change', changed);
    },
    () => queryList(query)?.matches ?? false,
  );
}

const renderer = createDOMRenderer(document, {
  styleElementAttributes: { nonce: pageNonce() },
});

function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content ?? '';
}

function queryList(query: string): MediaQueryList | undefined {
  return typeof window.matchMedia === 'function' ? window.matchMedia(query) : undefined;
}
