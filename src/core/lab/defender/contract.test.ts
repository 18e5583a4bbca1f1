import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { defenderContract } from '../../../../test/contract/defender';
import { elevationContract } from '../../../../test/contract/elevation';
import { eventLogContract } from '../../../../test/contract/eventLog';
import type { OpenProtection } from '../../../../test/contract/protection';
import { temporaryFolder } from '../../../../test/support/temporary';
import { openLabClock } from '../clock';
import { openLabDefender } from './index';

const scratch = temporaryFolder();

const open: OpenProtection = async (state) => {
  const stateFolder = await mkdtemp(join(scratch, 'state-'));
  const clock = await openLabClock(join(stateFolder, 'lab'));
  const lab = await openLabDefender({ stateFolder, scenario: state, clock });
  return {
    ...lab,
    close: () => {
      lab.close();
      clock.close();
    },
  };
};

describe('lab: Defender', () => {
  defenderContract(open);
});
describe('lab: elevation', () => {
  elevationContract(open);
});
describe('lab: event log', () => {
  eventLogContract(open);
});
