import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { now, stateOf, type Picture } from '../../../test/fixtures/states';
import type { AppState, Wizard } from '../../shared/model';
import { openWindow, press } from '../testing/open';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
});
afterEach(() => {
  vi.useRealTimers();
});

const en = (picture: Picture) => stateOf(picture, 'en', 'light');

function withWizard(state: AppState, change: Partial<Wizard>): AppState {
  return { ...state, wizard: { ...state.wizard, ...change } };
}

/** Presses one button on a screen and says what was sent. */
async function sentBy(state: AppState, button: string): Promise<unknown[]> {
  const { client, user } = await openWindow(state);
  await press(user, button);
  return client.recorded.map((call) =>
    call.argument === undefined ? call.name : [call.name, call.argument],
  );
}

describe('each button sends its intent, and nothing but ids', () => {
  it.each<readonly [Picture, string, unknown]>([
    ['01-find-go', 'Continue', 'wizard.continue'],
    ['01-find-go', 'Choose a folder', 'find.chooseFolder'],
    ['01-find-go', 'Search again', 'find.refresh'],
    ['01-find-none', 'Continue', 'wizard.continue'],
    ['02-choose', 'Download 75.3 MB', 'download.start'],
    ['02-choose', 'Back', ['wizard.goto', 'find']],
    ['03-download', 'Pause', 'download.pause'],
    ['03-download', 'Cancel', 'download.cancel'],
    ['04-verify', 'Continue', 'wizard.continue'],
    ['04-verify', 'Copy report', ['app.copyReport', 'proofs']],
    ['05-verify-failed', 'Delete the file and download again', 'download.startOver'],
    ['05-verify-failed', 'Try go.dev', ['choose.source', { kind: 'go.dev' }]],
    ['05-verify-incomplete', 'Try again', 'verify.start'],
    [
      '05-verify-incomplete',
      'Go on without Go checksum database',
      ['verify.accept', 'checksumDatabase'],
    ],
    ['06-exclusions-step', 'Apply 2 exclusions', 'exclusions.apply'],
    ['06-exclusions-step', 'Continue without exclusions', 'exclusions.skip'],
    ['06-exclusions-step-none', 'Continue without exclusions', 'exclusions.skip'],
    ['06-exclusions-step-none', 'Plan one anyway', 'exclusions.plan'],
    ['06-exclusions-step-applied', 'Continue', 'wizard.continue'],
    ['07-install', 'Cancel and undo', 'install.cancel'],
    ['08-done', 'Undo everything', 'done.undoEverything'],
    ['08-done', 'Switch back to 1.26.3', 'done.switchBack'],
    ['08-done', 'Close', 'app.closeWindow'],
    ['08-done', 'Upgrade again', 'wizard.restart'],
    ['08-undone', 'Close', 'app.closeWindow'],
    ['13-failure-web-page', 'Open in browser', ['app.openLink', 'failedAddress']],
    ['13-failure-web-page', 'Copy for support', ['app.copyReport', 'failure']],
    ['13-failure-file-vanished', 'See what was blocked', ['app.openPage', 'blocks']],
    ['13-failure-file-vanished', 'Try again', 'install.start'],
    ['17-interrupted', 'Finish it', 'wizard.finishInterrupted'],
    ['17-interrupted', 'Roll it back', 'wizard.undoInterrupted'],
  ])('%s: %s', async (picture, button, call) => {
    expect(await sentBy(en(picture), button)).toEqual([call]);
  });

  it('a mirror in China is a source and a way back to the choice', async () => {
    expect(await sentBy(en('13-failure-web-page'), 'Try golang.google.cn')).toEqual([
      ['choose.source', { kind: 'golang.google.cn' }],
      ['wizard.goto', 'choose'],
    ]);
  });
});

