// Makes a mirror with small made-up releases in the true formats, with keys of its own: zips as Go's distpack shapes
// them, the list, hashes, a signed source archive, an organisation's signed SHA256SUMS and a checksum database. The
// private keys are used once and forgotten. What it makes is trusted for the embedded source alone.
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GoFile, GoRelease, MachineArch } from '../../../shared/model';
import { z } from '../../../shared/zod';
import { jsonFile } from '../../node/jsonFile';
import { loadOpenPgp, type OpenPgp } from '../../node/openpgp/load';
import { commonFiles, windowsFiles, type ReleasePlan } from './contents';
import { goModSum, moduleSum, toolchainModule, toolchainVersion } from './moduleSum';
import { seeded } from './random';
import { writeTarGz } from './tarWriter';
import { buildLog, makeSigner, sumRecord } from './tlog';
import { writeZip } from './zipWriter';

/** What must be trusted to believe a mirror. Never use it for another source. */
const labTrustSchema = z.object({
  /** Of the checksum database: `<name>+<hash>+<base64>`. */
  verifierKey: z.string(),
  /** Armoured public key that signs source archives, and its fingerprint in upper-case hex. */
  keyring: z.string(),
  primaryFingerprint: z.string(),
  /** The same of the organisation that signs SHA256SUMS. */
  organisationKeyring: z.string(),
  organisationFingerprint: z.string(),
});
export type LabTrust = z.infer<typeof labTrustSchema>;

export interface MirrorOptions {
  readonly releases?: readonly ReleaseSpec[];
  readonly seed?: string;
  /**
   * Releases are signed by a subkey that whoever trusts the mirror has not seen yet; only `linux/linux_signing_key.pub`
   * has it, as after Google took a new one.
   */
  readonly rotated?: boolean;
  /** Of deflate and gzip, 1 to 9; the real releases use 9. */
  readonly level?: number;
}

export interface ReleaseSpec {
  readonly version: string;
  /** ISO 8601, UTC: the second line of its VERSION file. */
  readonly time: string;
  readonly archs: readonly MachineArch[];
  readonly scale?: ReleasePlan['scale'];
  /** In the list with an empty hash, as releases of the SHA-1 era are; no file is made. */
  readonly withoutHash?: boolean;
}

const everyArch: readonly MachineArch[] = ['386', 'amd64', 'arm64'];

/** Two supported lines, two older ones, one preview, and one from the time before SHA-256. */
export const labReleases: readonly ReleaseSpec[] = [
  { version: 'go1.27.0', time: '2026-08-18T21:24:23Z', archs: everyArch },
  { version: 'go1.26.7', time: '2026-08-18T20:10:05Z', archs: everyArch },
  { version: 'go1.26.3', time: '2026-04-01T16:02:44Z', archs: ['amd64'] },
  { version: 'go1.25.13', time: '2026-08-04T18:31:12Z', archs: ['amd64'] },
  { version: 'go1.24.4', time: '2025-06-05T17:20:30Z', archs: ['386', 'amd64'] },
  { version: 'go1.28rc1', time: '2026-11-10T19:00:00Z', archs: ['amd64', 'arm64'] },
  { version: 'go1.5.2', time: '2015-12-02T22:00:00Z', archs: ['amd64'], withoutHash: true },
];

/** One release as large as the real one, for benchmarks: some 79 MB of zip, 15,600 files. */
export const realSizeRelease: ReleaseSpec = {
  version: 'go1.27.0',
  time: '2026-08-18T21:24:23Z',
  archs: ['amd64'],
  scale: 'real',
};

/** Raised whenever what is made changes, so that an older mirror in a state folder is made anew. */
const format = 2;
const manifestSchema = z.object({ format: z.literal(format), trust: labTrustSchema });

