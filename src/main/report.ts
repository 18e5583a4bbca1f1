// "Copy for support": what the screen shows, as plain text in the person's language. Nothing that is not on the screen.
import type { Argument } from '../shared/contract';
import type { AppState, Failure, Message, MessageParams } from '../shared/model';
import { hasMessage, translate, type Language } from '../shared/text/translate';

export type ReportKind = Argument<'app.copyReport'>;

export function report(kind: ReportKind, state: AppState): string {
  const { language } = state.app;
  const lines = body(kind, state, language);
  const [title, ...rest] = lines;
  if (title === undefined) return translate(language, { key: 'shell.report.empty' });
  const lab = state.app.mode === 'lab' ? [translate(language, { key: 'shell.report.lab' })] : [];
  return [title, state.app.runtime, ...lab, '', ...rest, ''].join('\n');
}

function body(kind: ReportKind, state: AppState, language: Language): readonly string[] {
  switch (kind) {
    case 'proofs':
      return proofLines(state, language);
    case 'failure':
      return failureLines(state, language);
    case 'history':
      return historyLines(state, language);
    case 'block':
      return blockLines(state, language);
  }
}

function proofLines({ app, wizard }: AppState, language: Language): readonly string[] {
  const { proofs } = wizard.verify;
  if (proofs.length === 0) return [];
  const params = { app: app.version, file: wizard.download.filename };
  return [
    translate(language, { key: 'shell.report.proofs', params }),
    ...proofs.flatMap(({ id, state, summary, evidence }) => [
      `${id}: ${state}: ${translate(language, summary)}`,
      ...evidence.map((item) => field(language, 'evidence', item.id, String(item.value))),
    ]),
  ];
}

function failureLines(state: AppState, language: Language): readonly string[] {
  const failure: Failure | null =
    state.wizard.failure ??
    state.history.broken ??
    state.exclusions.failure ??
    state.blocks.failure;
  if (failure === null) return [];
  const { code, params } = failure;
  return [
    translate(language, { key: 'shell.report.failure', params: { app: state.app.version, code } }),
    label(language, `failure.${code}.what`, code, params),
    label(language, `failure.${code}.meaning`, '', params),
    failure.at,
    ...failure.details.map(({ id, value }) => field(language, 'detail', id, value)),
    ...(failure.cause === undefined ? [] : [failure.cause]),
  ];
}

function historyLines({ app, history }: AppState, language: Language): readonly string[] {
  if (history.entries.length === 0) return [];
  const say = (message: Message): string => translate(language, message);
  return [
    say({ key: 'shell.report.history', params: { app: app.version } }),
    ...history.entries.map(
      (entry) => `${entry.at}  ${entry.state}  ${say(entry.title)}  ${say(entry.detail)}`,
    ),
  ];
}

/** The open story, else the newest. */
function blockLines({ app, blocks }: AppState, language: Language): readonly string[] {
  const block = blocks.items.find(({ id }) => id === blocks.openId) ?? blocks.items[0];
  if (block === undefined) return [];
  const say = (message: Message): string => translate(language, message);
  return [
    say({ key: 'shell.report.block', params: { app: app.version, file: block.file } }),
    `${block.at}  ${say(block.headline)} (${String(block.count)})`,
    block.path,
    say(block.verdictText),
    say(block.whatItMeans),
    ...block.evidence.map(({ id, value }) => field(language, 'evidence', id, value)),
  ];
}

function field(language: Language, kind: string, id: string, value: string): string {
  return `  ${label(language, `${kind}.${id}`, id)}: ${value}`;
}

/** The catalogue's word, or the name itself where it has none. */
function label(
  language: Language,
  key: string,
  otherwise: string,
  params: MessageParams = {},
): string {
  return hasMessage(key) ? translate(language, { key, params }) : otherwise;
}
