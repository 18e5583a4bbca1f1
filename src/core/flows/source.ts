// Sources as people name them, and which of them a person vouched for by naming it.
import { message, type Message, type Source } from '../../shared/model';

/** "go.dev", "golang.google.cn", an http(s) address, else a folder. */
export function readSource(text: string, absolute: (path: string) => string): Source {
  if (text === 'go.dev' || text === 'golang.google.cn' || text === 'embedded')
    return { kind: text };
  if (/^https?:\/\//i.test(text)) return { kind: 'url', url: text };
  return { kind: 'folder', path: absolute(text) };
}

/** How a source is called in a sentence. */
export function nameSource(source: Source, display: (path: string) => string): string {
  switch (source.kind) {
    case 'go.dev':
    case 'golang.google.cn':
      return source.kind;
    case 'embedded':
      return 'embedded mirror';
    case 'url':
      return source.url;
    case 'folder':
      return display(source.path);
  }
}

/** The same with words of the reader's language where a source has no name of its own. */
export function sourceWords(source: Source, display: (path: string) => string): string | Message {
  return source.kind === 'embedded' ? message('ui.source.lab') : nameSource(source, display);
}

/** An organisation's: named by the user or its administrator, never by a default. */
export function isNamedMirror(source: Source): boolean {
  return source.kind === 'url' || source.kind === 'folder';
}
