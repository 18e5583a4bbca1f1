// A cmdlet's parameters as they came over the wire: names in any case, one value where a list may stand. What a cmdlet
// does not have is refused as PowerShell refuses it.
import { failed, type Answer } from '../defender/answers';
import { z } from '../../../shared/zod';

/** Every cmdlet has these, or all that are made from CIM have; none changes what the lab answers. */
const common = new Set(
  (
    'erroraction warningaction informationaction verbose debug errorvariable warningvariable informationvariable ' +
    'outvariable outbuffer pipelinevariable whatif confirm cimsession throttlelimit asjob'
  ).split(' '),
);

const objectSchema = z.record(z.string(), z.unknown());

export class Parameters {
  private readonly values = new Map<string, unknown>();

  constructor(given: Readonly<Record<string, unknown>>) {
    for (const [name, value] of Object.entries(given)) this.values.set(name.toLowerCase(), value);
  }

  /** Null where all are known. */
  refused(cmdlet: string, known: readonly string[]): Answer<never> | null {
    const names = new Set(known.map((name) => name.toLowerCase()));
    const other = [...this.values.keys()].find((name) => !names.has(name) && !common.has(name));
    if (other === undefined) return null;
    return failed({
      message: `A parameter cannot be found that matches parameter name '${other}'.`,
      hresult: '0x80131501',
      category: 'InvalidArgument',
      id: `NamedParameterNotFound,${cmdlet}`,
    });
  }

  raw(name: string): unknown {
    return this.values.get(name.toLowerCase());
  }

  /** The texts of a parameter, in order; none where it was not given. */
  texts(name: string): readonly string[] {
    return listOf(this.raw(name)).flatMap((one) =>
      typeof one === 'string' ? [one] : typeof one === 'number' ? [String(one)] : [],
    );
  }

  text(name: string): string | null {
    return this.texts(name)[0] ?? null;
  }

  number(name: string): number | null {
    const value = Number(this.raw(name) ?? Number.NaN);
    return Number.isFinite(value) ? value : null;
  }

  flag(name: string): boolean {
    return this.raw(name) === true;
  }

  has(name: string): boolean {
    return this.values.has(name.toLowerCase());
  }

  object(name: string): Fields | null {
    // A parameter that takes several sends one as a list.
    return this.objects(name)[0] ?? null;
  }

  objects(name: string): readonly Fields[] {
    return listOf(this.raw(name)).flatMap((one) => fieldsOf(one) ?? []);
  }
}

/** An object of the script's: a hashtable, or one of Windows with its type. */
export class Fields extends Parameters {
  constructor(
    readonly given: Readonly<Record<string, unknown>>,
    readonly type: string | null,
  ) {
    super(given);
  }
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** A text or `{"$date"}` as ISO 8601; null where it is no time. A text without a zone is local time, as in Windows. */
export function timeOf(value: unknown): string | null {
  const dated = objectSchema.safeParse(value);
  const text = dated.success ? dated.data['$date'] : value;
  if (typeof text !== 'string') return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function fieldsOf(value: unknown): Fields | null {
  const parsed = objectSchema.safeParse(value);
  if (!parsed.success) return null;
  const { $type: type, props } = parsed.data;
  const inside = objectSchema.safeParse(props);
  const name = typeof type === 'string' ? type : null;
  if (inside.success) return new Fields(inside.data, name);
  return new Fields(
    Object.fromEntries(Object.entries(parsed.data).filter(([key]) => key !== '$type')),
    name,
  );
}
