// MpCmdRun.exe: -CheckExclusion, -Scan, -Restore and -SignatureUpdate, with what the real one prints and its exit codes.
// 0 is done, 1 is "not excluded", 2 is "found something" and "failed" alike.
import type { Caller } from '../defender/answers';
import { checkExclusion } from '../defender/checkExclusion';
import { restoreFiles, scanPath, threat, type Selected } from '../defender/files';
import type { LabDefender } from '../defender';
import { serviceCode, serves } from '../defender/status';
import { updateSignatures } from '../defender/threats';
import type { CommandReply } from './wire';

export async function runMpCmdRun(
  lab: LabDefender,
  caller: Caller,
  given: readonly string[],
): Promise<CommandReply> {
  const [command, ...rest] = given;
  const options = optionsOf(rest);
  switch (command?.toLowerCase()) {
    case '-checkexclusion':
      return check(lab, caller, options);
    case '-scan':
      return scan(lab, options);
    case '-restore':
      return restore(lab, caller, options);
    case '-signatureupdate':
      return update(lab);
    case undefined:
    default:
      return failure(lab, '0x80070667');
  }
}

type Options = ReadonlyMap<string, string>;

async function check(lab: LabDefender, caller: Caller, options: Options): Promise<CommandReply> {
  const path = options.get('path');
  if (path === undefined || path === '') return failure(lab, '0x80070667');
  const checked = checkExclusion(await lab.store.view(), caller, path);
  if (checked.kind === 'failed') return failure(lab, checked.hresult);
  const device = path.replace(/^c:/i, '\\Device\\HarddiskVolume3');
  const isExcluded = checked.kind === 'excluded';
  const line = `${path} [${device}] is ${isExcluded ? '' : 'not '}excluded.`;
  return { exitCode: isExcluded ? 0 : 1, output: `${line}\n` };
}

/** A custom scan; any other type looks at nothing in the lab. */
async function scan(lab: LabDefender, options: Options): Promise<CommandReply> {
  const file = options.get('file');
  if (options.get('scantype') !== '3' || file === undefined) return failure(lab, '0x80070667');
  return lab.store.change(async (step) => {
    if (!serves(step.settings)) return failure(lab, serviceCode(step.settings));
    const report = await scanPath(step, file, !options.has('disableremediation'));
    if (report.isMissing) return failure(lab, '0x80508023');
    const head = 'Scan starting...\nScan finished.\n';
    if (report.wasSkipped) return { exitCode: 0, output: `${head}Scanning ${file} was skipped.\n` };
    const { found } = report;
    if (found.length === 0) {
      return { exitCode: 0, output: `${head}Scanning ${file} found no threats.\n` };
    }
    const threats = found.map(
      ({ path, threat: name }) =>
        `${'-'.repeat(29)} Threat information ${'-'.repeat(30)}\n` +
        `Threat                  : ${name}\n` +
        'Resources               : 1 total\n' +
        `    file                : ${path}\n` +
        `${'-'.repeat(79)}\n`,
    );
    return {
      exitCode: 2,
      output:
        `${head}Scanning ${file} found ${String(found.length)} threats.\n` +
        `<${'='.repeat(27)}LIST OF DETECTED THREATS${'='.repeat(26)}>\n${threats.join('')}`,
    };
  });
}

async function restore(lab: LabDefender, caller: Caller, options: Options): Promise<CommandReply> {
  if (!caller.elevated) return failure(lab, '0x80070005');
  return lab.store.change(async (step) => {
    if (!serves(step.settings)) return failure(lab, serviceCode(step.settings));
    if (options.has('listall')) {
      const lines = step.state.quarantine.map(
        ({ path, at }) => `   file:${path} quarantined at ${written(at)} (UTC)\n`,
      );
      const list = lines.length === 0 ? '' : `ThreatName = ${threat.name}\n${lines.join('')}`;
      return { exitCode: 0, output: `The following items are quarantined:\n\n${list}` };
    }
    const selected = selectedBy(options);
    if (selected === null) return failure(lab, '0x80070667');
    const folder = options.get('path') ?? null;
    const restored = await restoreFiles(step, selected, folder);
    if (restored.length === 0 || restored.every(({ to }) => to === null)) {
      return failure(lab, '0x80070490');
    }
    const where = folder ?? 'their original location';
    const lines = restored.map(
      ({ path, at, to }) =>
        `   file:${path} quarantined at ${written(at)} (UTC) was ${to === null ? 'not ' : ''}restored\n`,
    );
    return {
      exitCode: 0,
      output:
        `Restoring the following quarantined items to ${where}:\n\n` +
        `ThreatName = ${threat.name}\n${lines.join('')}`,
    };
  });
}

function selectedBy(options: Options): Selected | null {
  const file = options.get('filepath');
  if (file !== undefined && file !== '') return { kind: 'file', path: file };
  const name = options.get('name');
  if (name !== undefined && name !== '') return { kind: 'threat', name };
  return options.has('all') ? { kind: 'all' } : null;
}

async function update(lab: LabDefender): Promise<CommandReply> {
  const answer = await lab.store.change((step) => updateSignatures(step));
  const head = 'Signature update started . . .\n';
  if (answer.kind === 'value')
    return { exitCode: 0, output: `${head}Signature update finished.\n` };
  const code = answer.error.hresult ?? '0x80508014';
  const { output } = failure(lab, code);
  return {
    exitCode: 2,
    output: `${head}ERROR: Signature Update failed with hr=${code}\n${output}`,
  };
}

/** `-Name value` and `-Flag`, names in lower case. */
function optionsOf(given: readonly string[]): Options {
  const options = new Map<string, string>();
  for (let at = 0; at < given.length; at += 1) {
    const name = given[at] ?? '';
    if (!name.startsWith('-')) continue;
    const next = given[at + 1];
    const isValue = next !== undefined && !next.startsWith('-');
    options.set(name.slice(1).toLowerCase(), isValue ? next : '');
    if (isValue) at += 1;
  }
  return options;
}

function failure({ drive }: LabDefender, hresult: string): CommandReply {
  const number = `0x${hresult.slice(2).toUpperCase()}`;
  const log = `${drive.folders.temp}\\MpCmdRun.log`;
  return {
    exitCode: 2,
    output: `CmdTool: Failed with hr = ${number}. Check ${log} for more information\n`,
  };
}

/** `2026/11/24 9:05:03` */
function written(iso: string): string {
  const at = new Date(iso);
  const two = (number: number): string => String(number).padStart(2, '0');
  return (
    `${String(at.getUTCFullYear())}/${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())} ` +
    `${String(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
  );
}
