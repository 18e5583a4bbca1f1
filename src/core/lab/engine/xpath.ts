// The part of XPath that event queries use: `*[System[(EventID=1116 or EventID>=5000) and EventRecordID>7]]`, with
// TimeCreated and Provider. Anything else is an invalid query, as the event log would say of a wrong one.

export interface EventFacts {
  readonly eventId: number;
  readonly recordId: number;
  readonly level: number;
  /** ISO 8601. */
  readonly at: string;
  readonly provider: string;
}

export type EventFilter = (event: EventFacts, now: string) => boolean;

/** Null where the query is none that this understands. */
export function parseQuery(text: string): EventFilter | null {
  const body = /^\s*\*\s*\[\s*System\s*\[([\s\S]*)\]\s*\]\s*$/.exec(text)?.[1];
  if (body === undefined) return /^\s*\*\s*$/.test(text) ? () => true : null;
  const tokens = tokensOf(body);
  if (tokens === null) return null;
  const reader = new Reader(tokens);
  const filter = reader.either();
  return reader.isDone() ? filter : null;
}

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';
const pattern =
  /\s*(?:(and|or)\b|(timediff)\b|(@?[A-Za-z]+)|(<=|>=|!=|=|<|>)|'([^']*)'|"([^"]*)"|(\d+)|([()[\]]))/y;

type Token =
  | { readonly kind: 'word' | 'name' | 'text' | 'mark'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: Operator }
  | { readonly kind: 'number'; readonly text: string };

function tokensOf(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const rest = text.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < rest.length) {
    const match = pattern.exec(rest);
    if (match === null) return null;
    const [, joint, diff, name, operator, single, double, number, mark] = match;
    if (joint !== undefined) tokens.push({ kind: 'word', text: joint });
    else if (diff !== undefined) tokens.push({ kind: 'word', text: diff });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator as Operator });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else tokens.push({ kind: 'text', text: single ?? double ?? '' });
  }
  return tokens;
}

/** One look ahead; a null anywhere makes the whole null. */
class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  isDone(): boolean {
    return this.at === this.tokens.length;
  }

  either(): EventFilter | null {
    return this.joined(
      'or',
      () => this.all(),
      (one, other) => one || other,
    );
  }

  private all(): EventFilter | null {
    return this.joined(
      'and',
      () => this.single(),
      (one, other) => one && other,
    );
  }

  private joined(
    word: string,
    part: () => EventFilter | null,
    join: (one: boolean, other: boolean) => boolean,
  ): EventFilter | null {
    let filter = part();
    while (filter !== null && this.takes('word', word)) {
      const left = filter;
      const right = part();
      filter = right === null ? null : (event, now) => join(left(event, now), right(event, now));
    }
    return filter;
  }

  private single(): EventFilter | null {
    if (this.takes('mark', '(')) return this.closed(this.either(), ')');
    const name = this.take('name');
    switch (name) {
      case 'EventID':
        return this.number(({ eventId }) => eventId);
      case 'EventRecordID':
        return this.number(({ recordId }) => recordId);
      case 'Level':
        return this.number(({ level }) => level);
      case 'TimeCreated':
        return this.takes('mark', '[') ? this.closed(this.times(), ']') : null;
      case 'Provider': {
        if (!this.takes('mark', '[') || this.take('name') !== '@Name') return null;
        const operator = this.take('operator');
        const wanted = this.take('text');
        if (operator !== '=' || wanted === null) return null;
        return this.closed(({ provider }) => provider === wanted, ']');
      }
      case null:
      default:
        return null;
    }
  }

  private times(): EventFilter | null {
    return this.joined(
      'and',
      () => this.time(),
      (one, other) => one && other,
    );
  }

  private time(): EventFilter | null {
    if (this.takes('word', 'timediff')) {
      const isOpen = this.takes('mark', '(') && this.take('name') === '@SystemTime';
      if (!isOpen || !this.takes('mark', ')')) return null;
      return this.number(({ at }, now) => Date.parse(now) - Date.parse(at));
    }
    if (this.take('name') !== '@SystemTime') return null;
    const operator = this.take('operator') as Operator | null;
    const wanted = Date.parse(this.take('text') ?? '');
    if (operator === null || Number.isNaN(wanted)) return null;
    return ({ at }) => compare(Date.parse(at), operator, wanted);
  }

  private number(of: (event: EventFacts, now: string) => number): EventFilter | null {
    const operator = this.take('operator') as Operator | null;
    const wanted = this.take('number');
    if (operator === null || wanted === null) return null;
    return (event, now) => compare(of(event, now), operator, Number(wanted));
  }

  private closed(filter: EventFilter | null, mark: string): EventFilter | null {
    return this.takes('mark', mark) ? filter : null;
  }

  private take(kind: Token['kind']): string | null {
    const token = this.tokens[this.at];
    if (token?.kind !== kind) return null;
    this.at += 1;
    return token.text;
  }

  private takes(kind: Token['kind'], text: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== kind || token.text !== text) return false;
    this.at += 1;
    return true;
  }
}

function compare(left: number, operator: Operator, right: number): boolean {
  switch (operator) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
