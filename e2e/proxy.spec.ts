// The system's proxy, as Chromium finds it: in the environment, where no desktop has settings of its own. The source is on
// a host that no name server knows, so what arrives can only have come through the proxy.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMirror, serveMirror, type ServedMirror } from '../src/core/lab/mirror';
import { expect, test as base, type Running } from './support/app';
import { startProxy, type ProxyServer } from './support/proxyServer';
import { ask, looked, stateOf } from './support/state';
import { drive, type WizardDriver } from './support/wizard';

const source = 'http://go-mirror.test/dl/';
const zip = `${source}go1.27.0.windows-amd64.zip`;

interface Company {
  readonly proxy: ProxyServer;
  /** What the proxy finds behind the name. */
  readonly mirror: ServedMirror;
}

const test = base.extend<{ readonly company: Company }>({
  // eslint-disable-next-line no-empty-pattern -- the fixture needs no other
  company: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'gangway-mirror-'));
    await buildMirror(folder);
    const mirror = await serveMirror(folder);
    const proxy = await startProxy({ 'go-mirror.test': mirror.base });
    await use({ proxy, mirror });
    await proxy.close();
    await mirror.close();
    await rm(folder, { recursive: true, force: true });
  },
});

test('the list, the download and the proofs go through it, and nothing else asks', async ({
  launch,
  company: { proxy },
}) => {
  const { page } = await launch({ environment: through(proxy) });
  const wizard = await atChoice(page);
  await wizard.toVerify();
  const { download } = (await stateOf(page)).wizard;
  expect(download.status).toBe('complete');
  expect(download.received).toBe(download.total);
  const asked = () => [...new Set(proxy.seen)];
  for (const line of [
    `GET ${source}?mode=json&include=all`,
    `GET ${zip}`,
    `GET ${zip}.sha256`,
    'CONNECT sum.golang.org:443',
  ]) {
    await expect.poll(asked, { timeout: 30_000 }).toContain(line);
  }
  // Neither Gangway nor Chromium asks anybody else.
  const expected = /^(?:GET http:\/\/go-mirror\.test\/dl\/|CONNECT sum\.golang\.org:443$)/;
  expect(asked().filter((line) => !expected.test(line))).toEqual([]);
});

test('one that wants a password is named, and the same button goes on once it does not', async ({
  launch,
  company: { proxy },
}) => {
  const { page } = await launch({ environment: through(proxy) });
  const wizard = await atChoice(page);
  proxy.mood = 'wantsPassword';
  await wizard.button('ui.download.start').click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(
    wizard.say('failure.network.proxyAuth.what', { proxy: '127.0.0.1' }),
    { timeout: 20_000 },
  );
  await expect(alert).toContainText(wizard.say('failure.network.proxyAuth.meaning'));
  proxy.mood = 'works';
  await wizard.button('ui.next.retry').click();
  await wizard.title('ui.verify.title').waitFor();
  expect(proxy.seen.filter((line) => line === `GET ${zip}`)).toHaveLength(2);
});

test('its sign-in page is taken for what it is, and not for Go', async ({
  launch,
  company: { proxy },
}) => {
  const { page, folders } = await launch({ environment: through(proxy) });
  const wizard = await atChoice(page);
  proxy.mood = 'showsLogin';
  await wizard.button('ui.download.start').click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(
    wizard.say('failure.download.notGo.what', {
      host: 'go-mirror.test',
      file: 'go1.27.0.windows-amd64.zip',
    }),
    { timeout: 20_000 },
  );
  await page.getByRole('button', { name: wizard.say('ui.failure.details') }).click();
  await expect(page.getByText('Sign in to the network').first()).toBeVisible();
  const kept = await readdir(join(folders.state, 'downloads'));
  expect(kept.filter((name) => /^[0-9a-f]{64}$/.test(name))).toEqual([]);
});

test('one that is not there is named, and never gone around', async ({ launch, company }) => {
  const { proxy, mirror } = company;
  const { page } = await launch({ environment: through(proxy) });
  const wizard = drive(page);
  await wizard.toChoose();
  await looked(page);
  await proxy.close();
  // Linux leads this address to the mirror itself, and Chromium's resolver names the proxy for it all the same.
  const reachable = `${mirror.base.replace('127.0.0.1', '0.0.0.0')}/dl/`;
  expect((await fetch(reachable)).status).toBe(404);
  mirror.requests.length = 0;
  await ask(page, 'choose.source', { kind: 'url', url: reachable });
  await expect(page.getByRole('alert')).toContainText(
    wizard.say('failure.network.unreachable.what', { host: '0.0.0.0' }),
    { timeout: 30_000 },
  );
  expect(mirror.requests).toEqual([]);
});

/** What a shell has where a company's proxy is set. The names are in lower case, as curl has them. */
function through(proxy: ProxyServer): Record<string, string> {
  return {
    http_proxy: proxy.address,
    https_proxy: proxy.address,
    no_proxy: '',
    XDG_CURRENT_DESKTOP: '',
    DESKTOP_SESSION: '',
  };
}

async function atChoice(page: Running['page']): Promise<WizardDriver> {
  const wizard = drive(page);
  await wizard.toChoose();
  await ask(page, 'choose.source', { kind: 'url', url: source });
  const { choose } = (await stateOf(page)).wizard;
  expect(choose.source).toEqual({ kind: 'url', url: source });
  await expect(wizard.button('ui.download.start')).toBeEnabled();
  return wizard;
}
