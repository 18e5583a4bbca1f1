import { act, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { stateOf } from '../../../test/fixtures/states';
import { testClient, type TestClient } from '../api/testClient';
import type { AppState } from '../../shared/model';
import { openMirror } from '../store/mirror';
import { onDemand } from './onDemand';

/** A window whose later files are fetched by these functions; a fresh one, since what is loaded stays. */
async function windowOf(
  state: AppState,
  files: { rest?: () => never; chinese?: () => never },
): Promise<TestClient> {
  vi.resetModules();
  if (files.rest !== undefined) vi.doMock('./rest', files.rest);
  if (files.chinese !== undefined) vi.doMock('../../shared/text/zh-CN', files.chinese);
  const { App } = await import('../app/App');
  const client = testClient(state);
  render(<App client={client} mirror={openMirror(client)} />);
  return client;
}

const lost = (): never => {
  throw new Error('Failed to fetch dynamically imported module');
};

afterEach(() => {
  vi.doUnmock('./rest');
  vi.doUnmock('../../shared/text/zh-CN');
  vi.resetModules();
});

describe('a view that loads later', () => {
  it('is not needed for the first step', async () => {
    await windowOf(stateOf('01-find-go', 'en', 'light'), { rest: lost, chinese: lost });
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Find Go');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('comes when its page is opened', async () => {
    const client = await windowOf(stateOf('01-find-go', 'en', 'light'), {});
    await screen.findByRole('heading', { level: 1, name: 'Find Go' });
    act(() => client.push({ page: 'settings' }));
    await screen.findByRole('heading', { level: 1, name: 'Settings' });
  });

  it('that cannot be loaded is said in its place, with a way on, and the first step still works', async () => {
    const client = await windowOf(stateOf('01-find-go', 'en', 'light'), { rest: lost });
    await screen.findByRole('heading', { level: 1, name: 'Find Go' });
    act(() => client.push({ page: 'settings' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('A part of this window did not load.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
    act(() => client.push({ page: 'upgrade' }));
    await screen.findByRole('heading', { level: 1, name: 'Find Go' });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('that cannot be loaded is said for the lab’s dialog too', async () => {
    await windowOf(stateOf('14-lab-find-go', 'en', 'light'), { rest: lost });
    (await screen.findByRole('button', { name: 'What is simulated' })).click();
    expect((await screen.findByRole('alert')).textContent).toContain('did not load');
  });
});

describe('a language that loads later', () => {
  it('is there before the first words of the window', async () => {
    await windowOf(stateOf('01-find-go', 'zh-CN', 'light'), {});
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('查找 Go');
  });

  it('that cannot be loaded is said in English', async () => {
    await windowOf(stateOf('01-find-go', 'zh-CN', 'light'), { chinese: lost });
    expect((await screen.findByRole('alert')).textContent).toContain('did not load');
    expect(document.body.textContent).not.toMatch(/\bui\./);
  });
});

describe('what loads on demand', () => {
  it('is fetched once, and tells who listens', async () => {
    const fetch = vi.fn(() => Promise.resolve(7));
    const part = onDemand(fetch);
    const heard = vi.fn();
    const stop = part.subscribe(heard);
    expect(part.state()).toEqual({ kind: 'waiting' });
    await Promise.all([part.load(), part.load()]);
    expect(part.state()).toEqual({ kind: 'here', value: 7 });
    expect(fetch).toHaveBeenCalledOnce();
    expect(heard).toHaveBeenCalledOnce();
    stop();
  });

  it('keeps the reason why it is not there', async () => {
    const part = onDemand(() => Promise.reject(new Error('gone')));
    await part.load();
    expect(part.state()).toEqual({ kind: 'failed', reason: 'gone' });
  });
});
