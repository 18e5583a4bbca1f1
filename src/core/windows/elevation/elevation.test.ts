import { describe, expect, it } from 'vitest';
import { fakeHelper } from '../../../../test/support/fakeHelper';
import type { ElevatedBatch, ElevatedStep } from '../../ports';
import type { PowerShellAnswer, PowerShellError, PowerShellSession } from '../powershell';
import { windowsElevation } from './index';
import { openResultPipe } from './resultPipe';
import { usualPatience } from './exchange';

const batch: ElevatedBatch = {
  id: 'batch-1',
  steps: [{ kind: 'addExclusion', exclusion: { kind: 'path', value: 'C:\\Users\\lin\\x' } }],
};
const record = { kind: 'exclusion', before: false, after: true, check: 'excluded', error: null };

/** What the command line tells the helper. */
interface Told {
  readonly pipe: string;
  readonly nonce: string;
  readonly hash: string;
}

/** A session that answers the prompt as told, once the helper has done what `meanwhile` says. */
function session(
  answer: PowerShellAnswer<unknown>,
  meanwhile: (told: Told) => Promise<void> = () => Promise.resolve(),
): Pick<PowerShellSession, 'run'> & { asked: number } {
  const fake = {
    asked: 0,
    async run<T>(_script: string, data: unknown): Promise<PowerShellAnswer<T>> {
      fake.asked += 1;
      const words = (data as { arguments: string[] }).arguments;
      const text = Buffer.from(words.at(-1) ?? '', 'base64').toString('utf16le');
      const [nonce = '', , pipe = ''] = [...text.matchAll(/'([^']*)'/g)]
        .map((match) => match[1] ?? '')
        .slice(1);
      const hash = /Equals\('([^']*)'\)/.exec(text)?.[1] ?? '';
      await meanwhile({
        pipe: process.platform === 'win32' ? `\\\\.\\pipe\\${pipe}` : pipe,
        nonce,
        hash,
      });
      return answer as PowerShellAnswer<T>;
    },
  };
  return fake;
}

const started = (pid: number | null = null): PowerShellAnswer<unknown> => ({
  kind: 'value',
  value: { pid, language: 'FullLanguage' },
  noise: '',
});
const failed = (said: Partial<PowerShellError>): PowerShellAnswer<unknown> => ({
  kind: 'error',
  noise: '',
  error: {
    message: 'This command cannot be run',
    type: 'System.InvalidOperationException',
    hresult: '0x80131509',
    category: 'InvalidOperation',
    id: 'InvalidOperationException,Microsoft.PowerShell.Commands.StartProcessCommand',
    native: null,
    ...said,
  },
});
const hung: PowerShellAnswer<unknown> = { kind: 'lost', why: 'hung', cause: 'no answer' };

const takesAndEnds = async ({ pipe, nonce }: Told): Promise<void> => {
  const helper = fakeHelper(pipe, nonce);
  expect(await helper.given).not.toBeNull();
  helper.socket.end();
};
const answers = async ({ pipe, nonce, hash }: Told): Promise<void> => {
  const helper = fakeHelper(pipe, nonce);
  await helper.given;
  const records = [{ ...record, event: 'seen' }];
  helper.say({ nonce, batch: 'batch-1', payload: hash, records });
  helper.socket.end();
};

function elevation(asked: Pick<PowerShellSession, 'run'>, patience = {}) {
  return windowsElevation({
    session: asked,
    powershell: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    patience: { ...usualPatience, toConnect: 200, ...patience },
  });
}

