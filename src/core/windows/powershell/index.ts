export type { PowerShellOptions, PowerShellSession, RunOptions } from './session';
export { createPowerShell } from './session';
export type { PowerShellAnswer, PowerShellError } from './answer';
export { hostEnvironment, systemPowerShell, systemRoot } from './environment';
export { asciiJson, requestJson } from './literal';
