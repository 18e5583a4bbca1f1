export const choose = {
  'choose.otherArch': 'Go {{version}} has no file for {{wanted}}. The {{arch}} one runs here too.',
} as const;
