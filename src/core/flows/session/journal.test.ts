// What a session makes of the journal: a damaged one is the person's to decide on, and a download is a line of it.
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labSession } from '../../../../test/support/labSession';
import { translate } from '../../../shared/text/translate';

const lab = labSession();
const wizard = () => lab.state.wizard;
const go = (path: string) => lab.drive(join('Users/lin/AppData/Local/Gangway/go', path));

async function toChoice(): Promise<void> {
  await lab.open();
  await lab.ready();
  await lab.session.handle('wizard.continue', undefined);
}

describe('a damaged journal', () => {
  const file = () => join(lab.folder, 'journal.jsonl');
  /** Exclusions were set and are in effect; then a line is lost. @returns the text of the file */
  async function damaged(): Promise<string> {
    await toChoice();
    await lab.session.handle('download.start', undefined);
    await lab.session.handle('wizard.continue', undefined);
    await lab.session.handle('exclusions.plan', undefined);
    await lab.session.handle('exclusions.apply', undefined);
    await lab.session.close();
    const text = await readFile(file(), 'utf8');
    const bad = text.replace(/"kind":"closed"/, '"kind":"cl\u0000sed"');
    await writeFile(file(), bad);
    return bad;
  }

  it('is shown at once; nothing is changed, and the file is as it was', async () => {
    const text = await damaged();
    await lab.open();
    expect(lab.state.history.broken).toMatchObject({
      code: 'journal.broken',
      params: { path: file(), count: 1 },
      next: ['setJournalAside', 'showJournal', 'report'],
    });
    await lab.ready();
    await lab.session.handle('exclusionsPage.rollBack', { all: true });
    expect(lab.state.exclusions).toMatchObject({
      failure: { code: 'journal.broken' },
      lastRollback: null,
    });
    await lab.session.handle('history.rollBack', { all: true });
    await lab.session.handle('install.start', undefined);
    expect(lab.state.history).toMatchObject({
      broken: { code: 'journal.broken' },
      lastRollback: null,
    });
    expect(lab.state.wizard).toMatchObject({ failure: null, install: { status: 'idle' } });
    expect(existsSync(go('1.27.0'))).toBe(false);
    expect(await readFile(file(), 'utf8')).toBe(text);
  });

  it('is kept aside when the person says so; what can be read can be rolled back', async () => {
    const text = await damaged();
    await lab.open();
    await lab.ready();
    await lab.session.handle('history.setAside', undefined);
    const { history, exclusions } = lab.state;
    expect(history).toMatchObject({ broken: null, entries: { 0: { kind: 'journal' } } });
    expect(exclusions.failure).toBeNull();
    const aside = (await readdir(lab.folder)).filter((name) => name.includes('.broken-'));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(lab.folder, aside[0] ?? ''), 'utf8')).toBe(text);
    expect(history.entries[0]?.detail.params).toEqual({ path: join(lab.folder, aside[0] ?? '') });
    expect(exclusions.ours).toBeGreaterThan(0);
    await lab.session.handle('exclusionsPage.rollBack', { all: true });
    expect(lab.state.exclusions).toMatchObject({ ours: 0, items: [], failure: null });
  });
});

it('a download is in the history once: its source, its SHA-256, and the proofs it passed', async () => {
  await toChoice();
  await lab.session.handle('download.start', undefined);
  const { download } = wizard();
  await lab.session.handle('verify.start', undefined);
  await lab.session.handle('app.openPage', 'history');
  const downloads = lab.state.history.entries.filter(({ kind }) => kind === 'download');
  expect(downloads).toMatchObject([
    { title: { params: { file: download.filename } }, state: 'none', canUndo: false },
  ]);
  const told = downloads[0];
  if (told === undefined) throw new Error('an entry');
  expect(translate('en', told.detail)).toMatch(
    new RegExp(
      `^From the lab’s mirror\\. Proofs passed: Size, .*, Go checksum database.*\\. SHA-256 ${download.sha256}$`,
    ),
  );
  expect(translate('zh-CN', told.detail)).toMatch(
    new RegExp(
      `^来源：实验镜像。通过的校验：文件大小、.*Go 校验和数据库.*。SHA-256 ${download.sha256}$`,
    ),
  );
});
