import { EventEmitter } from 'node:events';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { GangwayClient } from '../shared/contract';
import { callChannel, globalName, pushChannel } from '../shared/contract/names';

const exposed = new Map<string, GangwayClient>();
const renderer = Object.assign(new EventEmitter(), {
  invoke: vi.fn((..._message: unknown[]) => Promise.resolve({ kind: 'ok' })),
});

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: GangwayClient) => exposed.set(name, api),
  },
  ipcRenderer: renderer,
}));

let client: GangwayClient;
beforeAll(async () => {
  await import('./index');
  const found = exposed.get(globalName);
  if (found === undefined) throw new Error('nothing was exposed');
  client = found;
});

describe('what the page gets', () => {
  it('is one global with two functions', () => {
    expect([...exposed.keys()]).toEqual(['gangway']);
    expect(Object.keys(client)).toEqual(['call', 'on']);
  });

  it('sends a call as it is, over the one channel', async () => {
    await client.call('app.openPage', 'blocks');
    expect(renderer.invoke).toHaveBeenCalledWith(callChannel, 'app.openPage', 'blocks');
  });

  it('hands on pushes without the event, until it is told to stop', () => {
    const received: unknown[] = [];
    const stop = client.on('state', (payload) => received.push(payload));
    renderer.emit(pushChannel('state'), { sender: 'secret' }, { revision: 1 });
    stop();
    renderer.emit(pushChannel('state'), {}, { revision: 2 });
    expect(received).toEqual([{ revision: 1 }]);
    expect(renderer.listenerCount(pushChannel('state'))).toBe(0);
  });

  it('listens to no push that the contract does not name', () => {
    expect(() => client.on('other' as 'state', () => undefined)).toThrow('unknown push');
  });
});
