// The row of Go's checksum database: the sum of the archive's own files against the sum in the public log. The sum is
// computed and shown also where the log cannot be reached.
import { message, type Evidence } from '../../shared/model';
import type { Proving } from './context';
import { h1OfManifest, toolchainModule, toolchainVersion } from './h1';
import { code, oftenMeans, placeOf, plain, type Finding } from './ladder';

export async function checkChecksumDatabase(proving: Proving): Promise<Finding> {
  const { platform, version } = proving.artefact;
  const { log } = proving.fetched;
  if (platform === null || log === null) {
    return { state: 'notPublished', summary: message('proof.checksumDatabase.onlyArchives') };
  }
  const manifest = await proving.manifest();
  const { h1, files } = h1OfManifest(manifest, version, platform.os, platform.arch);
  const module = `${toolchainModule}@${toolchainVersion(version, platform.os, platform.arch)}`;
  const computed: Evidence[] = [code('h1', h1), code('module', module)];
  const covers = plain(
    'covers',
    files,
    message('evidence.covers.text', { files, all: manifest.size }),
  );

  const answer = await log;
  switch (answer.kind) {
    case 'absent':
      return {
        state: 'unavailable',
        summary: message('proof.checksumDatabase.absent', {
          place: placeOf(answer.from, proving.request.source),
        }),
        evidence: [...computed, covers, plain('from', answer.from)],
      };
    case 'unavailable':
      return {
        state: 'unavailable',
        summary: message('proof.checksumDatabase.unavailable', {
          place: placeOf(answer.from, proving.request.source),
        }),
        evidence: [...computed, covers, plain('from', answer.from), plain('cause', answer.cause)],
      };
    case 'refused':
      return {
        state: 'failed',
        summary: message(`proof.checksumDatabase.refused.${answer.why}`),
        evidence: [...computed, plain('reason', answer.why), plain('cause', answer.detail)],
      };
    case 'recorded':
      break;
  }
  const logged: Evidence[] = [
    plain(
      'logEntry',
      answer.entry,
      message('evidence.logEntry.text', {
        entry: answer.entry,
        size: answer.treeSize,
        hashes: answer.pathLength,
      }),
    ),
    plain('treeSize', answer.treeSize),
    code('signedBy', answer.signedBy),
    ...(answer.continues === null ? [] : [plain('continues', answer.continues)]),
  ];
  if (answer.h1 !== h1) {
    return {
      state: 'failed',
      summary: message('proof.checksumDatabase.failed'),
      evidence: [
        code('expected', answer.h1),
        code('actual', h1),
        code('module', module),
        ...logged,
        oftenMeans(),
      ],
    };
  }
  return {
    state: 'passed',
    summary: message('proof.checksumDatabase.passed'),
    evidence: [...computed, ...logged, covers],
  };
}
