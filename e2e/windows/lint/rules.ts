// Every rule that the product's scripts are held to.
import { commandRules } from './commandRules';
import type { Rule } from './findings';
import { rightsRules } from './rightsRules';
import { textRules } from './textRules';

export const rules: readonly Rule[] = [...textRules, ...commandRules, ...rightsRules];
