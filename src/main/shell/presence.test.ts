import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aBlock, fakeSession, idleState, type FakeSession } from '../../../test/fakes/session';
import { FailureError } from '../../core/failureError';
import { LiveSession } from '../live';
import { Presence } from './presence';

interface MenuEntry {
  readonly label?: string;
  readonly click?: () => void;
}

const electron = vi.hoisted(() => ({
  menu: [] as unknown[],
  toasts: [] as { title: string; body: string; emit(name: string): void }[],
  quit: vi.fn(),
  icons: 0,
}));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  return {
    app: { quit: electron.quit },
    nativeTheme: { shouldUseDarkColors: false },
    nativeImage: { createEmpty: () => ({ addRepresentation: () => (electron.icons += 1) }) },
    Menu: { buildFromTemplate: (entries: unknown[]) => (electron.menu = entries) },
    Tray: class extends Emitter {
      setImage(): void {}
      setToolTip(): void {}
      setContextMenu(): void {}
      destroy(): void {}
    },
    Notification: class extends Emitter {
      static isSupported(): boolean {
        return true;
      }
      readonly title: string;
      readonly body: string;
      constructor(text: { title: string; body: string }) {
        super();
        this.title = text.title;
        this.body = text.body;
        electron.toasts.push(this);
      }
      show(): void {}
    },
  };
});

beforeEach(() => {
  electron.menu = [];
  electron.toasts = [];
  electron.icons = 0;
  electron.quit.mockClear();
});

const exclusions = { ...idleState.exclusions, ours: 2 };

async function presence(
  session: FakeSession,
): Promise<{ readonly show: ReturnType<typeof vi.fn>; readonly presence: Presence }> {
  const live = new LiveSession(() => Promise.resolve(session), 'clean');
  await live.get();
  const show = vi.fn();
  const made = new Presence({
    live,
    window: { show },
    iconFolder: 'assets/tray',
    first: session.state,
  });
  live.onChange((_slices, state) => {
    made.update(state);
  });
  return { show, presence: made };
}

function click(label: string): void {
  const entry = (electron.menu as MenuEntry[]).find((item) => item.label?.startsWith(label));
  if (entry?.click === undefined) throw new Error(`no entry ${label}`);
  entry.click();
}

describe('a block', () => {
  it('is one notification, and its click opens its row in the window', async () => {
    const session = fakeSession();
    const { show } = await presence(session);
    session.block(aBlock('b1'));
    session.block(aBlock('b1'));
    expect(electron.toasts).toHaveLength(1);
    expect(electron.toasts[0]?.body).toContain('See what happened.');
    electron.toasts[0]?.emit('click');
    await vi.waitFor(() => {
      expect(show).toHaveBeenCalledOnce();
    });
    expect(session.asked).toEqual([
      ['app.openPage', 'blocks'],
      ['blocks.open', 'b1'],
    ]);
  });

  it('is none when it is not Go’s, was seen, or notifications are off', async () => {
    const session = fakeSession();
    await presence(session);
    session.block(aBlock('a', { concernsGo: false }));
    session.block(aBlock('b', { seen: true }));
    session.set({ settings: { ...idleState.settings, notifications: false } });
    session.block(aBlock('c'));
    expect(electron.toasts).toEqual([]);
  });
});

describe('the menu', () => {
  it('opens the last block', async () => {
    const session = fakeSession({ blocks: { ...idleState.blocks, items: [aBlock('b7')] } });
    const { show } = await presence(session);
    click('Last block');
    await vi.waitFor(() => {
      expect(show).toHaveBeenCalledOnce();
    });
    expect(session.asked.at(-1)).toEqual(['blocks.open', 'b7']);
  });

  it('rolls back and tells what came of it', async () => {
    const value = 'C:\\Go';
    const undone = [{ what: { key: 'shell.tray.open' as const }, value }];
    const session: FakeSession = fakeSession(
      { exclusions },
      {
        'exclusionsPage.rollBack': () => {
          const lastRollback = { undone, kept: [] };
          session.set({ exclusions: { ...exclusions, ours: 0, lastRollback } });
        },
      },
    );
    const { show } = await presence(session);
    click('Roll back exclusions (2)');
    await vi.waitFor(() => {
      expect(electron.toasts).toHaveLength(1);
    });
    expect(session.asked).toEqual([['exclusionsPage.rollBack', { all: true }]]);
    expect(electron.toasts[0]?.title).toBe('Exclusions rolled back: 2');
    expect(show).not.toHaveBeenCalled();
    expect((electron.menu as MenuEntry[]).some(({ label }) => label?.startsWith('Roll'))).toBe(
      false,
    );
  });

  it('says what stayed', async () => {
    const session: FakeSession = fakeSession(
      { exclusions },
      {
        'exclusionsPage.rollBack': () => {
          const kept = [{ value: 'C:\\Go', why: { key: 'shell.tray.open' as const } }];
          session.set({
            exclusions: { ...exclusions, ours: 1, lastRollback: { undone: [], kept } },
          });
        },
      },
    );
    await presence(session);
    click('Roll back exclusions');
    await vi.waitFor(() => {
      expect(electron.toasts[0]?.title).toBe('Exclusions rolled back: 1 of 2');
    });
  });

  it('opens the window where rolling back failed', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const session = fakeSession(
      { exclusions },
      {
        'exclusionsPage.rollBack': () => {
          throw new FailureError('elevation.declined');
        },
      },
    );
    const { show } = await presence(session);
    click('Roll back exclusions');
    await vi.waitFor(() => {
      expect(show).toHaveBeenCalledOnce();
    });
    expect(electron.toasts).toEqual([]);
    vi.restoreAllMocks();
  });

  it('opens and quits', async () => {
    const { show } = await presence(fakeSession());
    click('Open Gangway');
    click('Quit');
    expect(show).toHaveBeenCalledOnce();
    expect(electron.quit).toHaveBeenCalledOnce();
  });
});

describe('the icon', () => {
  it('is drawn anew only when what it shows is another thing', async () => {
    const session = fakeSession();
    await presence(session);
    const drawn = electron.icons;
    session.set({ page: 'history' });
    expect(electron.icons).toBe(drawn);
    session.set({ exclusions });
    expect(electron.icons).toBe(drawn + 4);
  });
});