describe('Find Go', () => {
  it('chooses a copy by its id', async () => {
    const { client, user } = await openWindow(en('01-find-go'));
    await user.click(screen.getByRole('radio', { name: 'go1.24.4' }));
    expect(client.recorded).toEqual([{ name: 'find.select', argument: 'old' }]);
  });

  it('says what is missing for the real job and offers the lab', async () => {
    const state = en('01-find-go');
    const app = { ...state.app, missing: [{ key: 'upgrade.missing.system' as const }] };
    expect(await sentBy({ ...state, app }, 'Use the lab')).toEqual(['app.useLab']);
  });

  describe('the support of each Go', () => {
    const find = (
      more: Partial<AppState['wizard']['find']>,
      choose: Partial<AppState['wizard']['choose']>,
    ) => {
      const state = en('01-find-go');
      return withWizard(state, {
        find: { ...state.wizard.find, ...more },
        choose: { ...state.wizard.choose, ...choose },
      });
    };
    const unknown = en('01-find-go').wizard.find.installs.map((install) => ({
      ...install,
      supported: null,
      note: { key: 'find.note.versionOnly' as const },
    }));
    const checking = 'Checking whether it still gets fixes…';

    it('is being checked while the list is on its way, quietly', async () => {
      await openWindow(find({ installs: unknown, listedAt: null }, { status: 'loading' }));
      expect(screen.getAllByText(checking)).toHaveLength(2);
      expect(screen.queryByText(/list of releases/)).toBeNull();
    });

    it('is shown from an older list first, with its age', async () => {
      const listedAt = '2026-11-20T09:00:00.000Z';
      await openWindow(find({ listedAt }, { status: 'loading' }));
      expect(screen.getByText('Out of support')).toBeDefined();
      expect(screen.getByText(/as of the list of releases from 20 Nov\. Looking/)).toBeDefined();
    });

    it('says whose list did not come', async () => {
      const listedAt = '2026-11-20T09:00:00.000Z';
      await openWindow(find({ listedAt }, { status: 'ready', fromCache: true }));
      expect(screen.getByText(/from 20 Nov: go\.dev did not answer\./)).toBeDefined();
    });

    it('is said to be unknown where there is no list at all', async () => {
      await openWindow(find({ installs: unknown, listedAt: null }, { status: 'idle' }));
      expect(screen.queryByText(checking)).toBeNull();
      expect(screen.getByText(/not known yet: the next step reads the list/)).toBeDefined();
    });

    it('needs no word where the list is new', async () => {
      await openWindow(find({}, {}));
      expect(screen.queryByText(/list of releases/)).toBeNull();
    });
  });

  it('says how long the search took, and that less than a second is less than a second', async () => {
    const state = en('01-find-go');
    const { user } = await openWindow(state);
    expect(screen.getByText('4 places were searched in under a second')).toBeDefined();
    await press(user, 'Searched');
    expect(screen.getByText('GOROOT')).toBeDefined();
    cleanup();
    await openWindow(withWizard(state, { find: { ...state.wizard.find, tookMs: 1_400 } }));
    expect(screen.getByText('4 places were searched in 1.4 s')).toBeDefined();
  });

  it('does not go on while it searches', async () => {
    const state = en('01-find-go');
    await openWindow(withWizard(state, { find: { ...state.wizard.find, status: 'searching' } }));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Continue' }).disabled).toBe(true);
  });
});

describe('Choose', () => {
  it('offers one card where the line’s newest patch is the newest stable', async () => {
    const state = en('02-choose');
    const { newestStable } = state.wizard.choose;
    await openWindow(
      withWizard(state, { choose: { ...state.wizard.choose, newestPatch: newestStable } }),
    );
    expect(screen.queryByRole('radio', { name: 'Your line' })).toBeNull();
  });

  it('finds another version by typing, and refuses one without a file', async () => {
    const { client, user } = await openWindow(en('02-choose'));
    await user.type(screen.getByRole('searchbox'), '1.2');
    await press(user, 'All versions');
    const none = screen.getByRole<HTMLButtonElement>('button', { name: /^1\.20/ });
    expect(none.disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: /^1\.25\.12/ }));
    expect(client.recorded).toEqual([
      { name: 'choose.select', argument: { offer: 'other', version: 'go1.25.12' } },
    ]);
  });

  it('takes a mirror’s address only where it is one', async () => {
    const { client, user } = await openWindow(en('02-choose'));
    await press(user, 'Source and method');
    await user.click(screen.getByRole('combobox', { name: 'Download from' }));
    await user.click(screen.getByRole('option', { name: 'A mirror…' }));
    const use = screen.getByRole<HTMLButtonElement>('button', { name: 'Use it' });
    expect(use.disabled).toBe(true);
    await user.type(
      screen.getByRole('textbox', { name: 'Address of the mirror' }),
      'https://mirror.example/go',
    );
    await user.click(use);
    expect(client.recorded).toEqual([
      { name: 'choose.source', argument: { kind: 'url', url: 'https://mirror.example/go' } },
    ]);
  });

  it('says how old a list from the cache is', async () => {
    const state = en('02-choose');
    await openWindow(withWizard(state, { choose: { ...state.wizard.choose, fromCache: true } }));
    expect(screen.getByText('The list of releases is from 14:45 today')).toBeDefined();
  });
});

describe('Download', () => {
  it('reads progress out at ten per cent steps', async () => {
    const state = en('03-download');
    const { client } = await openWindow(state);
    const said = () => document.querySelector('[data-announcer]')?.textContent;
    expect(said()).toBe('Download: 50 %');
    const at = (received: number) =>
      act(() =>
        client.push({
          wizard: { ...state.wizard, download: { ...state.wizard.download, received } },
        }),
      );
    at(45_000_000);
    expect(said()).toBe('Download: 50 %');
    at(56_000_000);
    expect(said()).toBe('Download: 70 %');
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('70');
  });

  it('goes on after a pause', async () => {
    const state = en('03-download');
    const download = { ...state.wizard.download, status: 'paused' as const };
    expect(await sentBy(withWizard(state, { download }), 'Resume')).toEqual(['download.start']);
  });

  it('holds Verify back until the file is complete', async () => {
    await openWindow(en('03-download'));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Verify' }).disabled).toBe(true);
  });
});

