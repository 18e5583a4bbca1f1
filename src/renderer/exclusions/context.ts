// A contextual exclusion in plain words: the path that a person recognises, and when it applies. The exact spelling is
// evidence, not text.
import { splitValue, type Context } from '../../shared/rules/exclusions/contextual';
import type { Words } from '../i18n/words';

export interface ShownExclusion {
  readonly path: string;
  /** Null where it applies always. */
  readonly context: Context | null;
}

/** What cannot be read as an exclusion is shown as it is stored. */
export function shownExclusion(value: string): ShownExclusion {
  const split = splitValue(value);
  switch (split.kind) {
    case 'plain':
      return { path: split.path, context: null };
    case 'contextual':
      return { path: split.path, context: split.context };
    case 'malformed':
      return { path: value, context: null };
  }
}

/** "Only when opened by go.exe. Scans that are scheduled or started still look at it." */
export function contextSentence(context: Context, words: Words): string {
  const { processes, scanTrigger, scanType } = context;
  return words.sentences([
    processes.length === 0
      ? ''
      : words.t('ui.context.programs', {
          programs: words.list(processes.map((process) => programName(process, words))),
        }),
    scanTrigger === null ? '' : words.t(triggerKeys[scanTrigger]),
    scanType === null ? '' : words.t(`ui.context.${scanType}`),
  ]);
}

const triggerKeys = {
  OnAccess: 'ui.context.onAccess',
  OnDemand: 'ui.context.onDemand',
  BM: 'ui.context.behaviour',
} as const;

/** "go.exe"; for all programs of a folder its last two names. */
function programName(process: string, words: Words): string {
  const names = process.split('\\').filter((name) => name !== '');
  const last = names.pop() ?? process;
  return last === '*'
    ? words.t('ui.context.programsIn', { folder: names.slice(-2).join('\\') })
    : last;
}
