export const choose = {
  'choose.otherArch': 'Go {{version}} 没有适用于 {{wanted}} 的文件。{{arch}} 版本在这里也能运行。',
} as const;
