import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { aBlock, idleState } from '../../../test/fakes/session';
import type { AppState } from '../../shared/model';
import { initialWizard } from '../../shared/model';
import { firstSize, leastSize, parseSavedWindow, placeWindow, type SavedWindow } from './bounds';
import { blockText, Toasts, type Toast, type ToastText } from './toasts';
import { isWorking, trayIcon, trayView } from './trayView';

const withExclusions = (ours: number): Partial<AppState> => ({
  exclusions: { ...idleState.exclusions, ours },
});
const withBlocks = (...items: AppState['blocks']['items']): Partial<AppState> => ({
  blocks: { ...idleState.blocks, items },
});
const running: Partial<AppState> = {
  wizard: { ...initialWizard, install: { ...initialWizard.install, status: 'running' } },
};
const off = (kind: AppState['defender']['kind']): Partial<AppState> => ({
  defender: { ...idleState.defender, kind },
});
const state = (...parts: Partial<AppState>[]): AppState =>
  parts.reduce<AppState>((whole, part) => ({ ...whole, ...part }), idleState);

describe('the tray’s icon', () => {
  it('shows what matters most', () => {
    const everything = [withExclusions(2), running, withBlocks(aBlock('b')), off('paused')];
    const icons = everything.map((_, index) => trayIcon(state(...everything.slice(0, index + 1))));
    expect(icons).toEqual(['exclusionActive', 'working', 'blocked', 'paused']);
    expect(trayIcon(idleState)).toBe('idle');
  });

  it('calms down when the block was seen, or is not about Go', () => {
    expect(trayIcon(state(withBlocks(aBlock('b', { seen: true }))))).toBe('idle');
    expect(trayIcon(state(withBlocks(aBlock('b', { concernsGo: false }))))).toBe('idle');
  });

  it('does not cry for another antivirus or an unknown state', () => {
    for (const kind of ['otherAntivirus', 'passive', 'unknown'] as const) {
      expect(trayIcon(state(off(kind)))).toBe('idle');
    }
    expect(trayIcon(state(off('off')))).toBe('paused');
  });

  it('works while something runs', () => {
    expect(isWorking(idleState)).toBe(false);
    expect(isWorking(state(running))).toBe(true);
  });
});

describe('the tray’s menu', () => {
  const labels = (given: AppState): string[] =>
    trayView(given).items.map((item) => (item.kind === 'separator' ? '—' : item.label));

  it('is short when there is nothing to do', () => {
    expect(labels(idleState)).toEqual(['Defender on', '—', 'Open Gangway', 'Quit']);
  });

  it('counts exclusions and names the last block', () => {
    const block = aBlock('b', { at: new Date(2026, 10, 24, 14, 41).toISOString() });
    expect(labels(state(withExclusions(2), withBlocks(block)))).toEqual([
      'Defender on, 2 exclusions active',
      '—',
      'Last block: compile.exe, 14:41',
      'Roll back exclusions (2)',
      '—',
      'Open Gangway',
      'Quit',
    ]);
    expect(labels(state(withExclusions(1)))[0]).toBe('Defender on, 1 exclusion active');
  });

  it('speaks Chinese', () => {
    const app = { ...idleState.app, language: 'zh-CN' as const };
    const view = trayView(state(withExclusions(2), { app }));
    expect(view.tooltip).toBe('Gangway（实验模式）：Defender 已开启，2 个排除项生效中');
    expect(view.items.map((item) => (item.kind === 'action' ? item.label : ''))).toContain(
      '撤销排除项（2）',
    );
  });

  it('says in its tooltip when it is the lab', () => {
    expect(trayView(idleState).tooltip).toBe('Gangway (lab): Defender on');
    const app = { ...idleState.app, mode: 'real' as const };
    expect(trayView(state({ app })).tooltip).toBe('Gangway: Defender on');
  });
});

class FakeToast extends EventEmitter implements Toast {
  isShown = false;
  constructor(readonly text: ToastText) {
    super();
  }
  show(): void {
    this.isShown = true;
  }
}

function toasts(supported = true): { readonly toasts: Toasts; readonly made: FakeToast[] } {
  const made: FakeToast[] = [];
  const maker = {
    isSupported: () => supported,
    make: (text: ToastText) => {
      const toast = new FakeToast(text);
      made.push(toast);
      return toast;
    },
  };
  return { toasts: new Toasts(maker), made };
}

describe('notifications', () => {
  const text = { title: 'Defender quarantined compile.exe', body: 'See what happened.' };

  it('are held until the system is done with them, however that is', () => {
    for (const ending of ['click', 'close', 'failed']) {
      const { toasts: held, made } = toasts();
      held.say(text, () => undefined);
      expect(made[0]?.isShown).toBe(true);
      expect(held.held).toBe(1);
      made[0]?.emit(ending);
      expect(held.held).toBe(0);
    }
  });

  it('lead somewhere only by a click', () => {
    const { toasts: given, made } = toasts();
    let clicks = 0;
    given.say(text, () => (clicks += 1));
    made[0]?.emit('close');
    made[0]?.emit('failed');
    expect(clicks).toBe(0);
    made[0]?.emit('click');
    expect(clicks).toBe(1);
  });

  it('are left out where the system has none', () => {
    const { toasts: given, made } = toasts(false);
    given.say(text, () => undefined);
    expect(made).toEqual([]);
  });

  it('tell each thing once', () => {
    const { toasts: given, made } = toasts();
    given.once('b1', text, () => undefined);
    given.once('b1', text, () => undefined);
    given.once('b2', text, () => undefined);
    expect(made).toHaveLength(2);
  });

  it('say what happened, and what a click does', () => {
    const block = aBlock('b', { verdictText: { key: 'shell.tray.open' } });
    expect(blockText(block, 'en').body).toBe('Open Gangway. See what happened.');
  });
});

describe('where the window opens', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 };
  const second = { x: 1920, y: 0, width: 1280, height: 1000 };
  const saved = (x: number, y: number, width = 1100, height = 800): SavedWindow => ({
    bounds: { x, y, width, height },
    maximized: false,
  });

  it('at first: the system’s place, 1040 × 720', () => {
    expect(placeWindow(null, [screen])).toEqual({ position: null, ...firstSize, maximized: false });
  });

  it('where it was', () => {
    expect(placeWindow(saved(300, 100), [screen])).toMatchObject({
      position: { x: 300, y: 100 },
      width: 1100,
      height: 800,
    });
    expect(placeWindow(saved(2000, 50), [screen, second])).toMatchObject({
      position: { x: 2000, y: 50 },
    });
  });

  it('back on a screen when its own is gone', () => {
    expect(placeWindow(saved(2000, 50), [screen])).toMatchObject({ position: null, ...firstSize });
  });

  it('wholly on its screen when it hung over the edge', () => {
    expect(placeWindow(saved(1500, 900), [screen])).toMatchObject({ position: { x: 820, y: 240 } });
    expect(placeWindow(saved(-600, -20), [screen])).toMatchObject({ position: { x: 0, y: 0 } });
  });

  it('never smaller than its least size, nor larger than its screen', () => {
    expect(placeWindow(saved(0, 0, 10, 10), [screen])).toMatchObject(leastSize);
    expect(placeWindow(saved(0, 0, 9000, 9000), [screen])).toMatchObject({
      width: 1920,
      height: 1040,
    });
  });

  it.each([
    null,
    '',
    'x',
    '{}',
    '[]',
    '{"bounds":{"x":"1"},"maximized":false}',
    '{"maximized":true}',
  ])('forgets a file that is not ours: %j', (text) => {
    expect(parseSavedWindow(text)).toBeNull();
  });
});
