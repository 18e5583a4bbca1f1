// Shapes that cross a border: between processes, to disk, or to another program.
export * from './appState';
export * from './block';
export * from './defender';
export * from './exclusion';
export * from './failure';
export * from './history';
export * from './installed';
export * from './message';
export * from './proof';
export * from './release';
export * from './settings';
export * from './wizard';
