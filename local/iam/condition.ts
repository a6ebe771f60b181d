import type { RequestContext } from './access.ts';
import { arnGlob, glob, type TextTest } from './glob.ts';

/** One key of a statement's `Condition`. */
export interface Condition {
  readonly key: string;
  readonly holds: (context: RequestContext) => boolean;
}

/** A policy variable: the request's value of another key. */
const VARIABLE = /\$\{([^}]+)\}/g;

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
  if (operator === 'Null') {
    return { key, holds: (context) => values.includes(String((lookUp(context, key)?.length ?? 0) === 0)) };
  }
  const [, set, base = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const positive = OPERATORS[base];
  const compile = positive ?? NEGATED[base];
  if (!compile) throw fail(`the condition operator ${operator} is not evaluated by the local runtime.`);
  const tests = values.map((value) => withVariables(value, compile));
  return {
    key,
    holds: (context) => {
      const seen = lookUp(context, key);
      const fits: TextTest = (text) => tests.some((test) => test(text, context)) === (positive !== undefined);
      if (set === 'ForAllValues:') return seen === undefined || [seen].flat().every(fits);
      if (set === 'ForAnyValue:') return seen === undefined ? ifExists !== undefined : [seen].flat().some(fits);
      // A key that the request lacks fits nothing: that fails a positive operator, and fulfils one that negates.
      if (seen === undefined) return ifExists !== undefined || positive === undefined;
      // Operators for one value are not meant for a key with several, and IAM does not say what they then do.
      return typeof seen === 'string' && fits(seen);
    },
  };
}

/** Names of keys are compared without regard to case. */
function lookUp(context: RequestContext, key: string): string | readonly string[] | undefined {
  return context[key] ?? Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** A value such as `${aws:PrincipalAccount}` is what the request says; without an answer nothing fits. */
function withVariables(value: string, compile: Compile): (text: string, context: RequestContext) => boolean {
  const variables = [...value.matchAll(VARIABLE)].map(([, name = '']) => name);
  if (variables.length === 0) return compile(value);
  return (text, context) => {
    const known = variables.every((name) => typeof lookUp(context, name) === 'string');
    return known && compile(value.replaceAll(VARIABLE, (_whole, name: string) => String(lookUp(context, name))))(text);
  };
}
