// Which releases a person is offered, and which file of a release fits a machine. Pure: it reads a list and decides;
// it never trusts the list's word "stable" to mean "supported".
import type { GoFile, GoRelease, MachineArch, MachineOs } from '../model/release';
import { message, type Message } from '../model/message';
import { compareGoVersions, isPreview, isRelease, lineOf, type WantedVersion } from './goVersion';

/** Go supports a line until there are two newer ones (go.dev/doc/devel/release). */
export const supportedLineCount = 2;

/** The newest two lines that have a stable release, newest first. */
export function supportedLines(releases: readonly GoRelease[]): readonly string[] {
  const lines = stableNewestFirst(releases).map((release) => lineOf(release.version));
  return [...new Set(lines.filter((line) => line !== null))].slice(0, supportedLineCount);
}

/** True for a version of a supported line. A preview is not a supported version of any line. */
export function isSupported(releases: readonly GoRelease[], version: string): boolean {
  const line = lineOf(version);
  return line !== null && !isPreview(version) && supportedLines(releases).includes(line);
}

/** The newest of a line without previews; null where the list has none. */
export function newestOfLine(releases: readonly GoRelease[], line: string): GoRelease | null {
  return stableNewestFirst(releases).find((release) => lineOf(release.version) === line) ?? null;
}

export interface Offers {
  /** The newest patch of the installed version's line; null without an installed version or without that line. */
  readonly newestPatch: GoRelease | null;
  readonly newestStable: GoRelease | null;
}

/** @param installed for example "go1.26.3"; null where no Go was found. */
export function offers(releases: readonly GoRelease[], installed: string | null): Offers {
  const line = installed === null ? null : lineOf(installed);
  return {
    newestPatch: line === null ? null : newestOfLine(releases, line),
    newestStable: stableNewestFirst(releases)[0] ?? null,
  };
}

/** Releases that Go's own order knows, newest first, previews among them. */
export function newestFirst(releases: readonly GoRelease[]): readonly GoRelease[] {
  return releases
    .filter((release) => isRelease(release.version))
    .sort((a, b) => compareGoVersions(b.version, a.version));
}

/** The release that was asked for; null where the list does not have it. A line means its newest patch. */
export function findRelease(
  releases: readonly GoRelease[],
  wanted: WantedVersion,
): GoRelease | null {
  switch (wanted.kind) {
    case 'latest':
      return stableNewestFirst(releases)[0] ?? null;
    case 'line':
      return newestOfLine(releases, wanted.line);
    case 'version':
      return releases.find((release) => release.version === wanted.version) ?? null;
  }
}

export type FileChoice =
  | {
      readonly kind: 'file';
      readonly file: GoFile;
      /** Set where it is not made for this processor and runs all the same. */
      readonly fallback: Message | null;
    }
  | {
      readonly kind: 'refused';
      /** `noFile`: nothing here runs on that machine. `emptyHash`: there is a file, and nothing to check it by. */
      readonly code: 'catalogue.noFile' | 'catalogue.emptyHash';
      readonly file: GoFile | null;
    };

/**
 * The archive for a machine: `.zip` on Windows, `.tar.gz` elsewhere.
 * @param machine `arch` is the hardware's: arm64 also where this process runs emulated.
 */
export function chooseFile(
  release: GoRelease,
  machine: { readonly os: MachineOs; readonly arch: MachineArch },
): FileChoice {
  const extension = machine.os === 'windows' ? '.zip' : '.tar.gz';
  const fitting = release.files.filter(
    (file) =>
      file.kind === 'archive' && file.os === machine.os && file.filename.endsWith(extension),
  );
  for (const arch of runnable[machine.os][machine.arch]) {
    const file = fitting.find((candidate) => candidate.arch === arch);
    if (file === undefined) continue;
    if (file.sha256 === '') return { kind: 'refused', code: 'catalogue.emptyHash', file };
    const fallback =
      arch === machine.arch
        ? null
        : message('choose.otherArch', { version: release.version, wanted: machine.arch, arch });
    return { kind: 'file', file, fallback };
  }
  return { kind: 'refused', code: 'catalogue.noFile', file: null };
}

/** The source archive, which alone carries an OpenPGP signature; null where the list has none with a hash. */
export function sourceFile(release: GoRelease): GoFile | null {
  const file = release.files.find(
    (candidate) => candidate.kind === 'source' && candidate.filename.endsWith('.src.tar.gz'),
  );
  return file === undefined || file.sha256 === '' ? null : file;
}

/** What runs where, best first: Windows on Arm and macOS on Arm emulate amd64; Windows runs 386 on amd64. */
const runnable: Readonly<Record<MachineOs, Readonly<Record<MachineArch, readonly MachineArch[]>>>> =
  {
    windows: { arm64: ['arm64', 'amd64', '386'], amd64: ['amd64', '386'], '386': ['386'] },
    darwin: { arm64: ['arm64', 'amd64'], amd64: ['amd64'], '386': ['386'] },
    linux: { arm64: ['arm64'], amd64: ['amd64'], '386': ['386'] },
  };

function stableNewestFirst(releases: readonly GoRelease[]): readonly GoRelease[] {
  return newestFirst(releases.filter((release) => release.stable && !isPreview(release.version)));
}
