// What goes wrong in a session, on the real lab: it stops with the reason, loses nothing, and there is a way on.
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labSession } from '../../../../test/support/labSession';
import { openJournal } from '../../journal/journal';
import { openLabClock } from '../../lab/clock';
import { systemClock } from '../../node/systemClock';
import type { Fault } from '../../lab/mirror';

const lab = labSession();
const wizard = () => lab.state.wizard;
const go = (path = '') => lab.drive(join('Users/lin/AppData/Local/Gangway/go', path));
const faults = () => join(lab.folder, 'lab/mirror/faults.json');
const fault = (kind: Fault) =>
  writeFile(faults(), JSON.stringify([{ path: '/dl/*.zip', fault: kind }]));

async function toChoice(scenario = 'clean'): Promise<void> {
  await lab.open(scenario);
  await lab.ready();
  await lab.session.handle('wizard.continue', undefined);
}

describe('Defender takes', () => {
  it('the download: the wizard stops with that reason, and the block is on its page', async () => {
    await toChoice('blockOnDownload');
    await lab.session.handle('download.start', undefined);
    expect(wizard().failure).toMatchObject({
      code: 'defender.blocked',
      params: { file: 'go1.27.0.windows-amd64.zip' },
      next: ['seeBlocks', 'retry'],
    });
    const { blocks } = await lab.until(({ blocks: { items } }) =>
      items.some(({ file }) => file.endsWith('.zip')),
    );
    expect(blocks.items[0]).toMatchObject({ concernsGo: true, action: 'quarantined' });
    // The way on: it can be tried again.
    await lab.session.handle('wizard.dismissFailure', undefined);
    expect(wizard()).toMatchObject({ step: 'download', failure: null });
  });

  it('a file of the new Go: nothing of it is left, and the old one is in use', async () => {
    await toChoice('blockOnExtract');
    await lab.session.handle('download.start', undefined);
    expect(wizard().verify.verdict).toBe('verified');
    await lab.session.handle('wizard.continue', undefined);
    // Blocks of earlier days give a reason for a plan.
    expect(wizard().exclusions).toMatchObject({ suggestion: 'plan', open: true });
    await lab.session.handle('exclusions.skip', undefined);
    expect(wizard()).toMatchObject({
      step: 'install',
      failure: { code: 'defender.blocked', params: { file: 'compile.exe' } },
      install: { status: 'idle' },
    });
    expect((await readdir(go())).sort()).toEqual(['1.26.3', 'current']);
    expect(await readlink(go('current'))).toBe('1.26.3');
    expect(lab.state.blocks.items[0]).toMatchObject({ file: 'compile.exe', concernsGo: true });
  });
});

describe('the network', () => {
  it('answers with a web page: said as what it is, and the next try goes on', async () => {
    await toChoice();
    await fault({ kind: 'page' });
    await lab.session.handle('download.start', undefined);
    expect(wizard()).toMatchObject({ step: 'download', failure: { code: 'download.notGo' } });
    await rm(faults());
    await lab.session.handle('download.start', undefined);
    expect(wizard()).toMatchObject({ failure: null, verify: { verdict: 'verified' } });
  });

  it('is slow: paused, closed, opened again, and gone on from where it was', async () => {
    await toChoice();
    await fault({ kind: 'slow', bytesPerSecond: 80_000 });
    const running = lab.session.handle('download.start', undefined);
    await lab.until((state) => state.wizard.download.received > 20_000);
    await lab.session.handle('download.pause', undefined);
    await running;
    expect(wizard()).toMatchObject({ step: 'download', failure: null });
    expect(wizard().download.status).toBe('paused');
    await lab.session.close();
    await rm(faults());
    await lab.open();
    expect(wizard()).toMatchObject({ step: 'download', download: { status: 'paused' } });
    await lab.session.handle('download.start', undefined);
    expect(wizard().download.resumedFrom).toBeGreaterThan(0);
    expect(wizard().verify.verdict).toBe('verified');
  });

  it('is cancelled: back at the choice, and nothing is kept', async () => {
    await toChoice();
    await fault({ kind: 'slow', bytesPerSecond: 80_000 });
    const running = lab.session.handle('download.start', undefined);
    await lab.until((state) => state.wizard.download.received > 10_000);
    await lab.session.handle('download.cancel', undefined);
    await running;
    expect(wizard()).toMatchObject({ step: 'choose', failure: null, download: { status: 'idle' } });
    expect(await readdir(join(lab.folder, 'downloads'))).toEqual([]);
  });

  it('a choice that changes while it runs ends it', async () => {
    await toChoice();
    await fault({ kind: 'slow', bytesPerSecond: 80_000 });
    const running = lab.session.handle('download.start', undefined);
    await lab.until((state) => state.wizard.download.received > 10_000);
    await lab.session.handle('choose.select', { offer: 'newestPatch', version: null });
    await running;
    expect(wizard()).toMatchObject({ step: 'choose', failure: null, download: { status: 'idle' } });
  });
});

