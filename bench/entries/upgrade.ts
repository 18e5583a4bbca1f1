// An upgrade with every proof from the lab's own mirror in another process: `run.cjs <base> <trust.json> <folder> [source]`.
// The product's flow and adapters; only whose keys count is the mirror's, which no product takes for anything but a lab.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { commonParts } from '../../src/core/compose/common';
import { upgradeGo, type UpgradeObserver } from '../../src/core/flows/upgradeGo';
import type { World } from '../../src/core/flows/world';
import type { LabTrust } from '../../src/core/lab/mirror';
import { nodeFiles } from '../../src/core/node/files';
import { goFinder } from '../../src/core/node/findGo';
import { nodeGoEnv } from '../../src/core/node/goEnv';
import { readMachine } from '../../src/core/node/machine';
import { systemClock } from '../../src/core/node/systemClock';
import { threadLimits } from '../../src/core/node/worker/workers';
import { labTrust } from '../../src/core/verify/trust';
import { message, type Proof } from '../../src/shared/model';

async function run(): Promise<void> {
  const [base = '', trustFile = '', folder = '', withSource] = process.argv.slice(2);
  const trust = JSON.parse(readFileSync(trustFile, 'utf8')) as LabTrust;
  const machine = readMachine();
  const common = await commonParts({
    stateFolder: join(folder, 'state'),
    startWorker: () => new Worker(join(__dirname, 'thread.cjs'), { resourceLimits: threadLimits }),
    clock: systemClock,
    files: nodeFiles,
    embedded: () => base,
  });
  const world: World = {
    ...common,
    mode: 'lab',
    scenario: null,
    scenarios: [],
    labEngine: false,
    machine,
    goFinder,
    goEnv: nodeGoEnv(machine),
    protection: { kind: 'missing', reason: message('upgrade.missing.system') },
    defaultSource: { kind: 'embedded' },
    prepare: () => Promise.resolve(),
    trustFor: () =>
      Promise.resolve(
        labTrust({
          checksumDatabase: { verifierKeys: [trust.verifierKey], knownHead: null },
          openpgp: { keyring: trust.keyring, primaryFingerprints: [trust.primaryFingerprint] },
          pin: () => null,
        }),
      ),
  };
  if (withSource !== undefined) {
    await world.settings.change({ requiredProofs: ['sha256', 'signedSource'] });
  }
  let rows: readonly Proof[] = [];
  const observer: UpgradeObserver = {
    chosen: () => undefined,
    step: () => undefined,
    progress: () => undefined,
    proofs: (proofs) => (rows = proofs),
    exclusions: () => undefined,
    run: () => undefined,
    takenBack: () => undefined,
    confirmExclusions: () => Promise.resolve(false),
  };
  const outcome = await upgradeGo(
    world,
    {
      source: { kind: 'embedded' },
      wanted: { kind: 'latest' },
      target: { os: 'windows', arch: 'amd64' },
      installRoot: join(folder, 'go'),
      exclusions: { kind: 'none' },
      accept: [],
    },
    observer,
    new AbortController().signal,
  );
  await world.close();
  const passed = rows.filter(({ state }) => state === 'passed').map(({ id }) => id);
  const expected = ['size', 'sha256', 'sidecar', 'checksumDatabase'];
  if (withSource !== undefined) expected.push('signedSource');
  if (outcome.kind !== 'upgraded' || passed.join() !== expected.join()) {
    throw new Error(`${outcome.kind}, passed: ${passed.join()}`);
  }
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
