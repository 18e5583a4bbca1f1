import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { stateOf } from '../../../test/fixtures/states';
import type { AppState } from '../../shared/model';
import { damagedJournal as broken } from '../../../test/fixtures/failures';
import { openWindow, press } from '../testing/open';

const damaged = (state: AppState): AppState => ({
  ...state,
  history: { ...state.history, broken },
});

describe('a damaged journal', () => {
  it('stands in the wizard’s place, with what happened, what it means and the ways on', async () => {
    const { client, user } = await openWindow(damaged(stateOf('04-verify', 'en', 'light')));
    expect(screen.getByText('The journal is damaged: 2 lines cannot be read.')).toBeDefined();
    expect(screen.getByText(/cannot be rolled back by Gangway/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
    await press(user, 'Show the file');
    await press(user, 'Keep a copy and go on');
    expect(client.recorded.map((call) => call.name)).toEqual([
      'history.showJournal',
      'history.setAside',
    ]);
  });

  it('comes before a run that was cut off: what is known of that is not whole', async () => {
    await openWindow(damaged(stateOf('17-interrupted', 'en', 'light')));
    expect(screen.getByText('The journal is damaged: 2 lines cannot be read.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Finish it' })).toBeNull();
  });

  it('is told by History, which then offers no way back and is never called empty', async () => {
    const state = damaged(stateOf('11-history', 'en', 'light'));
    await openWindow({ ...state, history: { ...state.history, entries: [] } });
    expect(screen.getByText('The journal is damaged: 2 lines cannot be read.')).toBeDefined();
    expect(screen.queryByText('Nothing yet')).toBeNull();
  });

  it('and with entries, none of them can be undone', async () => {
    await openWindow(damaged(stateOf('11-history', 'en', 'light')));
    expect(screen.queryAllByRole('button', { name: /^Undo/ })).toEqual([]);
  });
});
