import { describe, expect, it } from 'vitest';
import { stateOf } from '../../../test/fixtures/states';
import { testClient } from '../api/testClient';
import { applyPush, applySnapshot, connect, createMirror } from './mirror';

const state = stateOf('01-find-go', 'en', 'light');
const empty = { revision: -1, state: null, unreachable: null };

describe('the mirror', () => {
  it('takes the slices of a newer push and leaves the others as they are', () => {
    const shown = applySnapshot(empty, { revision: 4, state });
    const next = applyPush(shown, { revision: 5, slices: { page: 'blocks' } });
    expect(next.state?.page).toBe('blocks');
    expect(next.state?.wizard).toBe(state.wizard);
    expect(next.revision).toBe(5);
  });

  it('drops a push that is as old as what is shown', () => {
    const shown = applySnapshot(empty, { revision: 4, state });
    expect(applyPush(shown, { revision: 4, slices: { page: 'blocks' } })).toBe(shown);
    expect(applyPush(shown, { revision: 3, slices: { page: 'blocks' } })).toBe(shown);
  });

  it('drops a push where there is no snapshot to put it on', () => {
    expect(applyPush(empty, { revision: 9, slices: { page: 'blocks' } })).toBe(empty);
  });

  it('keeps pushes that come before the snapshot, and drops those that the snapshot has', async () => {
    const client = testClient(state, 7);
    const store = createMirror();
    const stop = connect(client, store);
    client.push({ page: 'history' }, 7);
    client.push({ page: 'settings' }, 8);
    await expect.poll(() => store.getState().revision).toBe(8);
    expect(store.getState().state?.page).toBe('settings');
    stop();
    client.push({ page: 'blocks' }, 9);
    expect(store.getState().state?.page).toBe('settings');
  });

  it('says that main is unreachable, and shows nothing', async () => {
    const client = testClient(state);
    const store = createMirror();
    connect(
      { ...client, call: () => Promise.resolve({ kind: 'rejected', reason: 'sender' }) },
      store,
    );
    await expect.poll(() => store.getState().unreachable).toBe('sender');
    expect(store.getState().state).toBeNull();
  });
});
