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
  const lookup = (context: RequestContext): readonly string[] | undefined => {
    const found =
      context[key] ?? Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
    return typeof found === 'string' ? [found] : found;
  };
  if (operator === 'Null') {
    return { key, holds: (context) => values.includes(String(lookup(context) === undefined)) };
  }
  const [, set, base = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const positive = OPERATORS[base];
  const compile = positive ?? NEGATED[base];
  if (!compile) throw fail(`the condition operator ${operator} is not evaluated by the local runtime.`);
  const tests = values.map(compile);
  const fits: TextTest = (text) => tests.some((test) => test(text)) === (positive !== undefined);
  return {
    key,
    holds: (context) => {
      const seen = lookup(context);
      if (set === 'ForAllValues:') return seen === undefined || seen.every(fits);
      if (set === 'ForAnyValue:') return seen?.some(fits) ?? ifExists !== undefined;
      // A key that the request lacks fits nothing: that fails a positive operator, and fulfils one that negates.
      if (seen === undefined) return ifExists !== undefined || positive === undefined;
      return positive ? seen.some(fits) : seen.every(fits);
    },
  };
}
