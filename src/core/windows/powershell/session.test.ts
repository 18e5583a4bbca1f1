// What is refused before any host is started; the session over a real engine is tested in e2e/windows.
import { describe, expect, it } from 'vitest';
import { z } from '../../../shared/zod';
import { createPowerShell, hostEnvironment } from '.';

const session = createPowerShell({
  executable: '/nowhere/powershell.exe',
  environment: hostEnvironment('C:\\Windows', {}),
});
const ask = (script: string, data: unknown): Promise<unknown> =>
  session.run(script, data, z.unknown());

describe('a mistake of ours is thrown and not sent', () => {
  it.each([
    ['a script that is not ASCII', 'param($Json)\n# \u2019', null],
    ['a tab', 'param($Json)\n\t1', null],
    ['a blank line', 'param($Json)\n\n1', null],
    ['a blank line of blanks', 'param($Json)\n  \n1', null],
    ['an empty script', '', null],
    ['data that is not plain', 'param($Json)', new Date(0)],
  ])('%s', async (_, script, data) => {
    await expect(async () => ask(script, data)).rejects.toThrow(TypeError);
  });

  it('but not the end of a file, nor how its lines end', async () => {
    expect(await ask('param($Json)\r\n1\r\n', null)).toMatchObject({ why: 'cannotStart' });
  });
});

it('a closed session starts nothing', async () => {
  const other = createPowerShell({ executable: '/nowhere/powershell.exe', environment: {} });
  await other.close();
  expect(await other.run('param($Json)', null, z.unknown())).toMatchObject({ why: 'closed' });
});
