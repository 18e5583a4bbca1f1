import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { FailureError } from '../../core/failureError';
import { callChannel, type Envelope } from '../../shared/contract';
import { engineOf, type Answer } from './engine';
import { refuseOneWay, serve, type Served } from './serve';

const handled = vi.hoisted(() => new Map<string, unknown>());
vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel: string, listener: unknown) => handled.set(channel, listener),
    removeHandler: (channel: string) => handled.delete(channel),
  },
}));

type Listener = (event: IpcMainInvokeEvent, ...message: unknown[]) => Promise<Envelope<unknown>>;
interface Frame {
  readonly processId: number;
  readonly routingId: number;
  readonly origin: string;
  readonly url: string;
}

const ourFrame: Frame = {
  processId: 4,
  routingId: 1,
  origin: 'gangway://app',
  url: 'gangway://app/index.html',
};

function contents(id: number, mainFrame: Frame, destroyed = false): WebContents {
  return { id, mainFrame, isDestroyed: () => destroyed } as unknown as WebContents;
}

function served(parts: Partial<Served> & { answer?: Answer } = {}): {
  send(event: unknown, ...message: unknown[]): Promise<Envelope<unknown>>;
  readonly refusals: [string, string][];
  readonly answer: ReturnType<typeof vi.fn>;
} {
  const refusals: [string, string][] = [];
  const answer = vi.fn(() => Promise.resolve(undefined));
  serve({
    trusted: () => contents(1, ourFrame),
    engine: () => Promise.resolve(engineOf(parts.answer ?? (answer as unknown as Answer))),
    closing: () => false,
    onRefusal: (reason, what) => refusals.push([reason, what]),
    ...parts,
  });
  return {
    send: (event, ...message) => {
      const listener = handled.get(callChannel) as Listener;
      return listener(event as IpcMainInvokeEvent, ...message);
    },
    refusals,
    answer,
  };
}

const ours = { sender: contents(1, ourFrame), senderFrame: ourFrame };

describe('who may call', () => {
  it('our page in the main frame of our window', async () => {
    const { send, answer, refusals } = served();
    expect(await send(ours, 'app.ready')).toEqual({ kind: 'ok', value: undefined });
    expect(answer).toHaveBeenCalledWith('app.ready', undefined);
    expect(refusals).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['another window', { sender: contents(2, ourFrame), senderFrame: ourFrame }],
    ['a frame in our page', { ...ours, senderFrame: { ...ourFrame, routingId: 2 } }],
    ['a frame of another process', { ...ours, senderFrame: { ...ourFrame, processId: 5 } }],
    ['a frame that is gone', { ...ours, senderFrame: null }],
    ['another page', { ...ours, senderFrame: { ...ourFrame, url: 'about:blank' } }],
    ['another host', { ...ours, senderFrame: { ...ourFrame, url: 'gangway://app.evil/' } }],
    ['another origin', { ...ours, senderFrame: { ...ourFrame, origin: 'null' } }],
    ['a file', { ...ours, senderFrame: { ...ourFrame, url: 'file:///x', origin: 'file://' } }],
  ])('not %s', async (_who, event) => {
    const { send, answer, refusals } = served();
    expect(await send(event, 'app.ready')).toEqual({ kind: 'rejected', reason: 'sender' });
    expect(answer).not.toHaveBeenCalled();
    expect(refusals).toHaveLength(1);
  });

  it('nobody while there is no window, or a dead one', async () => {
    expect(await served({ trusted: () => null }).send(ours, 'app.ready')).toMatchObject({
      reason: 'sender',
    });
    const dead = served({ trusted: () => contents(1, ourFrame, true) });
    expect(await dead.send(ours, 'app.ready')).toMatchObject({ reason: 'sender' });
  });
});

describe('what is answered', () => {
  it('a refusal for what is no call', async () => {
    const { send, answer } = served();
    expect(await send(ours, 'app.quit')).toEqual({ kind: 'rejected', reason: 'unknownCall' });
    expect(await send(ours, 'app.openPage', 'nowhere')).toMatchObject({ reason: 'shape' });
    expect(await send(ours, 'app.copyText', 'x'.repeat(70_000))).toMatchObject({ reason: 'size' });
    expect(answer).not.toHaveBeenCalled();
  });

  it('that the app is closing', async () => {
    const { send } = served({ closing: () => true });
    expect(await send(ours, 'app.ready')).toEqual({ kind: 'rejected', reason: 'closing' });
  });

  it('the failure that the flow threw', async () => {
    const { send } = served({
      answer: () => Promise.reject(new FailureError('disk.full', { next: ['freeSpace'] })),
    });
    expect(await send(ours, 'download.start')).toMatchObject({
      kind: 'failed',
      failure: { code: 'disk.full', next: ['freeSpace'] },
    });
  });

  it('an unexpected error as an internal failure, with its text for support', async () => {
    const { send } = served({ answer: () => Promise.reject(new TypeError('boom')) });
    expect(await send(ours, 'download.start')).toMatchObject({
      kind: 'failed',
      failure: { code: 'internal', cause: 'TypeError: boom' },
    });
  });

  it('a result that breaks the contract as a failure, never as it is', async () => {
    const { send } = served({ answer: () => Promise.resolve({ secret: 1 } as never) });
    expect(await send(ours, 'app.ready')).toMatchObject({ failure: { code: 'internal' } });
    expect(await send(ours, 'app.snapshot')).toMatchObject({ failure: { code: 'internal' } });
  });

  it('only what the contract names of a result', async () => {
    const key = { fingerprint: 'AB', name: 'n', path: '/home/lin/secret' };
    const { send } = served({ answer: () => Promise.resolve(key as never) });
    expect(await send(ours, 'app.addKey', { confirm: null })).toEqual({
      kind: 'ok',
      value: { fingerprint: 'AB', name: 'n' },
    });
  });
});

describe('the channel', () => {
  it('is one, and is given up again', () => {
    handled.clear();
    const stop = serve({} as Served);
    expect([...handled.keys()]).toEqual([callChannel]);
    stop();
    expect(handled.size).toBe(0);
  });
});

describe('messages that are no calls', () => {
  it('a blocking one gets its refusal, a one-way one is reported', () => {
    const listeners = new Map<string, (event: { returnValue: unknown }, channel: string) => void>();
    const refusals: [string, string][] = [];
    refuseOneWay(
      { on: (name: string, listener: never) => listeners.set(name, listener) } as never,
      (reason, what) => refusals.push([reason, what]),
    );
    const event = { returnValue: undefined };
    listeners.get('ipc-message-sync')?.(event, 'gangway:call');
    listeners.get('ipc-message')?.(event, 'other');
    expect(event.returnValue).toEqual({ kind: 'rejected', reason: 'unknownCall' });
    expect(refusals).toEqual([
      ['unknownCall', 'blocking gangway:call'],
      ['unknownCall', 'one-way other'],
    ]);
  });
});