/** Makes the mirror, or takes the one that is there. Some 1 s; the folder ends with some 15 MB. */
export async function buildMirror(folder: string, options: MirrorOptions = {}): Promise<LabTrust> {
  const manifest = jsonFile(join(folder, 'mirror.json'), manifestSchema);
  const made = await manifest.read();
  if (made !== null) return made.trust;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'dl'), { recursive: true });
  const openpgp = await loadOpenPgp();
  const releaseKey = await makeKey(openpgp, 'Gangway Lab Release Signing', options.rotated);
  const organisationKey = await makeKey(openpgp, 'Gangway Lab Organisation');
  const seed = options.seed ?? 'gangway';
  const releases: GoRelease[] = [];
  const records: string[] = [];
  for (const spec of options.releases ?? labReleases) {
    const one = await makeRelease(folder, spec, seed, options.level ?? 9);
    releases.push(one.release);
    records.push(...one.records);
    for (const file of one.release.files) {
      if (file.kind !== 'source' || file.sha256 === '') continue;
      const path = join(folder, 'dl', file.filename);
      await writeFile(`${path}.asc`, await releaseKey.sign(await readFile(path)));
    }
  }
  await writeFile(join(folder, 'dl', 'index.json'), JSON.stringify(releases, null, 1));
  await mkdir(join(folder, 'linux'));
  await writeFile(join(folder, 'linux', 'linux_signing_key.pub'), releaseKey.published);
  await writeSums(folder, releases, organisationKey);
  const verifierKey = await writeDatabase(folder, records, seed);
  const trust: LabTrust = {
    verifierKey,
    keyring: releaseKey.publicKey,
    primaryFingerprint: releaseKey.fingerprint,
    organisationKeyring: organisationKey.publicKey,
    organisationFingerprint: organisationKey.fingerprint,
  };
  // Last: a folder without it is a leftover.
  await manifest.write({ format, trust });
  return trust;
}

async function makeRelease(
  folder: string,
  spec: ReleaseSpec,
  seed: string,
  level: number,
): Promise<{ readonly release: GoRelease; readonly records: readonly string[] }> {
  const { version } = spec;
  const time = new Date(spec.time);
  const plan: ReleasePlan = { version, time, scale: spec.scale ?? 'small', seed };
  const files: GoFile[] = [];
  const records: string[] = [];
  const source = `${version}.src.tar.gz`;
  if (spec.withoutHash !== true) {
    await writeTarGz(join(folder, 'dl', source), commonSource(plan), time, level);
    files.push(
      await listed(folder, { filename: source, os: '', arch: '', version, kind: 'source' }),
    );
  }
  for (const arch of spec.archs) {
    const filename = `${version}.windows-${arch}.zip`;
    const entry = { filename, os: 'windows', arch, version, kind: 'archive' } as const;
    if (spec.withoutHash === true) {
      files.push({ ...entry, sha256: '', size: 0 });
      continue;
    }
    const moduleVersion = toolchainVersion(version, 'windows', arch);
    const sum = moduleSum(moduleVersion);
    const fd = openSync(join(folder, 'dl', filename), 'w');
    try {
      writeZip(fd, passing(windowsFiles(plan, arch), sum.pass), time, level);
    } finally {
      closeSync(fd);
    }
    files.push(await listed(folder, entry));
    records.push(sumRecord(toolchainModule, moduleVersion, sum.sum(), goModSum));
    // Between archives the caller's other work has its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { release: { version, stable: !/(?:beta|rc)\d+$/.test(version), files }, records };
}

/** As in Go's: neither programs nor `pkg/`. */
function* commonSource(plan: ReleasePlan) {
  for (const file of commonFiles(plan)) if (!file.name.startsWith('go/pkg/')) yield file;
}

function* passing<T>(items: Iterable<T>, pass: (item: T) => T): Generator<T> {
  for (const item of items) yield pass(item);
}

/** The list's entry of a file that was made, and its `.sha256` beside it: 64 digits and nothing else. */
async function listed(folder: string, entry: Omit<GoFile, 'sha256' | 'size'>): Promise<GoFile> {
  const path = join(folder, 'dl', entry.filename);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
  }
  const sha256 = hash.digest('hex');
  await writeFile(`${path}.sha256`, sha256);
  return { ...entry, sha256, size: (await stat(path)).size };
}

