// The lab: a simulated Windows computer below the state folder, with the real search, proofs, unpacking and journal on
// it. Only Defender, Windows' prompt and `go env` are simulated. Its own mirror is served when it is first asked for.
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFileLock } from '../fileLock';
import type { World } from '../flows/world';
import { isScenario, openLabDefender, scenarioNames, type LabDefender } from '../lab/defender';
import { openLabClock } from '../lab/clock';
import { labGoEnv } from '../lab/goEnv';
import { isLabUser, labUserName } from '../lab/labFolders';
import { labMachine } from '../lab/machine';
import { labDrive } from '../lab/machineDrive';
import { labFiles } from '../lab/machineFiles';
import { isLabMachineSetUp, setUpLabMachine } from '../lab/machineSetup';
import { buildMirror, serveMirror, type LabTrust, type ServedMirror } from '../lab/mirror';
import { goFinder } from '../node/findGo';
import { proxyFromEnvironment } from '../node/http';
import { makeStateFolder } from '../node/stateFolder';
import { labTrust, withGoogleKeyring } from '../verify/trust';
import { FailureError } from '../failureError';
import type { Source } from '../../shared/model';
import { commonParts, type CommonParts, type ComposeParts } from './common';
import { openLabProtection } from './labProtection';
import { filesLookedAt, treesLookedAt } from './labScan';

export interface LabParts extends ComposeParts {
  readonly scenario: string;
  /** Bytes a second of the lab's mirror, so that a demonstration shows a transfer and not a flash. */
  readonly bytesPerSecond?: number;
}

/** @throws FailureError `usage` for a scenario that is not there, or an engine that is no absolute path */
export async function composeLab(parts: LabParts): Promise<World> {
  const { scenario } = parts;
  if (!isScenario(scenario)) {
    throw new FailureError('usage', { params: { said: `--lab ${scenario}` } });
  }
  const user = process.env['GANGWAY_LAB_USER'] ?? labUserName;
  if (!isLabUser(user)) {
    throw new FailureError('usage', { params: { said: `GANGWAY_LAB_USER=${user.slice(0, 64)}` } });
  }
  await makeStateFolder(parts.stateFolder);
  const state = await realpath(parts.stateFolder);
  const drive = labDrive(state, user);
  const clock = await openLabClock(dirname(drive.root));
  if (!(await isLabMachineSetUp(drive))) {
    await withFileLock(join(dirname(drive.root), 'setup.lock'), () => setUpLabMachine(drive));
  }
  const mirror = new LazyMirror(join(dirname(drive.root), 'mirror'), parts.bytesPerSecond);
  const machine = labMachine(drive);
  const files = labFiles(drive);
  // Each waits for the disk again and again, and neither needs the other until something is unpacked.
  const [lab, common]: readonly [LabDefender, CommonParts] = await Promise.all([
    openLabDefender({ stateFolder: state, scenario, clock, user }),
    commonParts({
      ...parts,
      stateFolder: state,
      clock,
      files,
      resolveProxy: parts.resolveProxy ?? proxyFromEnvironment(process.env),
      embedded: () => mirror.base,
      settled: (root): Promise<void> => treesLookedAt(lab, drive)(root),
    }),
  ]);
  const windows = await openLabProtection(lab, clock, files);
  const prepare = async (source: Source): Promise<void> => {
    if (source.kind === 'embedded') await mirror.serve();
  };
  return {
    ...common,
    catalogue: {
      list: async (source, signal) => {
        await prepare(source);
        return common.catalogue.list(source, signal);
      },
      kept: (source) => common.catalogue.kept(source),
      locate: (source, filename) => common.catalogue.locate(source, filename),
    },
    mode: 'lab',
    scenario,
    scenarios: scenarioNames,
    labEngine: windows.isEngine,
    machine,
    goFinder,
    goEnv: labGoEnv(state, drive),
    downloads: filesLookedAt(common.downloads, lab, drive.folders.downloads),
    downloadsShown: drive.folders.downloads,
    protection: windows.protection,
    defaultSource: { kind: 'embedded' },
    prepare,
    async trustFor(source) {
      const kept = await common.signingKeys.kept(source);
      // The lab's keys are worth nothing for anybody else's files.
      return source.kind === 'embedded'
        ? rootsOf(await mirror.serve(), kept)
        : withGoogleKeyring(kept);
    },
    async close() {
      await mirror.close();
      await windows.close();
      lab.close();
      clock.close();
      await common.close();
    },
  };
}

/** @param kept what the mirror published later of the same key */
function rootsOf(trust: LabTrust, kept: string): ReturnType<typeof labTrust> {
  return labTrust({
    checksumDatabase: { verifierKeys: [trust.verifierKey], knownHead: null },
    openpgp: {
      keyring: kept === '' ? trust.keyring : `${trust.keyring}\n${kept}`,
      primaryFingerprints: [trust.primaryFingerprint],
    },
    pin: () => null,
  });
}

/** Made and served at the first question, once. */
class LazyMirror {
  private running: Promise<{ readonly trust: LabTrust; readonly served: ServedMirror }> | null =
    null;
  private address: string | null = null;

  constructor(
    private readonly folder: string,
    private readonly bytesPerSecond: number | undefined,
  ) {}

  /** Null until it is served. */
  get base(): string | null {
    return this.address;
  }

  async serve(): Promise<LabTrust> {
    this.running ??= this.start();
    return (await this.running).trust;
  }

  async close(): Promise<void> {
    if (this.running !== null) await (await this.running).served.close();
  }

  private async start(): Promise<{ readonly trust: LabTrust; readonly served: ServedMirror }> {
    const trust = await withFileLock(`${this.folder}.lock`, () => buildMirror(this.folder), 60_000);
    const { bytesPerSecond } = this;
    const served = await serveMirror(
      this.folder,
      bytesPerSecond === undefined ? {} : { bytesPerSecond },
    );
    this.address = served.base;
    return { trust, served };
  }
}
