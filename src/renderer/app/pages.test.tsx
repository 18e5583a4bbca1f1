import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { webPage } from '../../../test/fixtures/failures';
import { now, stateOf, type Picture } from '../../../test/fixtures/states';
import { findingOf } from '../../shared/rules/defender';
import { defenderFactIds, defenderTroubleIds } from '../../shared/model/defender';
import { advice } from '../settings/DefenderCard';
import { openWindow, press } from '../testing/open';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
});
afterEach(() => {
  vi.useRealTimers();
});

const en = (picture: Picture) => stateOf(picture, 'en', 'light');

describe('Exclusions', () => {
  it('rolls back one of ours by id and all at once, and offers nothing for the others', async () => {
    const { client, user } = await openWindow(en('10-exclusions'));
    await press(user, 'Roll back C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp');
    await press(user, 'Roll back all');
    expect(client.recorded).toEqual([
      { name: 'exclusionsPage.rollBack', argument: { id: 'tmp' } },
      { name: 'exclusionsPage.rollBack', argument: { all: true } },
    ]);
    const row = screen.getByText('node.exe').closest('tr');
    expect(row === null ? null : within(row).queryByRole('button')).toBeNull();
    expect(screen.getByText('node.exe is wider than it looks.')).toBeDefined();
  });

  it('shows the folder of a contextual one; how it is stored folds out', async () => {
    const { user } = await openWindow(en('10-exclusions'));
    expect(screen.queryByText(/PathType/)).toBeNull();
    const name = 'Details: C:\\Users\\lin\\AppData\\Local\\go-build';
    await press(user, name);
    expect(screen.getByText(/^Only when opened by go\.exe\./)).toBeDefined();
    expect(document.querySelector('dd code')?.textContent).toContain('{PathType:folder,');
    await press(user, name);
    expect(screen.queryByText(/^Only when opened/)).toBeNull();
  });

  it('has it open from the start in the expert view', async () => {
    const state = en('10-exclusions');
    await openWindow({ ...state, settings: { ...state.settings, expert: true } });
    expect(screen.getByText('Stored as')).toBeDefined();
  });

  it('never calls a hidden list empty, and can ask to see it', async () => {
    const { client, user } = await openWindow(en('14-lab-exclusions-hidden'));
    expect(screen.queryByText('Defender has no exclusions')).toBeNull();
    await press(user, 'Show it (one prompt)');
    await press(user, 'Read again');
    expect(client.recorded.map((call) => call.name)).toEqual([
      'exclusionsPage.showHidden',
      'exclusionsPage.read',
    ]);
  });

  it('asks for no prompt that would show nothing', async () => {
    const state = en('14-lab-exclusions-hidden');
    const why = findingOf('listsHiddenFromAdministrators');
    await openWindow({ ...state, exclusions: { ...state.exclusions, why } });
    expect(screen.getByText(/^A policy hides the exclusion list from everyone/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Show it (one prompt)' })).toBeNull();
  });

  it('says why the list cannot be read, and what can be done', async () => {
    const state = en('14-lab-exclusions-hidden');
    const why = findingOf('offByPolicy');
    const exclusions = { ...state.exclusions, visibility: 'unavailable' as const, why };
    await openWindow({ ...state, exclusions });
    expect(
      screen.getByText(
        'Whether there are any is not known. A policy has switched Defender off on this computer. ' +
          'Your administrator can change this.',
      ),
    ).toBeDefined();
  });

  it('tells in Defender’s line why it is not simply on', async () => {
    const state = en('14-lab-exclusions-hidden');
    const findings = [findingOf('noAnswer')];
    const defender = { ...state.defender, kind: 'unknown' as const, findings };
    await openWindow({ ...state, defender });
    expect(screen.getByTitle(/^Defender answered without saying anything\./)).toBeDefined();
  });

  it('calls a list that was read and is empty what it is', async () => {
    const state = en('14-lab-exclusions-hidden');
    await openWindow({ ...state, exclusions: { ...state.exclusions, visibility: 'known' } });
    expect(screen.getByText('Defender has no exclusions')).toBeDefined();
  });

  it('says what was removed and what stays, and why', async () => {
    const state = en('10-exclusions');
    const lastRollback = {
      undone: [
        { what: { key: 'rollback.undone.exclusion' as const }, value: 'C:\\a' },
        { what: { key: 'upgrade.until.stays' as const }, value: 'C:\\a' },
      ],
      kept: [{ value: 'C:\\b', why: { key: 'upgrade.until.unknown' as const } }],
    };
    await openWindow({ ...state, exclusions: { ...state.exclusions, lastRollback } });
    expect(screen.getByText('Removed 1. Defender confirms.')).toBeDefined();
    expect(screen.getByText('1 could not be taken back and stays.')).toBeDefined();
    expect(screen.getByText('not confirmed')).toBeDefined();
  });
});

describe('Blocks', () => {
  it('opens and marks a story, and says what to do without a dead button', async () => {
    const state = en('09-blocks');
    const { client, user } = await openWindow({
      ...state,
      blocks: { ...state.blocks, openId: null },
    });
    await user.click(screen.getByRole('button', { name: /compile\.exe/ }));
    expect(client.recorded).toEqual([
      { name: 'blocks.open', argument: 'compile' },
      { name: 'blocks.markSeen', argument: 'compile' },
    ]);
  });

  it('never says that nothing was blocked before the log was read, or where it could not be', async () => {
    const state = en('09-blocks');
    const none = { ...state.blocks, items: [], unseen: 0, openId: null };
    const opened = async (blocks: typeof none) => {
      cleanup();
      await openWindow({ ...state, blocks });
    };
    await opened({ ...none, status: 'reading' });
    expect(screen.getByRole('status', { name: 'Reading what Windows has blocked' })).toBeDefined();
    expect(screen.queryByText(/Nothing has been blocked/)).toBeNull();
    await opened({ ...none, failure: webPage });
    expect(screen.queryByText(/Nothing has been blocked/)).toBeNull();
    await opened(none);
    expect(screen.getByText(/Nothing has been blocked/)).toBeDefined();
  });

  it('closes the open story by Esc, and opens Microsoft’s form by name', async () => {
    const { client, user } = await openWindow(en('09-blocks'));
    await press(user, 'Report it to Microsoft: Open');
    await user.keyboard('{Escape}');
    expect(client.recorded).toEqual([
      { name: 'app.openLink', argument: 'microsoftSubmission' },
      { name: 'blocks.open', argument: null },
    ]);
  });

  it('has one row for 57 test programs, and a filter', async () => {
    const { user } = await openWindow(en('09-blocks'));
    expect(screen.getByText('× 57')).toBeDefined();
    await user.click(screen.getByRole('combobox', { name: 'Which blocks' }));
    await user.click(screen.getByRole('option', { name: 'Not about Go' }));
    expect(screen.queryByText('× 57')).toBeNull();
    expect(screen.getByText('Defender removed invoice.pdf.exe from Downloads')).toBeDefined();
  });

  it('offers Windows’ own settings only on Windows', async () => {
    const state = en('09-blocks');
    await openWindow({ ...state, app: { ...state.app, platform: 'linux' } });
    expect(screen.queryByRole('button', { name: 'Windows Security' })).toBeNull();
  });

  it('says since when nothing was blocked, and looks further back', async () => {
    const { client, user } = await openWindow(en('14-lab-blocks-empty'));
    expect(screen.getByText('Nothing has been blocked since 1 November')).toBeDefined();
    await press(user, 'Look further back');
    expect(client.recorded.map((call) => call.name)).toEqual(['blocks.lookBack']);
  });
});

describe('History', () => {
  it('shows what was taken back by its folder; how it was stored folds out', async () => {
    const state = en('11-history');
    const value = 'C:\\cache\\:{PathType:folder,Process:"C:\\go\\pkg\\tool\\windows_amd64\\*"}';
    const what = { key: 'rollback.undone.exclusion' as const };
    const lastRollback = { undone: [{ what, value }], kept: [] };
    const { user } = await openWindow({ ...state, history: { ...state.history, lastRollback } });
    expect(screen.queryByText(/PathType/)).toBeNull();
    await press(user, 'Details: C:\\cache');
    expect(
      screen.getByText('Only when opened by any program in tool\\windows_amd64.'),
    ).toBeDefined();
  });

  it('has one way back a run', async () => {
    const { client, user } = await openWindow(en('11-history'));
    const undo = screen.getAllByRole('button', { name: /^Undo the whole run/ });
    expect(undo).toHaveLength(1);
    await user.click(undo[0] as HTMLElement);
    expect(client.recorded).toEqual([{ name: 'history.rollBack', argument: { run: 'run-1' } }]);
  });

  it('asks before everything is undone', async () => {
    const { client, user } = await openWindow(en('11-history'));
    await press(user, 'Undo everything…');
    const dialog = await screen.findByRole('alertdialog', { hidden: true });
    expect(client.recorded).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Undo everything', hidden: true }));
    expect(client.recorded).toEqual([{ name: 'history.rollBack', argument: { all: true } }]);
  });
});

describe('Settings', () => {
  it.each([...defenderTroubleIds, ...defenderFactIds])('has advice for %s, or needs none', (id) => {
    const { next } = findingOf(id);
    expect(next === null || advice[next] !== undefined).toBe(true);
  });

  it('tells all that was read of Defender, each with what can be done about it', async () => {
    const state = en('12-settings');
    const findings = [
      findingOf('paused'),
      findingOf('localEntriesIgnored'),
      findingOf('listsHiddenFromUsers'),
      findingOf('noAnswer'),
      findingOf('unknownMode'),
      findingOf('performanceMode'),
      findingOf('notPermitted'),
    ];
    await openWindow({ ...state, defender: { ...state.defender, kind: 'paused', findings } });
    for (const text of [
      'Real-time protection is off.',
      'Windows Security shows more, and can change it.',
      'Your administrator can change this.',
      'The Exclusions page can show it, with one prompt of Windows.',
      'Gangway asks again when it starts the next time.',
      'If it stays so, report it with this sentence.',
      'Nothing needs doing.',
      'An administrator can see it in Windows Security.',
    ]) {
      expect(screen.getAllByText(text).length, text).toBeGreaterThan(0);
    }
  });

  it('sends one change at a time', async () => {
    const { client, user } = await openWindow(en('12-settings'));
    await user.click(screen.getByRole('combobox', { name: 'Language' }));
    await user.click(screen.getByRole('option', { name: '简体中文' }));
    await user.click(screen.getByRole('switch', { name: 'Tell me when Windows blocks Go' }));
    await press(user, 'Required proofs');
    await user.click(screen.getByRole('checkbox', { name: 'Built-in list' }));
    expect(client.recorded.map((call) => call.argument)).toEqual([
      { language: 'zh-CN' },
      { notifications: false },
      { requiredProofs: ['sidecar', 'checksumDatabase', 'pins'] },
    ]);
  });

  it('adds a key only after its fingerprint was confirmed', async () => {
    const { client, user } = await openWindow(en('12-settings'));
    const fingerprint = 'EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796';
    client.answer('app.addKey', () => ({ kind: 'ok', value: { fingerprint, name: 'Contoso' } }));
    await press(user, 'Mirror');
    await press(user, 'Add a key');
    expect(await screen.findByText(fingerprint)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Trust it', hidden: true }));
    expect(client.recorded.map((call) => call.argument)).toEqual([
      { confirm: null },
      { confirm: fingerprint },
    ]);
  });

  it('shows starting with the system only where main says that it can', async () => {
    const state = en('12-settings');
    for (const platform of ['windows', 'linux', 'darwin'] as const) {
      await openWindow({ ...state, app: { ...state.app, platform, canStartWithSystem: false } });
      expect(screen.queryByRole('switch', { name: /^Start w/ })).toBeNull();
      cleanup();
    }
    const { client, user } = await openWindow(state);
    await user.click(screen.getByRole('switch', { name: 'Start with Windows' }));
    expect(client.recorded).toEqual([
      { name: 'settings.set', argument: { startWithSystem: true } },
    ]);
  });
});
