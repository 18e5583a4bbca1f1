// The prompt of Start-Process -Verb RunAs: the lab gives the user's answer, the host starts itself after a yes.
import { failed, type Answer } from '../../defender/answers';
import type { Cmdlet } from './cmdlet';

/** ERROR_CANCELLED. */
const cancelled = 1223;

export const startProcess: Cmdlet = {
  parameters: [
    ...['FilePath', 'ArgumentList', 'Verb', 'WindowStyle', 'WorkingDirectory'],
    ...['PassThru', 'Wait'],
  ],
  terminating: true,
  async run({ settings }, _caller, _parameters, closing) {
    switch (settings.promptAnswer) {
      case 'yes':
        return { kind: 'value', value: [] };
      case 'no':
        return declined();
      case 'none':
        await aborted(closing);
        return declined();
    }
  },
};

function declined(): Answer<never> {
  return failed({
    message: 'This command cannot be run due to the error: The operation was canceled by the user.',
    hresult: '0x80131509',
    category: 'InvalidOperation',
    id: 'InvalidOperationException,Microsoft.PowerShell.Commands.StartProcessCommand',
    win32: cancelled,
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
