export { buildMirror, labReleases, realSizeRelease } from './buildMirror';
export type { LabTrust } from './buildMirror';
export { faultsFile, type Fault, type FaultRule } from './faults';
export { serveMirror, type ServedMirror } from './serveMirror';
