import { describe, expect, it, vi } from 'vitest';
import { aBlock, fakeSession, idleState, type FakeSession } from '../../test/fakes/session';
import { FailureError } from '../core/failureError';
import { initialWizard } from '../shared/model';
import { answers, type Desk } from './answers';
import type { Answer } from './ipc/engine';
import { LiveSession } from './live';

interface Bench {
  readonly session: FakeSession;
  readonly answer: Answer;
  readonly copied: string[];
  readonly opened: string[];
  readonly pushes: { snapshot: ReturnType<typeof vi.fn>; ready: ReturnType<typeof vi.fn> };
  readonly usable: ReturnType<typeof vi.fn>;
}

function bench(session = fakeSession(), desk: Partial<Desk> = {}): Bench {
  const copied: string[] = [];
  const opened: string[] = [];
  const usable = vi.fn();
  const pushes = {
    snapshot: vi.fn((state: unknown) => ({ revision: 3, state })),
    ready: vi.fn(),
  };
  const answer = answers(new LiveSession(() => Promise.resolve(session), null), pushes as never, {
    chooseFile: () => Promise.resolve(null),
    chooseFolder: () => Promise.resolve(null),
    copy: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    openAddress: (address) => {
      opened.push(address);
      return Promise.resolve();
    },
    closeWindow: vi.fn(),
    showFile: (path) => {
      opened.push(path);
    },
    appearance: () => ({ languages: ['zh-CN'], isDark: true }),
    usable,
    platform: 'linux',
    ...desk,
  });
  return { session, answer, copied, opened, pushes, usable };
}

describe('what main answers itself', () => {
  it('the snapshot, in the language and theme of this system', async () => {
    const { answer } = bench();
    const { revision, state } = await answer('app.snapshot', undefined);
    expect(revision).toBe(3);
    expect(state.app).toMatchObject({ language: 'zh-CN', theme: 'dark' });
    expect(state.page).toBe('upgrade');
  });

  it('that the page is ready', async () => {
    const { answer, pushes, usable } = bench();
    await answer('app.ready', undefined);
    expect(pushes.ready).toHaveBeenCalledOnce();
    expect(usable).toHaveBeenCalledOnce();
  });

  it('text and reports for the clipboard', async () => {
    const { answer, copied } = bench();
    await answer('app.copyText', 'h1:x=');
    await answer('app.copyReport', 'proofs');
    expect(copied).toEqual(['h1:x=', '没有可报告的内容。']);
  });

  it('a link by its name, and nothing for one that leads nowhere', async () => {
    const { answer, opened } = bench();
    await answer('app.openLink', 'goDownloads');
    await answer('app.openLink', 'windowsSecurity');
    await answer('app.openLink', 'failedAddress');
    expect(opened).toEqual(['https://go.dev/dl/']);
  });

  it('the failed address, if it is one of the web', async () => {
    const details = [
      { id: 'file', value: 'C:\\x' },
      { id: 'address', value: 'javascript:alert(1)' },
      { id: 'address', value: 'https://user:secret@go.dev/dl/' },
      { id: 'address', value: 'https://go.dev/dl/go1.27.0.windows-amd64.zip' },
    ];
    const { failure } = new FailureError('download.notGo', { details });
    const session = fakeSession({ wizard: { ...initialWizard, failure } });
    const { answer, opened } = bench(session);
    await answer('app.openLink', 'failedAddress');
    expect(opened).toEqual(['https://go.dev/dl/go1.27.0.windows-amd64.zip']);
  });

  it('that its window is to close, and asks the session nothing', async () => {
    const closeWindow = vi.fn();
    const { answer, session } = bench(fakeSession(), { closeWindow });
    await answer('app.closeWindow', undefined);
    expect(closeWindow).toHaveBeenCalledOnce();
    expect(session.asked).toEqual([]);
  });

  it('the journal’s file, by a path that is main’s own', async () => {
    const { answer, opened } = bench();
    await answer('history.showJournal', undefined);
    expect(opened).toEqual(['/state/journal.jsonl']);
  });

  it('a folder comes from the dialog alone, and none where nobody chose', async () => {
    const none = bench();
    await none.answer('find.chooseFolder', undefined);
    await none.answer('choose.chooseFolder', undefined);
    expect(none.session.asked).toEqual([]);

    const titles: string[] = [];
    const chosen = bench(fakeSession(), {
      chooseFolder: (title) => {
        titles.push(title);
        return Promise.resolve('/home/lin/go');
      },
    });
    await chosen.answer('find.chooseFolder', undefined);
    await chosen.answer('choose.chooseFolder', undefined);
    expect(chosen.session.asked).toEqual([
      ['addFindFolder', '/home/lin/go'],
      ['chooseSourceFolder', '/home/lin/go'],
    ]);
    expect(titles).toEqual(['选择包含 Go 的文件夹', '选择存放 Go 发行版的文件夹']);
  });
});

