import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { now, stateOf, type Picture } from '../../../test/fixtures/states';
import { openWindow, press } from '../testing/open';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
});
afterEach(() => {
  vi.useRealTimers();
});

const titles: readonly (readonly [Picture, string, string])[] = [
  ['01-find-go', 'Find Go', '查找 Go'],
  ['01-find-none', 'Find Go', '查找 Go'],
  ['02-choose', 'Choose a version', '选择版本'],
  ['03-download', 'Download', '下载'],
  ['04-verify', 'Verify', '校验'],
  ['05-verify-failed', 'Verify', '校验'],
  ['05-verify-incomplete', 'Verify', '校验'],
  ['06-exclusions-step', 'Exclusions', '排除项'],
  ['06-exclusions-step-none', 'Exclusions', '排除项'],
  ['06-exclusions-step-applied', 'Exclusions', '排除项'],
  ['07-install', 'Install', '安装'],
  ['08-done', 'Go is upgraded', 'Go 已升级'],
  ['08-undone', 'Everything was undone', '已全部撤销'],
  ['09-blocks', 'Blocks', '拦截'],
  ['10-exclusions', 'Exclusions', '排除项'],
  ['11-history', 'History', '历史'],
  ['12-settings', 'Settings', '设置'],
  ['13-failure-web-page', 'Download', '下载'],
  ['13-failure-file-vanished', 'Install', '安装'],
  ['14-lab-blocks-empty', 'Blocks', '拦截'],
  ['14-lab-exclusions-hidden', 'Exclusions', '排除项'],
  ['17-interrupted', 'An upgrade was cut off', '有一次升级中断了'],
  ['17-journal', 'The journal needs a decision', '日志需要你决定'],
];

describe('every screen', () => {
  it.each(titles)(
    '%s is drawn in both languages, with no key left in it',
    async (picture, en, zh) => {
      const { client } = await openWindow(stateOf(picture, 'en', 'light'));
      expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(en);
      expect(document.documentElement.lang).toBe('en');
      act(() => client.push(stateOf(picture, 'zh-CN', 'dark')));
      expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(zh);
      expect(document.documentElement.lang).toBe('zh-CN');
      expect(document.body.textContent).not.toMatch(/\bui\.[a-z]+\.|\{\{/);
      expect(document.querySelectorAll('[data-primary]').length).toBeLessThanOrEqual(1);
    },
  );
});

describe('the frame', () => {
  it('has a title bar to drag, without controls, where the window has none of its own', async () => {
    const state = stateOf('01-find-go', 'en', 'light');
    const { client } = await openWindow(state);
    const bar = () => document.querySelector('[class*="titleBar_"]');
    expect(bar()?.textContent).toBe('Gangway');
    expect(bar()?.querySelector('button, a, input')).toBeNull();
    act(() => client.push({ app: { ...state.app, platform: 'linux' } }));
    expect(bar()).toBeNull();
  });

  it('opens pages from the rail and by Ctrl and a figure', async () => {
    const { client, user } = await openWindow(stateOf('01-find-go', 'en', 'light'));
    await press(user, 'Blocks, 1 new');
    await user.keyboard('{Control>}5{/Control}');
    expect(client.recorded).toEqual([
      { name: 'app.openPage', argument: 'blocks' },
      { name: 'app.openPage', argument: 'settings' },
    ]);
  });

  it('marks the page that main says is open, and moves the focus to its title', async () => {
    const { client } = await openWindow(stateOf('01-find-go', 'en', 'light'));
    act(() => client.push({ page: 'history' }));
    expect(screen.getByRole('button', { name: 'History' }).getAttribute('aria-current')).toBe(
      'page',
    );
    expect(document.activeElement?.textContent).toBe('History');
  });

  it('presses the primary on Enter, and not from a field of its own', async () => {
    const { client, user } = await openWindow(stateOf('02-choose', 'en', 'light'));
    await user.click(screen.getByRole('searchbox', { name: 'Search versions' }));
    await user.keyboard('{Enter}');
    expect(client.recorded).toEqual([]);
    screen.getByRole<HTMLInputElement>('radio', { name: 'Newest stable' }).focus();
    await user.keyboard('{Enter}');
    expect(client.recorded).toEqual([{ name: 'download.start', argument: undefined }]);
  });

  it('drops a push that is older than what is shown', async () => {
    const { client } = await openWindow(stateOf('01-find-go', 'en', 'light'));
    act(() => client.push({ page: 'blocks' }, 5));
    act(() => client.push({ page: 'settings' }, 4));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Blocks');
  });

  it('shows the lab on every page, and what it simulates', async () => {
    const { client, user } = await openWindow(stateOf('14-lab-find-go', 'en', 'light'));
    expect(
      screen.getByText('Nothing on this computer is changed.', { exact: false }),
    ).toBeDefined();
    await press(user, 'What is simulated');
    // Without layout Fluent's modal takes no focus in jsdom, and so keeps itself hidden from screen readers.
    const dialog = await screen.findByRole('dialog', { hidden: true });
    await user.click(within(dialog).getByRole('combobox', { name: 'Scenario', hidden: true }));
    await user.click(
      await screen.findByRole('option', { name: 'The exclusion list is hidden', hidden: true }),
    );
    expect(client.recorded).toEqual([{ name: 'app.chooseScenario', argument: 'hiddenLists' }]);
    await user.click(within(dialog).getByRole('button', { name: 'Close', hidden: true }));
    await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull());
  });

  it('says Defender’s state in words', async () => {
    const state = stateOf('01-find-go', 'en', 'light');
    const { client } = await openWindow(state);
    expect(screen.getByText('Defender on')).toBeDefined();
    act(() => client.push({ defender: { ...state.defender, kind: 'unknown' } }));
    expect(screen.getByText('Cannot tell')).toBeDefined();
    act(() => client.push({ defender: { ...state.defender, managed: true } }));
    expect(screen.getByText('Managed')).toBeDefined();
  });

  it('shows a failure of a call that belongs to no page, and Esc closes it', async () => {
    const { client, user } = await openWindow(stateOf('12-settings', 'en', 'light'));
    client.answer('settings.set', () => ({ kind: 'rejected', reason: 'closing' }));
    await user.click(screen.getByRole('switch', { name: 'Expert view' }));
    expect((await screen.findByRole('alert')).textContent).toContain('did not take that request');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
