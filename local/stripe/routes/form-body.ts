/** The parameters of an API v1 request, which come as a form: `metadata[key]=value`, `enabled_events[0]=…`. */
export class FormBody {
  readonly #fields: URLSearchParams;

  constructor(body: Buffer) {
    this.#fields = new URLSearchParams(body.toString('utf8'));
  }

  text(name: string): string | undefined {
    return this.#fields.get(name) ?? undefined;
  }

  /** @returns `undefined` when the list was not sent */
  list(name: string): readonly string[] | undefined {
    const spelling = new RegExp(`^${name}\\[\\d*\\]$`);
    const items = [...this.#fields].flatMap(([key, value]) => (spelling.test(key) ? [value] : []));
    return items.length > 0 ? items : undefined;
  }

  map(name: string): Readonly<Record<string, string>> {
    const spelling = new RegExp(`^${name}\\[([^\\]]+)\\]$`);
    return Object.fromEntries(
      [...this.#fields].flatMap(([key, value]) => {
        const inner = spelling.exec(key)?.[1];
        return inner === undefined ? [] : [[inner, value]];
      }),
    );
  }

  /** Names that were sent, without their brackets. */
  names(): ReadonlySet<string> {
    return new Set([...this.#fields.keys()].map((key) => key.split('[')[0] ?? key));
  }
}
