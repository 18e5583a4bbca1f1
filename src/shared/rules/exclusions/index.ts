// Which exclusions Gangway may write, in which words, and how far an entry of someone else reaches.
export * from './commands';
export * from './contextual';
export * from './doNotExclude';
export * from './environment';
export * from './judge';
export * from './places';
export * from './platform';
export * from './reach';
export * from './refusal';
