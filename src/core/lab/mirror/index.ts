export { buildMirror, labReleases, realSizeRelease } from './buildMirror';
export type { LabTrust, MirrorOptions, ReleaseSpec } from './buildMirror';
export { faultsFile, type Fault, type FaultRule, type Faults } from './faults';
export { serveMirror, type ServedMirror, type ServeOptions } from './serveMirror';
