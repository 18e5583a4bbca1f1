export const interfaceText = {} as const;
