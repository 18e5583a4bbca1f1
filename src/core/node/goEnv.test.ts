import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeGoEnv } from './goEnv';
import { readMachine } from './machine';

// A program of our own stands in for go: what is tested is how it is run and how its answers are read.
describe.skipIf(process.platform === 'win32')('go env of a Go that was found', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'gangway-goenv-'));
    await mkdir(join(root, 'bin'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  async function program(script: string): Promise<void> {
    await writeFile(join(root, 'bin', 'go'), `#!/bin/sh\n${script}\n`);
    await chmod(join(root, 'bin', 'go'), 0o755);
  }
  const ask = (environment: NodeJS.ProcessEnv = {}) => nodeGoEnv(readMachine(), environment);

  it('reads the JSON, with the toolchain switch off, in a folder of the system', async () => {
    await program(
      'printf \'{"ARGS":"%s","SWITCH":"%s","FLAGS":"%s","ROOT":"%s","CWD":"%s","OPTIONS":"%s"}\' "$*" "$GOTOOLCHAIN" "$GOFLAGS" "$GOROOT" "$(pwd)" "$NODE_OPTIONS"',
    );
    const values = await ask({
      GOFLAGS: '-mod=mod',
      GOTOOLCHAIN: 'go9',
      GOROOT: '/elsewhere',
      NODE_OPTIONS: '--inspect',
    }).read(root);
    expect(values).toEqual({
      ARGS: 'env -json',
      SWITCH: 'local',
      FLAGS: '-mod=mod',
      ROOT: '',
      CWD: '/',
      OPTIONS: '',
    });
  });

  it('refuses an answer that is no list of strings', async () => {
    await program('echo "[1]"');
    await expect(ask().read(root)).rejects.toMatchObject({
      failure: { code: 'goEnv.unavailable' },
    });
  });

  it('says so where that Go does not run here', async () => {
    await writeFile(join(root, 'bin', 'go'), 'MZ');
    await expect(ask().read(root)).rejects.toMatchObject({
      failure: { code: 'goEnv.unavailable' },
    });
    expect(await ask().version(root)).toBeNull();
  });

  it('reads `go version`, and takes nothing else for one', async () => {
    await program('echo "go version go1.27.0 linux/amd64"');
    expect(await ask().version(root)).toBe('go version go1.27.0 linux/amd64');
    await program('echo "hello"');
    expect(await ask().version(root)).toBeNull();
  });

  it('gives `go version` no settings that could change what it runs', async () => {
    await program('echo "go version $GOFLAGS|$LD_PRELOAD|$GOENV"');
    expect(await ask({ GOFLAGS: 'x', LD_PRELOAD: 'y' }).version(root)).toBe('go version ||off');
  });

  it('sets and unsets, and reads back', async () => {
    await program(
      `case "$2" in -w) echo "\${3#GOTMPDIR=}" > ${root}/set;; -u) rm -f ${root}/set;; *) printf '{"GOTMPDIR":"%s"}' "$(cat ${root}/set 2>/dev/null)";; esac`,
    );
    expect(await ask().set(root, 'GOTMPDIR', '/build $(id)')).toBe(true);
    expect(await ask().set(root, 'GOTMPDIR', '')).toBe(true);
  });

  it('refuses to set anything but the build folder', async () => {
    await program('exit 0');
    await expect(ask().set(root, 'GOFLAGS', '-toolexec=x')).rejects.toThrow();
    await expect(ask().set(root, 'GOTMPDIR', 'a\nGOFLAGS=x')).rejects.toThrow();
  });
});
