// `go env` of the lab: a Windows Go does not run on every system, so its answers are made from the tree's VERSION file
// and from what was set before. Simulated, and labelled so wherever the lab is shown.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../failureError';
import { jsonFile } from '../node/jsonFile';
import { versionOf } from '../node/findGo';
import type { GoEnv } from '../ports';
import { z } from '../../shared/zod';
import type { LabDrive } from './machineDrive';

const keptSchema = z.object({ GOTMPDIR: z.string().max(4096).optional() });

/** What was set is kept in `lab/goenv.json` of the state folder, for every Go of the lab as `go env -w` does. */
export function labGoEnv(stateFolder: string, drive: LabDrive): GoEnv {
  const kept = jsonFile(join(stateFolder, 'lab', 'goenv.json'), keptSchema);

  async function versionAt(root: string): Promise<string | null> {
    const folder = drive.host(root);
    const program = join(folder, 'bin', 'go.exe');
    const there = await stat(program).then(
      (found) => found.isFile(),
      () => false,
    );
    return there ? versionOf(folder) : null;
  }

  const read: GoEnv['read'] = async (root) => {
    const version = await versionAt(root);
    if (version === null) {
      throw new FailureError('goEnv.unavailable', {
        params: { root: drive.display(root) },
        next: ['chooseOtherVersion'],
        cause: new Error('bin\\go.exe or VERSION is missing'),
      });
    }
    const set = (await kept.read()) ?? {};
    return {
      GOARCH: 'amd64',
      GOBIN: '',
      GOCACHE: drive.folders.goCache,
      GOENV: drive.folders.goEnv,
      GOEXE: '.exe',
      GOFLAGS: '',
      GOHOSTARCH: 'amd64',
      GOHOSTOS: 'windows',
      GOMODCACHE: drive.folders.goModCache,
      GOOS: 'windows',
      GOPATH: drive.folders.goPath,
      GOROOT: drive.display(drive.host(root)),
      GOSUMDB: 'sum.golang.org',
      GOTMPDIR: set.GOTMPDIR ?? '',
      GOTOOLCHAIN: 'auto',
      GOTOOLDIR: `${drive.display(drive.host(root))}\\pkg\\tool\\windows_amd64`,
      GOVERSION: version,
    };
  };

  return {
    read,
    async set(root, name, value) {
      if (name !== 'GOTMPDIR') {
        throw new FailureError('internal', {
          cause: new Error(`go env -w ${name} is not allowed`),
        });
      }
      await kept.write(value === '' ? {} : { GOTMPDIR: value });
      return (await read(root))['GOTMPDIR'] === value;
    },
    async version(root) {
      const version = await versionAt(root);
      return version === null ? null : `go version ${version} windows/amd64`;
    },
  };
}
