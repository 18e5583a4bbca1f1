// Reads a record of Windows' event log. Event XML is data of unknown origin: its size is capped, a document type is
// refused, no entity is expanded but the five of XML itself, and fields are read by number and name, never by a
// translated text.
import { XMLParser } from 'fast-xml-parser';

/** One record, with what its kind of event says. */
export type WindowsEvent =
  | {
      readonly kind: 'detection';
      readonly recordId: number;
      /** ISO 8601, UTC. */
      readonly at: string;
      /** 1116 detected; 1117 action taken; 1118 and 1119 action failed. */
      readonly eventId: 1116 | 1117 | 1118 | 1119;
      readonly detectionId: string;
      readonly threat: string;
      readonly paths: readonly Resource[];
      readonly process: string;
      readonly actionId: number;
      readonly statusCode: number;
      readonly errorCode: string;
      readonly fields: Fields;
    }
  | {
      readonly kind: 'surfaceReduction';
      readonly recordId: number;
      readonly at: string;
      /** GUID, upper case, without braces. */
      readonly rule: string;
      readonly path: string;
      readonly process: string;
      readonly fields: Fields;
    }
  | {
      readonly kind: 'appControl';
      readonly recordId: number;
      readonly at: string;
      readonly file: string;
      readonly process: string;
      /** GUID, upper case, without braces. */
      readonly policy: string;
      readonly fields: Fields;
    }
  | {
      readonly kind: 'configuration';
      readonly recordId: number;
      readonly at: string;
      readonly before: string;
      readonly after: string;
    };

export type Fields = Readonly<Record<string, string>>;

/** `file:_C:\…`: one item of a detection's Path. */
export interface Resource {
  readonly kind: string;
  readonly path: string;
}

export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: WindowsEvent }
  /** Well formed, and of no interest here. */
  | { readonly kind: 'other'; readonly eventId: number }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Characters. The largest records seen in the wild have some 8,000. */
export const maxEventChars = 262_144;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  isArray: (name) => name === 'Data',
});

export function parseEvent(xml: string): ParsedEvent {
  if (xml.length > maxEventChars) return unreadable('larger than 256 KiB');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) return unreadable('a document type');
  let root: unknown;
  try {
    root = parser.parse(xml);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
  const system = child(child(root, 'Event'), 'System');
  const eventId = number(textOf(child(system, 'EventID')));
  const recordId = number(textOf(child(system, 'EventRecordID')));
  const at = time(attribute(child(system, 'TimeCreated'), 'SystemTime'));
  if (eventId === null || recordId === null || at === null) return unreadable('no event header');
  const fields = readFields(child(child(root, 'Event'), 'EventData'));
  const event = read(eventId, recordId, at, fields);
  return event === null ? { kind: 'other', eventId } : { kind: 'event', event };
}

function read(eventId: number, recordId: number, at: string, fields: Fields): WindowsEvent | null {
  const field = (name: string): string => fields[name] ?? '';
  switch (eventId) {
    case 1116:
    case 1117:
    case 1118:
    case 1119:
      return {
        kind: 'detection',
        recordId,
        at,
        eventId,
        detectionId: field('Detection ID').toUpperCase(),
        threat: field('Threat Name'),
        paths: readResources(field('Path')),
        process: field('Process Name'),
        actionId: number(field('Action ID')) ?? 0,
        statusCode: number(field('Status Code')) ?? 0,
        errorCode: field('Error Code'),
        fields,
      };
    case 1121:
      return {
        kind: 'surfaceReduction',
        recordId,
        at,
        rule: bareGuid(field('ID')),
        path: field('Path'),
        process: field('Process Name'),
        fields,
      };
    case 3077:
      return {
        kind: 'appControl',
        recordId,
        at,
        file: field('File Name'),
        process: field('Process Name'),
        policy: bareGuid(field('PolicyGUID')),
        fields,
      };
    case 5007:
      return {
        kind: 'configuration',
        recordId,
        at,
        before: field('Old Value'),
        after: field('New Value'),
      };
    default:
      return null;
  }
}

/**
 * `; `-separated items of `<kind>:_<value>`; the blank may be missing. Of an inner stream (`X->(…)`) and of a download
 * (`X|https://…`) the file is kept. A `;` within a name is told apart by what follows it.
 */
export function readResources(text: string): readonly Resource[] {
  return text
    .split(/;\s*(?=[a-z]+:_)/i)
    .filter((item) => item.trim() !== '')
    .map((item) => {
      const match = /^\s*([a-z]+):_(.*)$/is.exec(item);
      const kind = (match?.[1] ?? 'unknown').toLowerCase();
      const value = (match?.[2] ?? item).replace(/;\s*$/, '');
      const path = kind === 'webfile' ? value.split('|')[0] : value.split('->(')[0];
      return { kind, path: (path ?? '').trim() };
    });
}

/** The documented fields by name; `%%818`, a reference to a message table, stays as it is. */
function readFields(data: unknown): Fields {
  const fields: Record<string, string> = {};
  const items = child(data, 'Data');
  for (const item of Array.isArray(items) ? (items as unknown[]) : []) {
    const name = attribute(item, 'Name');
    if (name !== null && name !== '__proto__') fields[decode(name)] = textOf(item);
  }
  return fields;
}

function child(node: unknown, name: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return undefined;
  return (node as Readonly<Record<string, unknown>>)[name];
}

function attribute(node: unknown, name: string): string | null {
  const value = child(node, `@${name}`);
  return typeof value === 'string' ? decode(value) : null;
}

function textOf(node: unknown): string {
  const text = typeof node === 'string' ? node : child(node, '#text');
  return typeof text === 'string' ? decode(text) : '';
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** The five entities of XML and characters by number, once: what they give is not read again. */
function decode(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, ...found) => {
      const [hex, decimal, name] = found as (string | undefined)[];
      if (name !== undefined) return named[name.toLowerCase()] ?? whole;
      const code =
        hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function number(text: string): number | null {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}

/** Windows writes `2019-07-18 20:40:00.730675` and `2023-11-20T16:29:48.9847638Z`; both are UTC. */
function time(text: string | null): string | null {
  if (text === null) return null;
  const plain = text
    .trim()
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d+/, '$1');
  const parsed = Date.parse(/Z$|[+-]\d\d:\d\d$/.test(plain) ? plain : `${plain}Z`);
  return Number.isNaN(parsed) ? null : new Date(parsed).toISOString();
}

function bareGuid(text: string): string {
  return text.replace(/[{}\s]/g, '').toUpperCase();
}

function unreadable(why: string): ParsedEvent {
  return { kind: 'unreadable', why };
}
