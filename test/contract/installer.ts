// What every Installer must do. The adapter under test works on real folders.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asFailure } from '../../src/core/failureError';
import type { Installer, Progress } from '../../src/core/ports';
import type { VerifiedRelease } from '../../src/core/verify/verifiedRelease';
import { programBytes, smallFiles, smallRelease } from '../support/smallRelease';

export interface InstallerUnderTest {
  readonly installer: Installer;
  /** A fresh, absent folder for each call. */
  installRoot(): string;
  /** Where archives may be written. */
  readonly scratch: string;
}

const quiet = (): void => undefined;

export function installerContract(name: string, make: () => InstallerUnderTest): void {
  describe(`${name} keeps the contract of an installer`, () => {
    const { installer, installRoot, scratch } = make();
    const release = smallRelease(scratch, 'go1.27.0');
    const older = smallRelease(scratch, 'go1.26.7');
    const codeOf = async (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'none',
        (error: unknown) => asFailure(error).code,
      );

    it('unpacks every file, says how far it is, and lists the version', async () => {
      const root = installRoot();
      const seen: Progress[] = [];
      const tree = await installer.unpack(release, root, (progress) => seen.push(progress));
      const files = smallFiles('go1.27.0');
      expect(tree).toEqual({
        version: 'go1.27.0',
        root: join(root, '1.27.0'),
        files: files.size,
        bytes: [...files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0),
      });
      for (const [path, content] of files) {
        expect(readFileSync(join(tree.root, path)).equals(Buffer.from(content))).toBe(true);
      }
      expect(seen[0]).toMatchObject({ done: 0, total: files.size });
      expect(seen.at(-1)).toMatchObject({ done: files.size, total: files.size });
      const [kept, ...others] = await installer.versions(root);
      expect(others).toEqual([]);
      expect(kept).toMatchObject({ version: 'go1.27.0', root: tree.root, current: false });
      expect(kept?.bytes).toBe(tree.bytes);
      expect(Date.parse(kept?.installedAt ?? '')).not.toBeNaN();
    });

    it('unpacks, then removes without a trace', async () => {
      const root = installRoot();
      await installer.unpack(release, root, quiet);
      await installer.remove(root, 'go1.27.0');
      expect(readdirSync(root)).toEqual([]);
      expect(await installer.versions(root)).toEqual([]);
      await installer.remove(root, 'go1.27.0');
    });

    it('leaves a finished version as it is', async () => {
      const root = installRoot();
      const first = await installer.unpack(release, root, quiet);
      writeFileSync(join(first.root, 'mine.txt'), 'kept');
      const before = (await installer.versions(root))[0]?.installedAt;
      expect(await installer.unpack(release, root, quiet)).toEqual(first);
      expect(readFileSync(join(first.root, 'mine.txt'), 'utf8')).toBe('kept');
      expect((await installer.versions(root))[0]?.installedAt).toBe(before);
    });

    it('mends a finished version that has lost a file', async () => {
      const root = installRoot();
      const { root: tree } = await installer.unpack(release, root, quiet);
      rmSync(join(tree, 'pkg/tool/windows_amd64/compile.exe'));
      await installer.unpack(release, root, quiet);
      expect(existsSync(join(tree, 'pkg/tool/windows_amd64/compile.exe'))).toBe(true);
      expect(readdirSync(root)).toEqual(['1.27.0']);
    });

    it('replaces a leftover, and lists it as unfinished until then', async () => {
      const root = installRoot();
      const tree = join(root, '1.27.0');
      mkdirSync(join(tree, 'src'), { recursive: true });
      writeFileSync(join(tree, '.gangway.partial'), '');
      writeFileSync(join(tree, 'src', 'half.go'), 'half');
      expect(await installer.versions(root)).toMatchObject([
        { version: 'go1.27.0', installedAt: null },
      ]);
      expect(await codeOf(installer.switchTo(root, 'go1.27.0'))).toBe('install.noSuchVersion');
      await installer.unpack(release, root, quiet);
      expect(existsSync(join(tree, 'src', 'half.go'))).toBe(false);
      expect((await installer.versions(root))[0]?.installedAt).not.toBeNull();
    });

    it('removes a leftover', async () => {
      const root = installRoot();
      mkdirSync(join(root, '1.27.0'), { recursive: true });
      writeFileSync(join(root, '1.27.0', '.gangway.partial'), '');
      await installer.remove(root, 'go1.27.0');
      expect(readdirSync(root)).toEqual([]);
    });

    it("refuses to replace or remove what is not Gangway's", async () => {
      const root = installRoot();
      mkdirSync(join(root, '1.27.0'), { recursive: true });
      writeFileSync(join(root, '1.27.0', 'VERSION'), 'go1.27.0\n');
      expect(await codeOf(installer.unpack(release, root, quiet))).toBe('install.targetExists');
      expect(await codeOf(installer.remove(root, 'go1.27.0'))).toBe('install.targetExists');
      expect(readdirSync(join(root, '1.27.0'))).toEqual(['VERSION']);
      expect(await installer.versions(root)).toEqual([]);
    });

    it('refuses another archive of a version that is there', async () => {
      const root = installRoot();
      await installer.unpack(release, root, quiet);
      const files = new Map([...smallFiles('go1.27.0'), ['src/other.go', 'other']]);
      const other = smallRelease(`${scratch}/other`, 'go1.27.0', {}, files);
      expect(await codeOf(installer.unpack(other, root, quiet))).toBe('install.targetExists');
    });

    it('refuses a release that was not verified', async () => {
      const root = installRoot();
      const copy: VerifiedRelease = { ...release };
      expect(await codeOf(installer.unpack(copy, root, quiet))).toBe('proof.notEnough');
      expect(existsSync(root)).toBe(false);
    });

    it('refuses an archive that changed after its proofs, and leaves nothing', async () => {
      for (const change of [
        (files: Map<string, string | Buffer>) => files.set('src/p1/f1.go', 'package pX\n'),
        (files: Map<string, string | Buffer>) => files.set('src/p1/f1.go', 'longer than it was'),
        (files: Map<string, string | Buffer>) => files.set('src/extra.go', 'extra'),
        (files: Map<string, string | Buffer>) => files.delete('src/p1/f1.go'),
        (files: Map<string, string | Buffer>) =>
          files.set('pkg/tool/windows_amd64/compile.exe', programBytes(3_000_000, 'evil')),
      ]) {
        const files = new Map(smallFiles('go1.27.0'));
        change(files);
        const { manifest, h1 } = release;
        const changed = smallRelease(`${scratch}/changed`, 'go1.27.0', { manifest, h1 }, files);
        const root = installRoot();
        expect(await codeOf(installer.unpack(changed, root, quiet))).toBe('install.fileChanged');
        expect(readdirSync(root)).toEqual([]);
      }
    });

    it('refuses an archive that grew at its end, or is another version inside', async () => {
      const root = installRoot();
      const grown = smallRelease(`${scratch}/grown`);
      appendFileSync(grown.archive, 'x');
      expect(await codeOf(installer.unpack(grown, root, quiet))).toBe('archive.broken');
      const other = smallRelease(`${scratch}/wrong`, 'go1.27.1', {}, smallFiles('go1.27.0'));
      expect(await codeOf(installer.unpack(other, root, quiet))).toBe('archive.wrongVersion');
      expect(readdirSync(root)).toEqual([]);
    });

    it('stops when told to, and leaves nothing', async () => {
      for (const after of [0, 50]) {
        const root = installRoot();
        const abort = new AbortController();
        const unpacking = installer.unpack(
          release,
          root,
          ({ done }) => {
            if (done >= after) abort.abort();
          },
          abort.signal,
        );
        expect(await codeOf(unpacking)).toBe('cancelled');
        expect(readdirSync(root)).toEqual([]);
      }
    });

    it('switches, switches back, and takes the link away', async () => {
      const root = installRoot();
      expect(await installer.current(root)).toBeNull();
      await installer.unpack(older, root, quiet);
      await installer.unpack(release, root, quiet);
      for (const version of ['go1.26.7', 'go1.27.0', 'go1.27.0', 'go1.26.7']) {
        await installer.switchTo(root, version);
        expect(await installer.current(root)).toBe(version);
        expect(readFileSync(join(root, 'current', 'VERSION'), 'utf8')).toContain(version);
      }
      expect((await installer.versions(root)).map((kept) => [kept.version, kept.current])).toEqual([
        ['go1.27.0', false],
        ['go1.26.7', true],
      ]);
      await installer.switchTo(root, null);
      await installer.switchTo(root, null);
      expect(await installer.current(root)).toBeNull();
      expect(readdirSync(root).sort()).toEqual(['1.26.7', '1.27.0']);
    });

    it('never removes the version that is in use', async () => {
      const root = installRoot();
      await installer.unpack(release, root, quiet);
      await installer.switchTo(root, 'go1.27.0');
      expect(await codeOf(installer.remove(root, 'go1.27.0'))).toBe('install.isCurrent');
      expect(existsSync(join(root, 'current', 'VERSION'))).toBe(true);
    });

    it('refuses to switch to what is not there, and to what is no version', async () => {
      const root = installRoot();
      await installer.unpack(release, root, quiet);
      for (const version of ['go1.30.0', 'go..', 'go../1.27.0', '1.27.0', 'go', '']) {
        expect(await codeOf(installer.switchTo(root, version))).toBe('install.noSuchVersion');
        if (version !== 'go1.30.0') {
          expect(await codeOf(installer.remove(root, version))).toBe('install.noSuchVersion');
        }
      }
    });

    it('refuses where `current` is no link of its own', async () => {
      const root = installRoot();
      await installer.unpack(release, root, quiet);
      mkdirSync(join(root, 'current'));
      writeFileSync(join(root, 'current', 'mine.txt'), 'kept');
      expect(await codeOf(installer.switchTo(root, 'go1.27.0'))).toBe('install.linkRefused');
      expect(await codeOf(installer.switchTo(root, null))).toBe('install.linkRefused');
      expect(readFileSync(join(root, 'current', 'mine.txt'), 'utf8')).toBe('kept');
      expect(await installer.current(root)).toBeNull();
    });
  });
}