interface SigningKey {
  readonly publicKey: string;
  /** The same key as it is published now. */
  readonly published: string;
  readonly fingerprint: string;
  /** A detached signature, armoured. */
  sign(bytes: Uint8Array): Promise<string>;
}

async function makeKey(openpgp: OpenPgp, name: string, rotated = false): Promise<SigningKey> {
  // So that a clock that is a little behind does not meet a key from the future.
  const date = new Date(Date.now() - 60 * 60 * 1000);
  const { privateKey, publicKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name, email: 'lab@gangway.invalid' }],
    date,
    format: 'object',
  });
  const signer = rotated
    ? await privateKey.addSubkey({ type: 'ecc', curve: 'ed25519Legacy', sign: true, date })
    : privateKey;
  return {
    publicKey: publicKey.armor(),
    published: signer.toPublic().armor(),
    fingerprint: publicKey.getFingerprint().toUpperCase(),
    async sign(bytes) {
      const message = await openpgp.createMessage({ binary: bytes });
      return String(await openpgp.sign({ message, signingKeys: signer, detached: true }));
    },
  };
}

async function writeSums(
  folder: string,
  releases: readonly GoRelease[],
  key: SigningKey,
): Promise<void> {
  const files = releases.flatMap((release) => release.files).filter((file) => file.sha256 !== '');
  const text = files.map((file) => `${file.sha256}  ${file.filename}\n`).join('');
  await writeFile(join(folder, 'dl', 'SHA256SUMS'), text);
  await writeFile(join(folder, 'dl', 'SHA256SUMS.asc'), await key.sign(Buffer.from(text)));
}

/** So many other modules around ours that the tree has several tiles. */
const otherRecords = 700;

/** Every answer that a client can need, as files below `sumdb/`; the key signs once and is forgotten. */
async function writeDatabase(
  folder: string,
  records: readonly string[],
  seed: string,
): Promise<string> {
  const random = seeded(`${seed} database`);
  const all: string[] = Array.from({ length: otherRecords }, (_, i) =>
    sumRecord(
      `example.com/lab/module${String(i)}`,
      `v1.${String(random.below(40))}.${String(random.below(20))}`,
      `h1:${random.bytes(32).toString('base64')}`,
      `h1:${random.bytes(32).toString('base64')}`,
    ),
  );
  for (const record of records) all.splice(random.below(all.length), 0, record);
  const signer = makeSigner('sumdb.gangway-lab.invalid');
  const log = buildLog(all, signer);
  const forged = buildLog(all.slice(0, -1), makeSigner(signer.name));
  const write = async (
    below: string,
    path: string,
    content: string | Uint8Array,
  ): Promise<void> => {
    const file = join(folder, below, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  await write('sumdb', 'latest', log.latest);
  // Signed by a key of the same name that nobody trusts: served instead where a test asks for it.
  await write('sumdb-forged', 'latest', forged.latest);
  for (const [index, record] of all.entries()) {
    if (!record.startsWith(`${toolchainModule} `)) continue;
    const [, version = ''] = record.split(' ', 2);
    const path = `lookup/${toolchainModule}@${version}`;
    await write('sumdb', path, log.lookup(index));
    const honest = log.lookup(index);
    await write('sumdb-forged', path, honest.slice(0, -log.latest.length) + forged.latest);
  }
  for (const path of tilePaths(all.length)) {
    const tile = log.tile(`/${path}`);
    if (tile !== null) await write('sumdb', path, tile);
  }
  return signer.verifierKey;
}

/** Tiles of height 8: whole ones have 256 hashes, the last of a level fewer. Enough for trees below 1000 tiles. */
function tilePaths(size: number): readonly string[] {
  const paths: string[] = [];
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / 256)) {
    for (let first = 0; first < width; first += 256) {
      const name = `tile/8/${String(level)}/${String(first / 256).padStart(3, '0')}`;
      paths.push(width - first >= 256 ? name : `${name}.p/${String(width - first)}`);
    }
  }
  return paths;
}
