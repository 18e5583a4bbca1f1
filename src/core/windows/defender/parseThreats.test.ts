import { expect, it } from 'vitest';
import { parseThreats, threatsAnswerSchema } from './parseThreats';

const detection = {
  ActionSuccess: true,
  CleaningActionID: 2,
  DetectionID: '{511224d4-1eb4-47b9-bc4a-37e21f923fed}',
  DomainUser: 'LAB\\lin',
  InitialDetectionTime: '2026-11-21T20:40:00.730Z',
  LastThreatStatusChangeTime: '2026-11-21T20:40:01.000Z',
  ProcessName: 'C:\\Program Files\\Go\\bin\\go.exe',
  RemediationTime: '2026-11-21T20:40:01.000Z',
  Resources: ['file:_C:\\Users\\lin\\AppData\\Local\\Temp\\go-build1\\b001\\x.test.exe'],
  ThreatID: 2147735503,
  ThreatStatusErrorCode: 0,
  ThreatStatusID: 3,
};
const threat = { ThreatID: 2147735503, ThreatName: 'Trojan:Win32/Wacatac.C!ml' };
const read = (detections: readonly unknown[], threats: readonly unknown[] = [threat]) =>
  parseThreats(threatsAnswerSchema.parse({ detections, threats }));

it('joins a detection with the name of its threat', () => {
  expect(read([detection])).toEqual([
    {
      detectionId: '{511224D4-1EB4-47B9-BC4A-37E21F923FED}',
      threatId: 2147735503,
      threatName: 'Trojan:Win32/Wacatac.C!ml',
      resources: detection.Resources,
      process: detection.ProcessName,
      user: 'LAB\\lin',
      detectedAt: '2026-11-21T20:40:00.730Z',
      changedAt: '2026-11-21T20:40:01.000Z',
      remediatedAt: '2026-11-21T20:40:01.000Z',
      status: 3,
      action: 2,
      actionSucceeded: true,
      errorCode: 0,
    },
  ]);
});

it('leaves null what is not told', () => {
  const bare = {
    DetectionID: '{1}',
    ProcessName: 'Unknown',
    Resources: null,
    RemediationTime: null,
  };
  expect(read([bare], [])).toEqual([
    {
      detectionId: '{1}',
      threatId: null,
      threatName: null,
      resources: [],
      process: null,
      user: null,
      detectedAt: null,
      changedAt: null,
      remediatedAt: null,
      status: null,
      action: null,
      actionSucceeded: null,
      errorCode: null,
    },
  ]);
});

it('gives the newest first, and passes over what has no id', () => {
  const at = (InitialDetectionTime: string, DetectionID: string | null) => ({
    ...detection,
    InitialDetectionTime,
    DetectionID,
  });
  const found = read([
    at('2026-11-20T00:00:00.000Z', '{A}'),
    at('2026-11-22T00:00:00.000Z', '{B}'),
    at('2026-11-21T00:00:00.000Z', null),
  ]);
  expect(found.map(({ detectionId }) => detectionId)).toEqual(['{B}', '{A}']);
});
