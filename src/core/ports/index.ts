// Ports: what the flows need of the world, as interfaces only. Adapters live in `core/node`, `core/windows` and
// `core/lab`; a contract suite in `test/contract` runs against each of them.
export * from './archives';
export * from './catalogue';
export * from './clock';
export * from './defender';
export * from './defenderCare';
export * from './downloads';
export * from './elevatedBatch';
export * from './elevation';
export * from './eventLog';
export * from './files';
export * from './goEnv';
export * from './goFinder';
export * from './headStore';
export * from './installer';
export * from './machine';
export * from './manifests';
export * from './organisationKeys';
export * from './proofSources';
export * from './progress';
export * from './signatures';
export * from './signingKeys';
export * from './trees';
export * from './settingsStore';
