import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { stateOf } from '../../../test/fixtures/states';
import { failureClass, nextStepSchema, type Failure } from '../../shared/model';
import { en } from '../../shared/text/en';
import { zhCN } from '../../shared/text/zh-CN';
import { wordsOf } from '../i18n/words';
import { openWindow } from '../testing/open';
import { failureText } from './FailureView';
import { nextStepsOf } from './nextSteps';

const codes = Object.keys(failureClass) as Failure['code'][];
const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { en, zhCN };

function failure(code: Failure['code'], next: Failure['next'] = []): Failure {
  return {
    kind: 'failure',
    code,
    params: {},
    next,
    details: [],
    at: '2026-11-23T14:29:51.000Z',
  };
}

describe('every failure', () => {
  it.each(codes)('%s says what happened and what it means, in both languages', (code) => {
    for (const part of ['what', 'meaning'] as const) {
      for (const catalogue of Object.values(catalogues)) {
        expect(catalogue[`failure.${code}.${part}`]?.length ?? 0).toBeGreaterThan(2);
      }
      expect(failureText(wordsOf('en', en), failure(code), part)).not.toBe(code);
    }
  });
});

describe('next steps', () => {
  const { wizard } = stateOf('06-exclusions-step', 'en', 'light');
  const scene = {
    send: () => Promise.resolve(undefined),
    words: wordsOf('en', en),
    wizard: { ...wizard, run: 'run-1' },
    onWindows: true,
    inLab: false,
    retry: () => undefined,
  };

  it('are a button or a sentence, each of them', () => {
    for (const step of nextStepSchema.options) {
      const offered = nextStepsOf(failure('internal', [step]), {
        ...scene,
        wizard: {
          ...scene.wizard,
          verify: { ...scene.wizard.verify, acceptable: ['checksumDatabase'] },
        },
      });
      expect(offered.buttons.length + offered.advice.length, step).toBe(1);
    }
  });

  it('are left out where nothing could be done', () => {
    const left = nextStepsOf(failure('internal', ['retry', 'openWindowsSecurity', 'useLab']), {
      ...scene,
      retry: null,
      onWindows: false,
      inLab: true,
    });
    expect(left.buttons).toEqual([]);
  });
});

describe('the panel', () => {
  it('is an alert, with at most two buttons, and details to fold out', async () => {
    const state = stateOf('13-failure-file-vanished', 'en', 'light');
    const { user } = await openWindow(state);
    const alert = screen.getByRole('alert');
    expect(alert.querySelectorAll('button')).toHaveLength(2);
    expect(screen.queryByText('install.fileVanished')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Details' }));
    expect(screen.getByText('install.fileVanished')).toBeDefined();
  });

  it('shows a failure once where the call and the state tell of the same one', async () => {
    const state = stateOf('13-failure-web-page', 'en', 'light');
    const { client, user } = await openWindow(state);
    const told = state.wizard.failure;
    if (told === null) throw new Error('The example has a failure.');
    client.answer('app.openLink', () => ({ kind: 'failed', failure: told }));
    await user.click(screen.getByRole('button', { name: 'Open in browser' }));
    expect(screen.getAllByRole('alert')).toHaveLength(1);
  });
});
