// The adapters over PowerShell keep the contracts that the lab's own keep: the same tests, by the same names.
import { describe, inject } from 'vitest';
import { defenderContract } from '../../test/contract/defender';
import { elevationContract } from '../../test/contract/elevation';
import { eventLogContract } from '../../test/contract/eventLog';
import type { OpenProtection } from '../../test/contract/protection';
import { temporaryFolder } from '../../test/support/temporary';
import { openProtectionOnHost } from './support/protectionOnHost';

const scratch = temporaryFolder();
const open: OpenProtection = (state) => openProtectionOnHost(scratch, inject('windowsHost'), state);

describe('PowerShell: Defender', () => {
  defenderContract(open);
});
describe('PowerShell: elevation', () => {
  elevationContract(open);
});
describe('PowerShell: event log', () => {
  eventLogContract(open);
});