describe('an organisation’s key', () => {
  const withFile = (path: string | null): Bench =>
    bench(fakeSession(), { chooseFile: () => Promise.resolve(path) });

  it('is shown first and added only after a yes, from the same file', async () => {
    const { answer, session } = withFile('/keys/it.asc');
    const key = await answer('app.addKey', { confirm: null });
    expect(key?.fingerprint).toBe('AB'.repeat(20));
    await answer('app.addKey', { confirm: 'AB'.repeat(20) });
    expect(session.asked).toEqual([
      ['addKeyFile', ['/keys/it.asc', null]],
      ['addKeyFile', ['/keys/it.asc', 'AB'.repeat(20)]],
    ]);
  });

  it('is not added by a yes that nothing was shown for, nor twice', async () => {
    const { answer, session } = withFile('/keys/it.asc');
    expect(await answer('app.addKey', { confirm: 'AB'.repeat(20) })).toBeNull();
    await answer('app.addKey', { confirm: null });
    await answer('app.addKey', { confirm: 'AB'.repeat(20) });
    expect(await answer('app.addKey', { confirm: 'AB'.repeat(20) })).toBeNull();
    expect(session.asked).toHaveLength(2);
  });

  it('is none where nobody chose a file', async () => {
    const { answer, session } = withFile(null);
    expect(await answer('app.addKey', { confirm: null })).toBeNull();
    expect(session.asked).toEqual([]);
  });
});

describe('what the session answers', () => {
  it('every other call, with its argument', async () => {
    const session = fakeSession({}, { 'download.start': () => undefined });
    const { answer } = bench(session);
    await answer('download.start', undefined);
    await answer('wizard.goto', 'verify');
    expect(session.asked).toEqual([
      ['download.start', undefined],
      ['wizard.goto', 'verify'],
    ]);
  });

  it('the reason why there is none, for each call', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const broken = new LiveSession(() => Promise.reject(new FailureError('journal.broken')), null);
    const answer = answers(broken, { snapshot: vi.fn(), ready: vi.fn() }, {} as Desk);
    for (const name of ['app.snapshot', 'app.ready', 'download.start'] as const) {
      await expect(answer(name, undefined)).rejects.toMatchObject({
        failure: { code: 'journal.broken' },
      });
    }
    vi.restoreAllMocks();
  });
});

describe('leaving for the lab', () => {
  it('ends the session, opens the lab and tells everything anew', async () => {
    const first = fakeSession({ app: { ...idleState.app, mode: 'real', scenario: null } });
    const second = fakeSession({ page: 'history' });
    const opened: (string | null)[] = [];
    const live = new LiveSession((scenario) => {
      opened.push(scenario);
      return Promise.resolve(scenario === null ? first : second);
    }, null);
    const told: string[] = [];
    live.onChange((slices, state) => told.push(`${Object.keys(slices).join()} ${state.page}`));
    const answer = answers(live, { snapshot: vi.fn(), ready: vi.fn() }, {} as Desk);
    await answer('app.useLab', undefined);

    expect(opened).toEqual([null, 'clean']);
    expect(first.closed).toBe(true);
    expect(first.listening).toBe(0);
    expect(told.at(-1)).toBe(`${Object.keys(idleState).join()} history`);
    second.set({ page: 'blocks' });
    expect(told.at(-1)).toBe('page blocks');
    expect(live.state?.page).toBe('blocks');
  });
});

describe('new blocks', () => {
  it('wait for the first who listens, and come once', async () => {
    const session = fakeSession();
    const live = new LiveSession(() => Promise.resolve(session), null);
    await live.get();
    session.block(aBlock('early'));
    const heard: string[] = [];
    live.onBlock(({ id }) => heard.push(id));
    session.block(aBlock('late'));
    live.onBlock(({ id }) => heard.push(`second ${id}`));
    expect(heard).toEqual(['early', 'late']);
  });
});
