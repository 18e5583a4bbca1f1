import type { Command } from '../command';
import { audit } from './audit';
import { exclusions } from './exclusions';
import { history } from './history';
import { keys } from './keys';
import { releases } from './releases';
import { rollbackCommand } from './rollback';
import { switchCommand } from './switch';
import { upgrade } from './upgrade';
import { verify } from './verify';

export const commands: readonly Command[] = [
  upgrade,
  releases,
  verify,
  audit,
  keys,
  exclusions,
  rollbackCommand,
  history,
  switchCommand,
];
