// The session on the real lab: real search, mirror, proofs, unpacking, journal and worker threads.
import { existsSync } from 'node:fs';
import { readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labSession } from '../../../../test/support/labSession';

const lab = labSession();
const ready = () => lab.ready();
const linkTarget = () => readlink(lab.drive('Users/lin/AppData/Local/Gangway/go/current'));

describe('a whole upgrade', () => {
  it('goes from looking to done, and everything can be undone', async () => {
    await lab.open();
    const first = await ready();
    expect(first.wizard.find.installs.map(({ version }) => version)).toEqual([
      'go1.26.3',
      'go1.24.4',
    ]);
    expect(first.wizard.choose.newestStable?.version).toBe('go1.27.0');
    expect(first.wizard.choose.newestPatch?.version).toBe('go1.26.7');
    expect(first.app).toMatchObject({ mode: 'lab', scenario: 'clean' });
    await lab.session.handle('wizard.continue', undefined);
    expect(lab.session.state.wizard.step).toBe('choose');
    await lab.session.handle('wizard.continue', undefined);
    expect(lab.session.state.wizard).toMatchObject({
      step: 'verify',
      failure: null,
      download: { status: 'complete' },
      verify: { status: 'done', verdict: 'verified' },
    });
    await lab.session.handle('wizard.continue', undefined);
    expect(lab.session.state.wizard).toMatchObject({
      step: 'exclusions',
      exclusions: { status: 'ready', suggestion: 'none', open: false, items: [] },
    });
    // Plan one anyway.
    await lab.session.handle('exclusions.plan', undefined);
    const { items } = lab.session.state.wizard.exclusions;
    expect(items.length).toBeGreaterThan(0);
    expect(lab.session.state.wizard.exclusions).toMatchObject({ open: true, willAsk: true });
    const [, second] = items;
    if (second !== undefined) {
      await lab.session.handle('exclusions.toggle', { id: second.id, enabled: false });
    }
    await lab.session.handle('exclusions.expiry', { id: items[0]!.id, expiry: '1h' });
    expect(lab.session.state.wizard.exclusions.items[0]).toMatchObject({ expiry: '1h' });
    await lab.session.handle('exclusions.apply', undefined);
    expect(lab.session.state.wizard.exclusions).toMatchObject({
      status: 'applied',
      results: [{ result: 'applied', value: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp' }],
    });
    expect(lab.session.state.exclusions.ours).toBe(1);
    await lab.session.handle('wizard.continue', undefined);
    expect(lab.session.state.wizard.failure).toBeNull();
    expect(lab.session.state.wizard).toMatchObject({
      step: 'done',
      install: { status: 'complete' },
      done: {
        status: 'upgraded',
        goVersion: 'go version go1.27.0 windows/amd64',
        before: { version: '1.26.3' },
        now: { version: '1.27.0', root: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\go\\1.27.0' },
        switchBackTo: '1.26.3',
        pathGuidance: null,
      },
    });
    expect(lab.session.state.wizard.done.changes.map(({ icon }) => icon)).toEqual([
      'folder',
      'link',
      'exclusion',
      'setting',
      'task',
    ]);
    expect(await linkTarget()).toBe('1.27.0');
    expect(lab.session.state.history.entries.some(({ kind }) => kind === 'upgrade')).toBe(true);
    expect(lab.session.state.wizard.find.installs[0]?.version).toBe('go1.27.0');

    await lab.session.handle('done.switchBack', undefined);
    expect(await linkTarget()).toBe('1.26.3');
    expect(lab.session.state.wizard.done).toMatchObject({ switchBackTo: '1.27.0' });
    await lab.session.handle('done.switchBack', undefined);
    expect(await linkTarget()).toBe('1.27.0');

    await lab.session.handle('done.undoEverything', undefined);
    expect(lab.session.state.wizard.failure).toBeNull();
    expect(lab.session.state.wizard.done.status).toBe('undone');
    expect(lab.session.state.exclusions).toMatchObject({ ours: 0, visibility: 'known' });
    expect(await linkTarget()).toBe('1.26.3');
    expect(existsSync(lab.drive('Users/lin/AppData/Local/Gangway/go/1.27.0'))).toBe(false);
  });

  it('without exclusions goes straight on to the install', async () => {
    await lab.open();
    await ready();
    await lab.session.handle('wizard.continue', undefined);
    await lab.session.handle('choose.select', { offer: 'newestPatch', version: null });
    await lab.session.handle('download.start', undefined);
    await lab.session.handle('wizard.continue', undefined);
    await lab.session.handle('exclusions.skip', undefined);
    expect(lab.session.state.wizard).toMatchObject({
      step: 'done',
      exclusions: { status: 'skipped' },
      done: { now: { version: '1.26.7' } },
    });
  });
});

describe('coming back', () => {
  it('stands at the step where the last one was closed, and proves again before it installs', async () => {
    await lab.open();
    await ready();
    await lab.session.handle('wizard.continue', undefined);
    await lab.session.handle('wizard.continue', undefined);
    await lab.session.handle('wizard.continue', undefined);
    expect(lab.session.state.wizard.step).toBe('exclusions');
    await lab.session.close();
    await lab.open();
    expect(lab.session.state.wizard).toMatchObject({
      step: 'exclusions',
      verify: { verdict: 'verified' },
      exclusions: { status: 'ready' },
    });
    await lab.session.handle('exclusions.skip', undefined);
    expect(lab.session.state.wizard.failure).toBeNull();
    expect(lab.session.state.wizard.step).toBe('done');
    await lab.session.close();
    await lab.open();
    expect(lab.session.state.wizard).toMatchObject({ step: 'done', done: { status: 'upgraded' } });
    await lab.session.handle('done.undoEverything', undefined);
    expect(await linkTarget()).toBe('1.26.3');
  });

  it('does not take over the wizard of another scenario', async () => {
    await lab.open();
    await ready();
    await lab.session.handle('wizard.continue', undefined);
    await lab.session.close();
    await lab.open('managed');
    expect(lab.session.state.wizard.step).toBe('find');
  });

  it('keeps its own file readable, or begins anew', async () => {
    await lab.open();
    await ready();
    await lab.session.close();
    const saved = JSON.parse(await readFile(join(lab.folder, 'wizard.json'), 'utf8')) as {
      wizard: { find: { status: string } };
    };
    expect(saved.wizard.find.status).toBe('done');
  });
});

it('switches the scenario, and what is shown with it', async () => {
  await lab.open();
  await ready();
  await lab.session.handle('app.chooseScenario', 'thirdPartyAntivirus');
  expect(lab.session.state.app.scenario).toBe('thirdPartyAntivirus');
  expect(lab.session.state.defender.kind).toBe('otherAntivirus');
  await ready();
});

describe('the support of each Go', () => {
  const list = (kind: 'page' | null) =>
    writeFile(
      join(lab.folder, 'lab/mirror/faults.json'),
      JSON.stringify(kind === null ? [] : [{ path: '/dl/*', fault: { kind } }]),
    );
  const supported = () => lab.state.wizard.find.installs.map((install) => install.supported);

  it('is known as soon as the list is, and says of when it is', async () => {
    await lab.open();
    const { wizard } = await ready();
    expect(supported()).toEqual([true, false]);
    expect(wizard.find.listedAt).toBe(wizard.choose.fetchedAt);
  });

  it('is not known without a list: no failure of this step, but of the one that needs it', async () => {
    await list('page');
    await lab.open();
    await lab.until(
      ({ wizard: { find, choose } }) => find.status === 'done' && choose.status === 'idle',
    );
    expect(supported()).toEqual([null, null]);
    expect(lab.state.wizard).toMatchObject({ failure: null, find: { listedAt: null } });
    await lab.session.handle('wizard.continue', undefined);
    expect(lab.state.wizard).toMatchObject({
      step: 'choose',
      failure: { code: 'catalogue.notJson' },
    });
  });

  it('comes from the list of last time where none comes today', async () => {
    await lab.open();
    const before = (await ready()).wizard.find.listedAt;
    await lab.session.close();
    await list('page');
    await lab.open('managed');
    await ready();
    expect(supported()).toEqual([true, false]);
    expect(lab.state.wizard).toMatchObject({
      find: { listedAt: before },
      choose: { fromCache: true, fetchedAt: before },
    });
  });
});
