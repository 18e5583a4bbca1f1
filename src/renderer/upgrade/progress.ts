// Progress for screen readers: read out politely, at ten per cent steps.
import { useEffect } from 'react';
import { percent } from '../i18n/format';
import { useWords, type Words } from '../i18n/words';
import { useSetLocal } from '../store/context';

export function useAnnouncedProgress(what: string, part: number, whole: number): void {
  const { t } = useWords();
  const setLocal = useSetLocal();
  const tens = Math.floor(percent(part, whole) / 10) * 10;
  useEffect(() => {
    if (tens === 0) return;
    setLocal({ announcement: t('ui.progress.announce', { what, percent: tens }) });
  }, [tens, what, t, setLocal]);
}

/** "About 11 s left", in minutes from two minutes on; nothing while it is not known. */
export function timeLeft(secondsLeft: number | null, words: Words): string | undefined {
  if (secondsLeft === null) return undefined;
  return secondsLeft < 120
    ? words.t('ui.unit.secondsLeft', { count: Math.max(1, Math.ceil(secondsLeft)) })
    : words.t('ui.unit.minutesLeft', { count: Math.round(secondsLeft / 60) });
}
