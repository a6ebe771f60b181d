import { isRecord } from '#shared/event/stripe-event.ts';

/** Reads typed fields from parsed JSON; what is missing or of another type becomes the error the caller chose. */
export class JsonReader {
  readonly value: Readonly<Record<string, unknown>>;
  readonly #fail: (message: string) => Error;

  /** @param fail makes the error from one sentence that names the field */
  constructor(value: unknown, fail: (message: string) => Error) {
    if (!isRecord(value)) throw fail('A JSON object was expected.');
    this.value = value;
    this.#fail = fail;
  }

  string(name: string): string {
    return this.optionalString(name) ?? this.#missing(name);
  }

  optionalString(name: string): string | undefined {
    const found = this.value[name];
    if (found === undefined || found === null) return undefined;
    return typeof found === 'string' ? found : this.#wrong(name, 'a string');
  }

  /** Takes numerals too: templates and the AWS CLI write numbers as text. */
  optionalNumber(name: string): number | undefined {
    const found = this.value[name];
    if (found === undefined || found === null) return undefined;
    const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.#wrong(name, 'a number');
  }

  number(name: string): number {
    return this.optionalNumber(name) ?? this.#missing(name);
  }

  optionalBoolean(name: string): boolean | undefined {
    const found = this.value[name];
    if (found === undefined || found === null) return undefined;
    if (found === 'true' || found === 'false') return found === 'true';
    return typeof found === 'boolean' ? found : this.#wrong(name, 'true or false');
  }

  optionalObject(name: string): JsonReader | undefined {
    const found = this.value[name];
    if (found === undefined || found === null) return undefined;
    return new JsonReader(found, (message) => this.#fail(`${name}: ${message}`));
  }

  object(name: string): JsonReader {
    return this.optionalObject(name) ?? this.#missing(name);
  }

  /** The objects of a list; an absent list is empty. */
  objects(name: string): JsonReader[] {
    return this.#list(name).map(
      (item, i) => new JsonReader(item, (message) => this.#fail(`${name}[${i}]: ${message}`)),
    );
  }

  /** The strings of a list; an absent list is empty. */
  strings(name: string): string[] {
    return this.#list(name).map((item) => (typeof item === 'string' ? item : this.#wrong(name, 'a list of strings')));
  }

  /** All fields as text, as in a map of attributes; an absent map is empty. */
  stringMap(name: string): Map<string, string> {
    const map = this.optionalObject(name);
    return new Map(Object.keys(map?.value ?? {}).map((key) => [key, String(map?.value[key])]));
  }

  #list(name: string): unknown[] {
    const found = this.value[name];
    if (found === undefined || found === null) return [];
    return Array.isArray(found) ? found : this.#wrong(name, 'a list');
  }

  #missing(name: string): never {
    throw this.#fail(`${name} is missing.`);
  }

  #wrong(name: string, expected: string): never {
    throw this.#fail(`${name} is ${typeof this.value[name]}; ${expected} was expected.`);
  }
}
