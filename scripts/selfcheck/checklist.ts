// What only a real Windows can settle, one entry each: how to ask, what is expected, and what follows where it differs.
// docs/windows-checklist.md is written from this list, and the selfcheck answers it.
import { defenderItems } from './items/defender';
import { elevationItems } from './items/elevation';
import { eventItems } from './items/events';
import type { Item } from './items/item';
import { machineItems } from './items/machine';
import { powershellItems } from './items/powershell';

export type { How, Item } from './items/item';

export const checklist = [
  ...powershellItems,
  ...elevationItems,
  ...defenderItems,
  ...eventItems,
  ...machineItems,
] as const;

type AnyItem = (typeof checklist)[number]['items'][number];
export type ReadId = Extract<AnyItem, { how: 'read' }>['id'];
export type WriteId = Extract<AnyItem, { how: 'write' }>['id'];
export type ItemId = AnyItem['id'];

export const items: readonly (Item & { readonly id: ItemId })[] = checklist.flatMap<
  Item & { readonly id: ItemId }
>((group) => [...group.items]);
