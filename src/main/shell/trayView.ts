// What the tray shows, decided from the app's state alone: icon, tooltip, menu. Nothing in the menu is dead: an entry that
// could do nothing is not there.
import type { AppState, Message } from '../../shared/model';
import { translate, type Language } from '../../shared/text/translate';

/** By what matters most, first: what is off, what was stopped, what is at work, what is left open. */
export type TrayIcon = 'paused' | 'blocked' | 'working' | 'exclusionActive' | 'idle';

export type TrayAction = 'lastBlock' | 'rollBack' | 'open' | 'quit';

export type TrayItem =
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'action'; readonly action: TrayAction; readonly label: string };

export interface TrayView {
  readonly icon: TrayIcon;
  readonly tooltip: string;
  readonly items: readonly TrayItem[];
}

export function trayView(state: AppState): TrayView {
  const { language } = state.app;
  const say = (message: Message): string => translate(language, message);
  const line = say(stateLine(state, language));
  const block = state.blocks.items[0];
  const items: TrayItem[] = [{ kind: 'text', label: line }, { kind: 'separator' }];
  if (block !== undefined) {
    const time = timeOfDay(block.at, language);
    const label = say({ key: 'shell.tray.lastBlock', params: { file: block.file, time } });
    items.push({ kind: 'action', action: 'lastBlock', label });
  }
  if (state.exclusions.ours > 0) {
    const label = say({ key: 'shell.tray.rollBack', params: { count: state.exclusions.ours } });
    items.push({ kind: 'action', action: 'rollBack', label });
  }
  if (items.length > 2) items.push({ kind: 'separator' });
  items.push({ kind: 'action', action: 'open', label: say({ key: 'shell.tray.open' }) });
  items.push({ kind: 'action', action: 'quit', label: say({ key: 'shell.tray.quit' }) });
  const key = state.app.mode === 'lab' ? 'shell.tray.tooltipLab' : 'shell.tray.tooltip';
  return { icon: trayIcon(state), tooltip: say({ key, params: { state: line } }), items };
}

export function trayIcon(state: AppState): TrayIcon {
  const { defender, blocks, exclusions } = state;
  if (defender.kind === 'paused' || defender.kind === 'off') return 'paused';
  if (blocks.items.some((block) => block.concernsGo && !block.seen)) return 'blocked';
  if (isWorking(state)) return 'working';
  return exclusions.ours > 0 ? 'exclusionActive' : 'idle';
}

export function isWorking({ wizard, exclusions }: AppState): boolean {
  return (
    wizard.download.status === 'running' ||
    wizard.verify.status === 'running' ||
    wizard.exclusions.status === 'applying' ||
    wizard.install.status === 'running' ||
    exclusions.status === 'rollingBack'
  );
}

function stateLine(state: AppState, language: Language): Message {
  if (isWorking(state) && state.exclusions.status !== 'rollingBack') {
    return { key: 'shell.tray.working' };
  }
  const defender: Message = { key: `shell.tray.defender.${state.defender.kind}` };
  const count = state.exclusions.ours;
  if (count === 0) return defender;
  return {
    key: 'shell.tray.withExclusions',
    params: { defender: translate(language, defender), count },
  };
}

/** "14:41" in this computer's time zone. */
export function timeOfDay(at: string, language: Language): string {
  return new Date(at).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}
