import { describe } from 'vitest';
import { defenderContract } from '../contract/defender';
import { elevationContract } from '../contract/elevation';
import { eventLogContract } from '../contract/eventLog';
import type { OpenProtection } from '../contract/protection';
import { defender, uac } from './defender';

const open: OpenProtection = (state) => {
  switch (state) {
    case 'clean':
      return Promise.resolve(defender.on());
    case 'tamperProtected':
      return Promise.resolve(defender.tamperProtected());
    case 'managed':
      return Promise.resolve(defender.managed());
    case 'hiddenLists':
      return Promise.resolve(defender.hiddenLists());
    case 'thirdPartyAntivirus':
      return Promise.resolve(defender.thirdPartyAntivirus());
    case 'uacDeclined':
      return Promise.resolve(uac.declined());
    case 'defenderOff':
      return Promise.resolve(defender.off());
  }
};

describe('fakes: Defender', () => {
  defenderContract(open);
});
describe('fakes: elevation', () => {
  elevationContract(open);
});
describe('fakes: event log', () => {
  eventLogContract(open);
});
