// The page's only way to main: one function for calls, one for pushes, derived from the contract's names. No logic and no
// shapes: main checks each message.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import {
  callChannel,
  globalName,
  pushChannel,
  pushNames,
  type PushName,
} from '../shared/contract/names';

contextBridge.exposeInMainWorld(globalName, {
  call: (...message: readonly unknown[]): Promise<unknown> =>
    ipcRenderer.invoke(callChannel, ...message),
  on: (name: PushName, listener: (payload: unknown) => void): (() => void) => {
    if (!pushNames.includes(name)) throw new Error('unknown push');
    const forward = (_event: IpcRendererEvent, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(pushChannel(name), forward);
    return () => {
      ipcRenderer.off(pushChannel(name), forward);
    };
  },
});
