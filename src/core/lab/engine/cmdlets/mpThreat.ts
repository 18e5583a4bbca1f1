// Get-MpThreatDetection, Get-MpThreat and Remove-MpThreat, over what the lab's events say was found.
import type { Answer } from '../../defender/answers';
import { detections, removeThreats, type Detection } from '../../defender/threats';
import type { LabDefender } from '../../defender';
import { wireDate, wireObject, type WireObject } from '../wire';
import type { Cmdlet } from './cmdlet';

export const getMpThreatDetection: Cmdlet = {
  parameters: ['ThreatID'],
  async run(lab, _, parameters) {
    const found = await read(lab, 'Get-MpThreatDetection');
    if (found.kind === 'failed') return found;
    const { platform } = lab.settings;
    return {
      kind: 'value',
      value: found.value.filter(isWanted(parameters.texts('ThreatID'))).map((detection) =>
        wireObject('MSFT_MpThreatDetection', {
          ActionSuccess: true,
          AdditionalActionsBitMask: 0,
          AMProductVersion: platform,
          CleaningActionID: detection.actionId,
          CurrentThreatExecutionStatusID: 1,
          DetectionID: detection.detectionId,
          DetectionSourceTypeID: 3,
          DomainUser: detection.user,
          InitialDetectionTime: wireDate(detection.firstAt),
          LastThreatStatusChangeTime: wireDate(detection.changedAt),
          ProcessName: detection.process,
          RemediationTime:
            detection.remediatedAt === null ? null : wireDate(detection.remediatedAt),
          Resources: detection.resources,
          ThreatID: detection.threatId,
          ThreatStatusErrorCode: 0,
          ThreatStatusID: detection.statusId,
        }),
      ),
    };
  },
};

export const getMpThreat: Cmdlet = {
  parameters: ['ThreatID'],
  async run(lab, _, parameters) {
    const found = await read(lab, 'Get-MpThreat');
    if (found.kind === 'failed') return found;
    const wanted = found.value.filter(isWanted(parameters.texts('ThreatID')));
    const ids = [...new Set(wanted.map(({ threatId }) => threatId))];
    const objects = ids.flatMap((id): readonly WireObject[] => {
      const all = wanted.filter(({ threatId }) => threatId === id);
      const last = all.at(-1);
      if (last === undefined) return [];
      return [
        wireObject('MSFT_MpThreat', {
          CategoryID: last.categoryId,
          DidThreatExecute: false,
          IsActive: all.some(({ remediatedAt }) => remediatedAt === null),
          Resources: all.flatMap(({ resources }) => resources),
          RollupStatus: last.statusId,
          SchemaVersion: '1.0.0.0',
          SeverityID: last.severityId,
          ThreatID: last.threatId,
          ThreatName: last.threatName,
          TypeID: last.typeId,
        }),
      ];
    });
    return { kind: 'value', value: objects };
  },
};

export const removeMpThreat: Cmdlet = {
  parameters: [],
  async run({ store }, caller) {
    const answer = removeThreats(await store.view(), caller);
    return answer.kind === 'failed' ? answer : { kind: 'value', value: [] };
  },
};

async function read(lab: LabDefender, cmdlet: string): Promise<Answer<readonly Detection[]>> {
  return detections(await lab.store.view(), await lab.store.events(), cmdlet);
}

function isWanted(ids: readonly string[]): (detection: Detection) => boolean {
  return ({ threatId }) => ids.length === 0 || ids.includes(String(threatId));
}
