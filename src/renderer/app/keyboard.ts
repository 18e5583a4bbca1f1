// Keys that hold everywhere: Ctrl+1…5 opens a page, Enter is the primary, Esc closes what is open.
import { useEffect } from 'react';
import type { Page } from '../../shared/model';
import { useApp, useSend, useSetLocal } from '../store/context';

/** In the rail's order. A record, so that a page that is missing does not compile. */
const pages: Readonly<Record<Page, number>> = {
  upgrade: 1,
  blocks: 2,
  exclusions: 3,
  history: 4,
  settings: 5,
};
export const pageOrder = Object.keys(pages) as readonly Page[];

export function useKeyboard(): void {
  const send = useSend();
  const setLocal = useSetLocal();
  const page = useApp((state) => state.page);
  const openBlock = useApp((state) => state.blocks.openId);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (insideLayer(event.target)) return;
      const wanted = pageOrder.find((id) => String(pages[id]) === event.key);
      if (event.ctrlKey && !event.altKey && !event.shiftKey && wanted !== undefined) {
        event.preventDefault();
        setLocal({ trouble: null });
        void send('app.openPage', wanted);
        return;
      }
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Enter' && !takesEnter(event.target)) {
        document.querySelector<HTMLButtonElement>('button[data-primary]:enabled')?.click();
      }
      if (event.key === 'Escape') {
        setLocal({ trouble: null });
        if (page === 'blocks' && openBlock !== null) void send('blocks.open', null);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [send, setLocal, page, openBlock]);
}

/** Dialogs and lists have keys of their own. */
function insideLayer(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role=dialog], [role=alertdialog], [role=listbox]') !== null
  );
}

/** Whether Enter means something to the element itself. A radio does nothing with it. */
function takesEnter(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLInputElement && target.type === 'radio') return false;
  return target.closest('button, a, input, select, textarea, [role=combobox]') !== null;
}
