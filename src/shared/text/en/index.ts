// English, the source language. One file a topic; `zh-CN` has the same keys, and a missing one does not compile.
import { audit } from './audit';
import { choose } from './choose';
import { defender } from './defender';
import { exclusions } from './exclusions';
import { failures } from './failures';
import { interfaceText } from './interface';
import { proofs } from './proofs';
import { shell } from './shell';
import { blocks } from './blocks';
import { history } from './history';
import { find } from './find';
import { commandLine } from './commandLine';
import { upgrade } from './upgrade';

export const en = {
  ...choose,
  ...audit,
  ...failures,
  ...proofs,
  ...defender,
  ...exclusions,
  ...blocks,
  ...history,
  ...find,
  ...interfaceText,
  ...shell,
  ...commandLine,
  ...upgrade,
} as const;

export type MessageKey = keyof typeof en;