it('a tampered file is refused with its rows; deleting and downloading again helps', async () => {
  await toChoice();
  await fault({ kind: 'tampered' });
  await lab.session.handle('download.start', undefined);
  expect(wizard()).toMatchObject({ step: 'verify', verify: { verdict: 'refused' } });
  await lab.session.handle('wizard.continue', undefined);
  expect(wizard().step).toBe('verify');
  expect(lab.state.wizard.verify.proofs.filter(({ state }) => state === 'failed')).toHaveLength(1);
  await rm(faults());
  await lab.session.handle('download.startOver', undefined);
  expect(wizard().verify.verdict).toBe('verified');
});

it('the prompt is declined: nothing is set, and the plan is still there', async () => {
  await toChoice('uacDeclined');
  await lab.session.handle('download.start', undefined);
  await lab.session.handle('wizard.continue', undefined);
  if (!wizard().exclusions.open) await lab.session.handle('exclusions.plan', undefined);
  await lab.session.handle('exclusions.apply', undefined);
  expect(wizard()).toMatchObject({
    step: 'exclusions',
    failure: { code: 'elevation.declined', next: ['askAgain', 'continueWithout'] },
    exclusions: { status: 'ready' },
  });
  expect(lab.state.exclusions.ours).toBe(0);
  await lab.session.handle('exclusions.skip', undefined);
  expect(wizard().step).toBe('done');
});

it('exclusions end by themselves on the lab’s clock, and the window shows it', async () => {
  await toChoice();
  await lab.session.handle('download.start', undefined);
  await lab.session.handle('wizard.continue', undefined);
  await lab.session.handle('exclusions.plan', undefined);
  await lab.session.handle('exclusions.apply', undefined);
  expect(lab.state.exclusions.ours).toBeGreaterThan(0);
  const clock = await openLabClock(join(lab.folder, 'lab'));
  await clock.advance(8 * 86_400_000);
  clock.close();
  await lab.until((state) => state.wizard.exclusions.status === 'idle');
  expect(lab.state.exclusions).toMatchObject({ ours: 0, items: [] });
});

describe('an upgrade that was cut off', () => {
  async function cutOff(): Promise<string> {
    const journal = await openJournal(join(lab.folder, 'journal.jsonl'), systemClock);
    const run = await journal.startRun('upgrade');
    await journal.intent(run, {
      kind: 'unpack',
      installRoot: go(),
      version: 'go1.27.0',
      root: go('1.27.0'),
      sha256: 'a'.repeat(64),
    });
    return run;
  }

  it('is shown first, and can be finished', async () => {
    const run = await cutOff();
    await lab.open();
    const { wizard: shown } = await lab.until((state) => state.wizard.interrupted !== null);
    expect(shown.interrupted).toMatchObject({
      run,
      canFinish: true,
      what: { key: 'upgrade.interrupted', params: { version: '1.27.0' } },
    });
    await lab.ready();
    await lab.session.handle('wizard.finishInterrupted', undefined);
    expect(wizard()).toMatchObject({ step: 'done', failure: null, interrupted: null, run });
    expect(await readlink(go('current'))).toBe('1.27.0');
  });

  it('or taken back', async () => {
    await cutOff();
    await lab.open();
    await lab.until((state) => state.wizard.interrupted !== null);
    await lab.ready();
    await lab.session.handle('wizard.undoInterrupted', undefined);
    expect(wizard()).toMatchObject({ interrupted: null, failure: null });
    expect(existsSync(go('1.27.0'))).toBe(false);
    expect(await readlink(go('current'))).toBe('1.26.3');
  });
});

it('a key is added only by the fingerprint that was shown', async () => {
  await lab.open();
  const { trust } = JSON.parse(
    await readFile(join(lab.folder, 'lab/mirror/mirror.json'), 'utf8'),
  ) as { trust: { organisationKeyring: string; organisationFingerprint: string } };
  const file = join(lab.folder, 'it.asc');
  await writeFile(file, trust.organisationKeyring);
  const shown = await lab.session.addKeyFile(file, null);
  expect(shown?.fingerprint).toBe(trust.organisationFingerprint);
  expect(lab.state.app.keys).toEqual([]);
  await expect(lab.session.addKeyFile(file, 'AB'.repeat(20))).rejects.toMatchObject({
    failure: { code: 'keys.notAKey' },
  });
  await lab.session.addKeyFile(file, trust.organisationFingerprint);
  expect(lab.state.app.keys).toMatchObject([{ fingerprint: trust.organisationFingerprint }]);
  await lab.session.handle('app.removeKey', trust.organisationFingerprint);
  expect(lab.state.app.keys).toEqual([]);
});

it('every call of the contract that is not main’s is answered', async () => {
  const { callNames } = await import('../../../shared/contract');
  const { mainCalls } = await import('./calls');
  const { sessionHandlers } = await import('./handlers');
  const handlers = sessionHandlers({
    engine: () => {
      throw new Error('not asked');
    },
    reopen: () => Promise.resolve(),
  });
  expect([...Object.keys(handlers), ...mainCalls].sort()).toEqual([...callNames].sort());
});
