import type { RequestContext } from './access.ts';
import { arnGlob, glob, type TextTest } from './glob.ts';

/** One key of a statement's `Condition`. */
export interface Condition {
  readonly key: string;
  readonly holds: (context: RequestContext) => boolean;
}

type Compile = (value: string) => TextTest;

const ignoringCase: Compile = (value) => (text) => text.toLowerCase() === value.toLowerCase();
const number =
  (compare: (seen: number, wanted: number) => boolean): Compile =>
  (value) =>
  (text) =>
    compare(Number(text), Number(value));

/** Operators by name, each with the test of one value. Those that negate hold when no value fits. */
const OPERATORS: Readonly<Record<string, Compile>> = {
  ArnEquals: arnGlob,
  ArnLike: arnGlob,
  Bool: ignoringCase,
  NumericEquals: number((seen, wanted) => seen === wanted),
  NumericGreaterThan: number((seen, wanted) => seen > wanted),
  NumericGreaterThanEquals: number((seen, wanted) => seen >= wanted),
  NumericLessThan: number((seen, wanted) => seen < wanted),
  NumericLessThanEquals: number((seen, wanted) => seen <= wanted),
  StringEquals: (value) => (text) => text === value,
  StringEqualsIgnoreCase: ignoringCase,
  StringLike: (value) => glob(value),
};
const NEGATED: Readonly<Record<string, Compile>> = {
  ArnNotEquals: arnGlob,
  ArnNotLike: arnGlob,
  NumericNotEquals: number((seen, wanted) => seen === wanted),
  StringNotEquals: (value) => (text) => text === value,
  StringNotEqualsIgnoreCase: ignoringCase,
  StringNotLike: (value) => glob(value),
};

/**
 * Compiles one operator and key of a `Condition`.
 * @param operator such as `StringEquals`, `ArnLikeIfExists` or `ForAnyValue:StringLike`
 * @param fail makes the error for what cannot be evaluated here
 */
export function compileCondition(
  operator: string,
  key: string,
  values: readonly string[],
  fail: (message: string) => Error,
): Condition {
  const lookup = (context: RequestContext) => valuesOf(context, key);
  if (operator === 'Null') {
    return { key, holds: (context) => values.includes(String(lookup(context) === undefined)) };
  }
  const [, set, base = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const positive = OPERATORS[base];
  const compile = positive ?? NEGATED[base];
  if (!compile) throw fail(`the condition operator ${operator} is not evaluated by the local runtime.`);
  const tests = values.map((value) => ({ value, test: value.includes('${') ? undefined : compile(value) }));
  return {
    key,
    holds: (context) => {
      const seen = lookup(context);
      // A value with a variable of the request, such as the caller's account, is known only now.
      const known = tests.map(({ value, test }) => test ?? compile(withVariables(value, context)));
      const fits: TextTest = (text) => known.some((test) => test(text)) === (positive !== undefined);
      if (set === 'ForAllValues:') return seen === undefined || seen.every(fits);
      if (set === 'ForAnyValue:') return seen?.some(fits) ?? ifExists !== undefined;
      // A key that the request lacks fits nothing: that fails a positive operator, and fulfils one that negates.
      if (seen === undefined) return ifExists !== undefined || positive === undefined;
      return positive ? seen.some(fits) : seen.every(fits);
    },
  };
}

/** What a request says under a key, in whatever case the key is written. */
function valuesOf(context: RequestContext, key: string): readonly string[] | undefined {
  const found = context[key] ?? Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return typeof found === 'string' ? [found] : found;
}

/** Puts a request's own values in: `${aws:PrincipalAccount}`. One that it lacks leaves a text that nothing equals. */
function withVariables(value: string, context: RequestContext): string {
  return value.replaceAll(/\$\{([^}]+)\}/g, (_whole, key: string) => valuesOf(context, key)?.[0] ?? '\0');
}
