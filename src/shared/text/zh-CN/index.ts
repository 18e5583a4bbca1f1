// Simplified Chinese: the keys of English, no more and no fewer.
import type { MessageKey } from '../en';
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

export const zhCN: Readonly<Record<MessageKey, string>> = {
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
};
