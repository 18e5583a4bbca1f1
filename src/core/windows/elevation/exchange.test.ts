import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeHelper, originOf, type FakeHelper } from '../../../../test/support/fakeHelper';
import { temporaryFolder } from '../../../../test/support/temporary';
import { maxAnswerBytes, type Errand } from './answers';
import { Exchange, usualPatience, type Patience } from './exchange';
import { listen, openResultPipe, type ResultPipe } from './resultPipe';

const folder = temporaryFolder();
const payload = Buffer.from("Invoke-Batch '{}'", 'latin1');
const errand: Errand = {
  nonce: '0123456789abcdef0123456789abcdef',
  batch: 'batch-1',
  steps: [{ kind: 'removeExpiry', task: 'Gangway-Expiry-1' }],
  payload,
  hash: createHash('sha256').update(payload).digest('base64'),
};
const origin = originOf(errand);
const record = { kind: 'task', present: false, error: null };
const records = { ...origin, records: [record] };

let open: ResultPipe | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function start(patience: Partial<Patience> = {}) {
  const exchange = new Exchange(errand, { ...usualPatience, ...patience });
  const pipe = await openResultPipe(exchange.accept);
  open = pipe;
  return { exchange, pipe, helper: () => fakeHelper(pipe.name, errand.nonce) };
}

/** A helper that has been given its work. */
async function served(patience: Partial<Patience> = {}) {
  const started = await start(patience);
  const helper = started.helper();
  expect(await helper.given).toBe(payload.toString('latin1'));
  return { ...started, first: helper };
}

function end(helper: FakeHelper): void {
  helper.socket.end();
}

describe('the pipe', () => {
  it.skipIf(process.platform === 'win32')(
    'lies where only the user can go, and leaves nothing',
    async () => {
      const { pipe } = await start();
      expect(statSync(dirname(pipe.name)).mode & 0o777).toBe(0o700);
      await pipe.close();
      expect(existsSync(dirname(pipe.name))).toBe(false);
    },
  );

  it('notices who took its name first', async () => {
    const name =
      process.platform === 'win32' ? `\\\\.\\pipe\\gangway-test-${process.pid}` : `${folder}/name`;
    const squatter = await listen(name, name, null, () => undefined);
    await expect(listen(name, name, null, () => undefined)).rejects.toThrow(/EADDRINUSE/);
    await squatter.close();
  });

  it('has a new name each time', async () => {
    const { pipe } = await start();
    const other = await openResultPipe(() => undefined);
    expect(other.name).not.toBe(pipe.name);
    await other.close();
  });
});

describe('a helper that does its work', () => {
  it('is given the text, and its record counts', async () => {
    const { exchange, first } = await served();
    first.say({ ...origin, step: 1 });
    first.say(records);
    end(first);
    expect(await exchange.heard).toEqual({ kind: 'records', records: [record] });
  });

  it('may stay on after its record', async () => {
    const { exchange, first } = await served({ toEnd: 50 });
    first.say(records);
    expect(await exchange.heard).toEqual({ kind: 'records', records: [record] });
  });

  it('has run nothing where it found the plan malformed', async () => {
    const { exchange, first } = await served();
    first.say({ ...origin, batch: '', refused: 'a step that is none' });
    expect(await exchange.heard).toMatchObject({ kind: 'nothing' });
  });
});

describe('strangers', () => {
  it.each([
    ['another nonce', 'f'.repeat(32)],
    ['the nonce and more', `${errand.nonce}x`],
    ['a record at once', JSON.stringify(records)],
  ])('with %s are told nothing, and the helper is still served', async (_, text) => {
    const { exchange, helper, pipe } = await start();
    const stranger = fakeHelper(pipe.name, text);
    expect(await stranger.given).toBeNull();
    expect(exchange.given).toBe(false);
    const real = helper();
    await real.given;
    real.say(records);
    end(real);
    expect(await exchange.heard).toMatchObject({ kind: 'records' });
  });

  it('who say nothing are cut off', async () => {
    const { exchange, pipe } = await start({ toProve: 30 });
    const stranger = fakeHelper(pipe.name, '');
    await stranger.closed;
    expect(exchange.given).toBe(false);
  });

  it('who know the nonce and come second make the batch unknown', async () => {
    const { exchange, helper, first } = await served();
    const second = helper();
    expect(await second.given).toBeNull();
    first.say(records);
    expect(await exchange.heard).toEqual({
      kind: 'lost',
      cause: 'two helpers came for one batch',
    });
  });
});

describe('what is no record leaves the batch unknown', () => {
  it.each([
    ['without the nonce', { ...records, nonce: 'f'.repeat(32) }, /nonce/],
    ['for another batch', { ...records, batch: 'batch-2' }, /another batch/],
    ['to another text', { ...records, payload: 'A'.repeat(43) + '=' }, /another text/],
    ['with no records', { ...records, records: [] }, /does not fit/],
    ['with one too many', { ...records, records: [record, record] }, /does not fit/],
    [
      'of another kind',
      {
        ...origin,
        records: [{ kind: 'preferences', reading: { visibility: 'known', exclusions: [] } }],
      },
      /does not fit/,
    ],
    ['of no kind', { ...origin, records: [{ kind: 'done' }] }, /no answer/],
    ['with a word more', { ...records, done: true }, /no answer/],
    ['that is no object', [], /no answer/],
  ])('an answer %s', async (_, line, cause) => {
    const { exchange, first } = await served();
    first.say(line);
    const heard = await exchange.heard;
    expect(heard.kind).toBe('lost');
    expect(heard.kind === 'lost' ? heard.cause : '').toMatch(cause);
  });

  it.each([
    ['no JSON', 'done\n', /no answer/],
    ['a second record', `${JSON.stringify(records)}\n${JSON.stringify(records)}\n`, /more than/],
    ['half a line after it', `${JSON.stringify(records)}\n{`, /more than/],
    ['too much', 'x'.repeat(maxAnswerBytes + 1), /too much/],
    ['half a record', JSON.stringify(records).slice(0, -9), /without a record/],
    ['nothing', '', /without a record/],
  ])('%s', async (_, text, cause) => {
    const { exchange, first } = await served();
    first.socket.end(text);
    const heard = await exchange.heard;
    expect(heard.kind).toBe('lost');
    expect(heard.kind === 'lost' ? heard.cause : '').toMatch(cause);
  });

  it('silence', async () => {
    const { exchange } = await served({ betweenLines: 40 });
    expect(await exchange.heard).toMatchObject({ kind: 'lost' });
  });
});

describe('nothing has run', () => {
  it('where no helper came', async () => {
    const { exchange } = await start({ toConnect: 40 });
    exchange.expect();
    expect(await exchange.heard).toMatchObject({ kind: 'nothing' });
  });

  it('where the helper ended before', async () => {
    const { exchange } = await start();
    exchange.expect();
    exchange.gone('ended');
    expect(await exchange.heard).toEqual({ kind: 'nothing', cause: 'ended' });
  });

  it('and a helper with its work is waited for, whatever its process is called', async () => {
    const { exchange, first } = await served({ toConnect: 10 });
    exchange.expect();
    exchange.gone('ended');
    first.say(records);
    end(first);
    expect(await exchange.heard).toMatchObject({ kind: 'records' });
  });
});