describe('the prompt', () => {
  it('was answered with yes: the record is the outcome', async () => {
    expect(await elevation(session(started(), answers)).run(batch)).toEqual({
      kind: 'done',
      records: [{ ...record, event: 'seen' }],
    });
  });

  it.each([
    [
      'by the script, which knows the sentence',
      { kind: 'value', value: { declined: true }, noise: '' },
    ],
    ['by its code', failed({ native: 1223 })],
  ] as const)('was answered with no: told %s', async (_, answer) => {
    expect(await elevation(session(answer)).run(batch)).toEqual({ kind: 'declined' });
  });

  it('was answered with no, whatever someone on the pipe says', async () => {
    const declined = { kind: 'value', value: { declined: true }, noise: '' } as const;
    expect(await elevation(session(declined, answers)).run(batch)).toEqual({ kind: 'declined' });
  });

  it('is never taken for a no because of a text', async () => {
    const answer = failed({ message: 'The operation was canceled by the user. (1223)' });
    expect(await elevation(session(answer)).run(batch)).toMatchObject({ kind: 'unavailable' });
  });

  it('hung before anything was given out: nothing has run', async () => {
    expect(await elevation(session(hung)).run(batch)).toMatchObject({ kind: 'unavailable' });
  });

  it('hung, and the helper came all the same: its record counts', async () => {
    expect(await elevation(session(hung, answers)).run(batch)).toMatchObject({ kind: 'done' });
  });

  it('hung, and the helper took its work and said nothing: not known', async () => {
    expect(await elevation(session(hung, takesAndEnds)).run(batch)).toMatchObject({ kind: 'lost' });
  });
});

describe('after a yes', () => {
  it('a helper that never comes has run nothing', async () => {
    expect(await elevation(session(started())).run(batch)).toMatchObject({ kind: 'unavailable' });
  });

  it('a helper whose process is gone is not waited for', async () => {
    const slow = { toConnect: 60_000 };
    // No process has this number.
    const outcome = await elevation(session(started(2 ** 30)), slow).run(batch);
    expect(outcome).toMatchObject({ kind: 'unavailable' });
    expect(outcome.kind === 'unavailable' ? outcome.cause : '').toMatch(/ended at once/);
  });

  it('a helper that ends without a record leaves it open what has run', async () => {
    const outcome = await elevation(session(started(), takesAndEnds)).run(batch);
    expect(outcome).toMatchObject({ kind: 'lost' });
  });
});

describe('nobody is asked', () => {
  it('where the name of the pipe is taken', async () => {
    const asked = session(started());
    const squatted = windowsElevation({
      session: asked,
      powershell: 'C:\\powershell.exe',
      openPipe: () => Promise.reject(new Error('listen EADDRINUSE: address already in use')),
    });
    const outcome = await squatted.run(batch);
    expect(outcome).toMatchObject({ kind: 'unavailable' });
    expect(asked.asked).toBe(0);
  });

  it('where the pipe has a name that could be more than a name', async () => {
    const asked = session(started());
    let closed = false;
    const odd = windowsElevation({
      session: asked,
      powershell: 'C:\\powershell.exe',
      openPipe: () =>
        Promise.resolve({
          name: "x'; calc; '",
          close: () => {
            closed = true;
            return Promise.resolve();
          },
        }),
    });
    expect(await odd.run(batch)).toMatchObject({ kind: 'unavailable' });
    expect(asked.asked).toBe(0);
    expect(closed).toBe(true);
  });

  it.each([
    ['no steps', { ...batch, steps: [] }],
    ['too many steps', { ...batch, steps: Array<ElevatedStep>(129).fill(batch.steps[0]!) }],
    ['a name that is none', { ...batch, id: "x'" }],
    [
      'an end before 1970',
      {
        ...batch,
        steps: [
          {
            kind: 'registerExpiry',
            task: 'x',
            exclusion: { kind: 'path', value: 'C:\\x' },
            at: '1969-01-01T00:00:00Z',
          } as const,
        ],
      },
    ],
  ])('for a batch with %s', async (_, bad) => {
    const asked = session(started());
    expect(await elevation(asked).run(bad)).toMatchObject({ kind: 'unavailable' });
    expect(asked.asked).toBe(0);
  });
});

it('leaves no pipe behind', async () => {
  const names: string[] = [];
  const asked = windowsElevation({
    session: session(started(), answers),
    powershell: 'C:\\powershell.exe',
    openPipe: async (onClient) => {
      const pipe = await openResultPipe(onClient);
      names.push(pipe.name);
      return pipe;
    },
  });
  await asked.run(batch);
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${names[0] ?? ''}` : (names[0] ?? '');
  expect(await fakeHelper(path, 'x').given).toBeNull();
});
