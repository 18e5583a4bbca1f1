// Makes a bundle's script ASCII alone: one Chinese character in it makes the engine hold, and read, all of it in two bytes a
// character.
import type { Plugin } from 'vite';

export function asciiText(): Plugin {
  return {
    name: 'ascii-text',
    // Last of all: what is made of a chunk after it was rendered prints characters as they are.
    generateBundle: (_options, bundle) => {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = asciiOf(file.code);
      }
    },
  };
}

function asciiOf(code: string): string {
  return code.replace(
    /[^\n\r\t -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
