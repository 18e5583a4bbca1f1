// The lab: a simulated Windows computer below the state folder, with the real search, proofs, unpacking and journal on
// it. Only Defender, Windows' prompt and `go env` are simulated. Its own mirror is served when it is first asked for.
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFileLock } from '../fileLock';
import type { World } from '../flows/world';
import { isScenario, labDownloads, openLabDefender, scenarioNames } from '../lab/defender';
import { openLabClock } from '../lab/clock';
import { labGoEnv } from '../lab/goEnv';
import { labMachine } from '../lab/machine';
import { labDrive } from '../lab/machineDrive';
import { labFiles } from '../lab/machineFiles';
import { setUpLabMachine } from '../lab/machineSetup';
import { buildMirror, serveMirror, type LabTrust, type ServedMirror } from '../lab/mirror';
import { goFinder } from '../node/findGo';
import { proxyFromEnvironment } from '../node/http';
import { makeStateFolder } from '../node/stateFolder';
import { readRefreshedKeyring } from '../node/openpgp/googleKeys';
import { labTrust, productionTrust, withGoogleKeyring } from '../verify/trust';
import { FailureError } from '../failureError';
import type { Source } from '../../shared/model';
import { commonParts, type ComposeParts } from './common';
import { filesLookedAt, treesLookedAt } from './labScan';

export interface LabParts extends ComposeParts {
  readonly scenario: string;
  /** Bytes a second of the lab's mirror, so that a demonstration shows a transfer and not a flash. */
  readonly bytesPerSecond?: number;
}

/** @throws FailureError `usage` for a scenario that is not there */
export async function composeLab(parts: LabParts): Promise<World> {
  const { scenario } = parts;
  if (!isScenario(scenario)) {
    throw new FailureError('usage', { params: { said: `--lab ${scenario}` } });
  }
  await makeStateFolder(parts.stateFolder);
  const state = await realpath(parts.stateFolder);
  const drive = labDrive(state);
  const clock = await openLabClock(dirname(drive.root));
  await withFileLock(join(dirname(drive.root), 'setup.lock'), () => setUpLabMachine(drive));
  const lab = await openLabDefender({ stateFolder: state, scenario, clock });
  const mirror = new LazyMirror(join(dirname(drive.root), 'mirror'), parts.bytesPerSecond);
  const machine = labMachine(drive);
  const common = await commonParts({
    ...parts,
    stateFolder: state,
    clock,
    files: labFiles(drive),
    resolveProxy: parts.resolveProxy ?? proxyFromEnvironment(process.env),
    embedded: () => mirror.base,
    settled: treesLookedAt(lab, drive),
  });
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
      locate: (source, filename) => common.catalogue.locate(source, filename),
    },
    mode: 'lab',
    scenario,
    scenarios: scenarioNames,
    machine,
    goFinder,
    goEnv: labGoEnv(state, drive),
    downloads: filesLookedAt(common.downloads, lab, labDownloads),
    downloadsShown: labDownloads,
    protection: {
      kind: 'present',
      defender: lab.defender,
      elevation: lab.elevation,
      events: lab.events,
    },
    defaultSource: { kind: 'embedded' },
    prepare,
    async trustFor(source) {
      if (source.kind === 'embedded') return rootsOf(await mirror.serve());
      // The lab's keys are worth nothing for anybody else's files.
      const refreshed = await readRefreshedKeyring(state);
      return refreshed === '' ? productionTrust : withGoogleKeyring(refreshed);
    },
    async close() {
      await mirror.close();
      lab.close();
      clock.close();
      await common.close();
    },
  };
}

function rootsOf(trust: LabTrust): ReturnType<typeof labTrust> {
  return labTrust({
    checksumDatabase: { verifierKeys: [trust.verifierKey], knownHead: null },
    openpgp: { keyring: trust.keyring, primaryFingerprints: [trust.primaryFingerprint] },
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