describe('Verify', () => {
  it('opens the evidence of one proof at a time and copies a value whole', async () => {
    const { client, user } = await openWindow(en('04-verify'));
    await user.click(screen.getByRole('button', { name: /^Go checksum database/ }));
    await press(user, 'Copy: Sum of the files');
    expect(client.recorded).toEqual([
      { name: 'app.copyText', argument: 'h1:8pPy8S91V30lOV1zo59ar/esoLpn5dkgbh/mo/EhWsc=' },
    ]);
    await user.click(screen.getByRole('button', { name: /^Size/ }));
    expect(screen.queryByText('Sum of the files')).toBeNull();
  });

  it('after a failure shows later rows as not checked, opens the one that differs, and alerts', async () => {
    await openWindow(en('05-verify-failed'));
    expect(screen.getAllByText('Not checked')).toHaveLength(3);
    expect(screen.getByText('This file')).toBeDefined();
    expect(screen.getByRole('alert').textContent).toContain(
      'This is not the file that go.dev lists',
    );
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
  });
});

describe('Exclusions', () => {
  it('switches each proposal and sets its end by id', async () => {
    const { client, user } = await openWindow(en('06-exclusions-step'));
    await user.click(
      screen.getByRole('switch', { name: 'Exclude: The folder that builds run in' }),
    );
    await user.click(
      screen.getByRole('combobox', { name: 'How long: The build cache, for Go’s own tools' }),
    );
    await user.click(screen.getByRole('option', { name: '1 hour' }));
    expect(client.recorded).toEqual([
      { name: 'exclusions.toggle', argument: { id: 'tmp', enabled: false } },
      { name: 'exclusions.expiry', argument: { id: 'cache', expiry: '1h' } },
    ]);
  });

  it('has going on without as the primary where none is left', async () => {
    const state = en('06-exclusions-step');
    const items = state.wizard.exclusions.items.map((item) => ({ ...item, enabled: false }));
    await openWindow(withWizard(state, { exclusions: { ...state.wizard.exclusions, items } }));
    expect(document.querySelector('[data-primary]')?.textContent).toBe(
      'Continue without exclusions',
    );
  });

  it('shows the folder of a contextual one, and its exact spelling behind Details', async () => {
    const { client, user } = await openWindow(en('06-exclusions-step-applied'));
    const stored = screen.queryByText(/PathType/);
    expect(stored).toBeNull();
    expect(screen.getByText(/^Folder, for Go’s own tools/)).toBeDefined();
    await press(user, 'Details: C:\\Users\\lin\\AppData\\Local\\go-build');
    expect(
      screen.getByText(
        'Only when opened by go.exe. Scans that are scheduled or started still look at it.',
      ),
    ).toBeDefined();
    await press(user, 'Copy: Stored as');
    expect(client.recorded).toEqual([
      {
        name: 'app.copyText',
        argument:
          'C:\\Users\\lin\\AppData\\Local\\go-build\\:{PathType:folder,ScanTrigger:OnAccess,Process:"go.exe"}',
      },
    ]);
  });

  it('never says that a write which could not be read back was done', async () => {
    const state = en('06-exclusions-step-applied');
    const [first] = state.wizard.exclusions.results;
    const results = first === undefined ? [] : [{ ...first, result: 'unknown' as const }];
    await openWindow(withWizard(state, { exclusions: { ...state.wizard.exclusions, results } }));
    expect(screen.getByText('Could not be read back')).toBeDefined();
    expect(screen.queryByText('Confirmed', { exact: false })).toBeNull();
  });
});

describe('the stepper', () => {
  it('has no time for a download of less than a second', async () => {
    const state = en('04-verify');
    const download = { ...state.wizard.download, tookMs: 40 };
    await openWindow(withWizard(state, { download }));
    expect(screen.getByText('75.3 MB')).toBeDefined();
  });

  it('opens finished steps, and no later one', async () => {
    const { client, user } = await openWindow(en('04-verify'));
    const steps = within(screen.getByRole('navigation', { name: 'Steps' }));
    await user.click(steps.getByRole('button', { name: /^Choose/ }));
    expect(client.recorded).toEqual([{ name: 'wizard.goto', argument: 'choose' }]);
    expect(steps.queryByRole('button', { name: /^Install/ })).toBeNull();
    expect(steps.getByText('go1.26.3, zip')).toBeDefined();
    expect(steps.getByText('75.3 MB in 24 s')).toBeDefined();
  });

  it('opens nothing while the install runs', async () => {
    await openWindow(en('07-install'));
    const steps = within(screen.getByRole('navigation', { name: 'Steps' }));
    expect(steps.queryAllByRole('button')).toEqual([]);
  });
});

describe('an interrupted run', () => {
  it('offers no way to finish where there is none', async () => {
    const state = en('17-interrupted');
    const interrupted = state.wizard.interrupted;
    if (interrupted === null) throw new Error('The example has an interrupted run.');
    await openWindow(withWizard(state, { interrupted: { ...interrupted, canFinish: false } }));
    expect(screen.queryByRole('button', { name: 'Finish it' })).toBeNull();
    expect(document.querySelector('[data-primary]')?.textContent).toBe('Roll it back');
  });
});
