// `gangway verify`: proves a file that is already here, with whatever is at hand; offline too.
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { FailureError } from '../../core/failureError';
import { verifyDeps } from '../../core/flows/proveRelease';
import { isNamedMirror } from '../../core/flows/source';
import type { World } from '../../core/flows/world';
import { verifyFile } from '../../core/verify/verify';
import { releaseListSchema, type GoFile, type GoRelease, type Source } from '../../shared/model';
import { usage } from '../arguments';
import { done, failureAnswer } from '../answer';
import { text, type Command, type Context, valued } from '../command';
import { proofLines, proofsJson } from '../proofs';
import { acceptOption, helpOf, sourceOption, versionOf } from './common';

export const verify: Command = {
  name: 'verify',
  synopsis: 'FILE [options]',
  about: 'commandLine.verify.about',
  options: valued('version', 'source', 'signature', 'releases', 'from', 'accept-unavailable'),
  help: [
    ['--version V', 'commandLine.option.verifyVersion'],
    ['--source SRC.tar.gz', 'commandLine.option.source'],
    ['--signature SRC.tar.gz.asc', 'commandLine.option.signature'],
    ['--releases LIST.json', 'commandLine.option.releases'],
    helpOf.from,
    helpOf.accept,
  ],
  examples: [
    'gangway verify go1.27.0.windows-amd64.zip',
    'gangway verify go1.27.0.windows-amd64.zip --source go1.27.0.src.tar.gz --signature go1.27.0.src.tar.gz.asc --accept-unavailable checksumDatabase --json',
  ],
  positionals: { least: 1, most: 1 },
  async run(context) {
    const path = resolve(context.positionals[0] ?? '');
    const filename = basename(path);
    const typed = text(context.values, 'version');
    const version = typed === undefined ? undefined : versionOf(typed);
    const accept = acceptOption(context);
    context.known({ file: path, version: version ?? null, verdict: null, proofs: [] });
    const signature = await signatureOption(context);
    const world = await context.world();
    const source = await sourceOption(context, world);
    await world.prepare(source);
    const releases = await listOption(context, world, source);
    const settings = await world.settings.read();
    const trust = await world.trustFor(source);
    const isSource = /\.src\.tar\.gz$/.test(filename);
    const archive = text(context.values, 'source');
    context.step({ key: 'commandLine.step.verify', params: { file: filename } });
    const verdict = await verifyFile(
      {
        file: { path, filename, from: path },
        source,
        listed: releases === null ? null : listedAs(releases, filename, version),
        required: settings.requiredProofs,
        accept,
        signedSource:
          archive === undefined || signature === null
            ? null
            : { path: resolve(archive), signature },
        // Without an archive of sources beside it the signature is the file's own.
        ...(signature !== null && (isSource || archive === undefined) ? { signature } : {}),
        namedMirror: isNamedMirror(source),
        version,
      },
      verifyDeps(world, () => trust),
      (rows) => {
        context.known({ proofs: proofsJson(rows, context.language) });
      },
      context.signal,
    );
    const json = {
      file: path,
      version: verdict.version,
      verdict: verdict.verdict,
      proofs: proofsJson(verdict.proofs, context.language),
    };
    const rows = [
      ...proofLines(verdict.proofs, context.language),
      context.say({ key: `commandLine.verify.${verdict.verdict}` }),
    ];
    if (verdict.failure === null) return done({ outcome: 'verified', ...json }, rows);
    const answer = failureAnswer(verdict.failure, context.language, json);
    return { ...answer, lines: [...rows, ...answer.lines] };
  },
};

async function signatureOption(context: Context): Promise<string | null> {
  const named = text(context.values, 'signature');
  if (named === undefined) {
    if (text(context.values, 'source') !== undefined) throw usage('--source … --signature …');
    return null;
  }
  return readText(resolve(named));
}

/** The list that was given, else the source's own; null where neither is to be had. */
async function listOption(
  context: Context,
  world: World,
  source: Source,
): Promise<readonly GoRelease[] | null> {
  const named = text(context.values, 'releases');
  if (named === undefined) {
    try {
      return (await world.catalogue.list(source, context.signal)).releases;
    } catch (error) {
      // The rows of the proofs that need a list will say so.
      if (error instanceof FailureError && error.failure.code !== 'cancelled') return null;
      throw error;
    }
  }
  let value: unknown;
  try {
    value = JSON.parse(await readText(resolve(named)));
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw new FailureError('catalogue.notJson', { params: { place: named }, cause: error });
  }
  const parsed = releaseListSchema.safeParse(value);
  if (!parsed.success) {
    throw new FailureError('catalogue.wrongShape', {
      params: { place: named },
      cause: parsed.error,
    });
  }
  return parsed.data;
}

function listedAs(
  releases: readonly GoRelease[],
  filename: string,
  version: string | undefined,
): Pick<GoFile, 'sha256' | 'size'> | null {
  const files = releases.flatMap((release) => release.files);
  const named = files.find((file) => file.filename === filename);
  if (named !== undefined || version === undefined) return named ?? null;
  return files.find((file) => file.filename === `${version}.windows-amd64.zip`) ?? null;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new FailureError('disk.missing', { params: { path }, cause: error });
  }
}
