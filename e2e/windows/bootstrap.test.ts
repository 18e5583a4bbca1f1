// The elevated command line on PowerShell's engine, and somebody else at the other end of its pipe: no text runs but the
// one whose hash it carries.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { elevatedArguments } from '../../src/core/windows/elevation/commandLine';
import { openResultPipe } from '../../src/core/windows/elevation/resultPipe';
import { temporaryFolder } from '../../test/support/temporary';
import { runHost } from './support/hostProcess';

const scratch = temporaryFolder();
const host = inject('windowsHost');

describe('whoever serves the pipe in our place', () => {
  /** Starts the production bootstrap against a squatter that gives it another text; whether that was run. */
  async function squat(serve: (client: Socket, text: Buffer) => void): Promise<boolean> {
    const canary = join(await mkdtemp(join(scratch, 'canary-')), 'ran');
    const text = Buffer.from(`[IO.File]::WriteAllText('${canary}', 'x')`, 'latin1');
    let shown = '';
    const pipe = await openResultPipe((client) => {
      client.once('data', (data) => {
        shown = data.toString('latin1');
        serve(client, text);
      });
    });
    const nonce = randomBytes(16).toString('hex');
    const sha256 = createHash('sha256').update('the text that was meant').digest('base64');
    await runHost(host, elevatedArguments({ pipe: pipe.name, nonce, sha256 }));
    await pipe.close();
    expect(shown).toBe(nonce);
    return existsSync(canary);
  }
  const framed = (text: Buffer, length = text.length): Buffer => {
    const header = Buffer.alloc(4);
    header.writeInt32LE(length);
    return Buffer.concat([header, text]);
  };

  it('has nothing run but the text of the command line', async () => {
    expect(await squat((client, text) => client.end(framed(text)))).toBe(false);
  });

  it.each([
    ['a length below nothing', -1],
    ['a length beyond everything', 2 ** 31 - 1],
    ['a length of nothing', 0],
  ])('gets nowhere with %s', async (_, length) => {
    expect(await squat((client, text) => client.end(framed(text, length)))).toBe(false);
  });

  it('gets nowhere by ending at once', async () => {
    expect(await squat((client) => client.end())).toBe(false);
  });

  it('shows that the text itself would have run', async () => {
    const canary = join(await mkdtemp(join(scratch, 'canary-')), 'ran');
    const text = Buffer.from(`[IO.File]::WriteAllText('${canary}', 'x')`, 'latin1');
    const pipe = await openResultPipe((client) => {
      client.once('data', () => client.end(framed(text)));
    });
    const sha256 = createHash('sha256').update(text).digest('base64');
    await runHost(host, elevatedArguments({ pipe: pipe.name, nonce: 'a'.repeat(32), sha256 }));
    await pipe.close();
    expect(existsSync(canary)).toBe(true);
  });
});
