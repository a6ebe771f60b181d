import { isRecord } from '#shared/event/stripe-event.ts';
import { TemplateError } from './template-error.ts';

/** What the intrinsic functions of one stack's template can look up. */
export interface Scope {
  /** @returns `undefined` for `AWS::NoValue` */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  importValue(exportName: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, key: string, subKey: string): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(text('Ref', name)),
  Condition: (name, scope) => scope.condition(text('Condition', name)),
  'Fn::GetAtt': (path, scope) => {
    const [logicalId, ...name] = Array.isArray(path) ? path : text('Fn::GetAtt', path).split('.');
    return scope.attribute(text('Fn::GetAtt', logicalId), name.join('.'));
  },
  'Fn::ImportValue': (name, scope) => scope.importValue(text('Fn::ImportValue', evaluate(name, scope))),
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = list('Fn::Join', argument);
    const joined = list('Fn::Join', evaluate(parts, scope)).map((part) => text('Fn::Join', part));
    return joined.join(text('Fn::Join', delimiter));
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, whole] = list('Fn::Split', argument);
    return text('Fn::Split', evaluate(whole, scope)).split(text('Fn::Split', delimiter));
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = list('Fn::Select', argument).map((part) => evaluate(part, scope));
    const selected = list('Fn::Select', items)[Number(index)];
    if (selected === undefined) throw new TemplateError(`Fn::Select finds nothing at index ${String(index)}.`);
    return selected;
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    const own = new Map(Object.entries(isRecord(variables) ? variables : {}));
    return text('Fn::Sub', template).replaceAll(/\$\{([^}]*)\}/g, (_whole, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (own.has(name)) return text('Fn::Sub', evaluate(own.get(name), scope));
      const [logicalId = '', ...attribute] = name.split('.');
      return text('Fn::Sub', attribute.length ? scope.attribute(logicalId, attribute.join('.')) : scope.ref(name));
    });
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, key, subKey] = list('Fn::FindInMap', argument).map((p) => text('Fn::FindInMap', evaluate(p, scope)));
    return scope.mapping(map ?? '', key ?? '', subKey ?? '');
  },
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = list('Fn::If', argument);
    return evaluate(scope.condition(text('Fn::If', condition)) ? whenTrue : whenFalse, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list('Fn::Equals', argument).map((part) => evaluate(part, scope));
    return String(left) === String(right);
  },
  'Fn::And': (argument, scope) => list('Fn::And', argument).every((part) => evaluate(part, scope) === true),
  'Fn::Or': (argument, scope) => list('Fn::Or', argument).some((part) => evaluate(part, scope) === true),
  'Fn::Not': (argument, scope) => list('Fn::Not', argument).every((part) => evaluate(part, scope) === false),
};

/**
 * Evaluates the intrinsic functions in a template value; `AWS::NoValue` removes the key or list item it stands at.
 * @throws {TemplateError} an intrinsic the runtime does not know, or one with wrong arguments
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== undefined);
  if (!isRecord(value)) return value;
  const keys = Object.keys(value);
  const [only = ''] = keys;
  if (keys.length === 1 && (only.startsWith('Fn::') || Object.hasOwn(INTRINSICS, only))) {
    const intrinsic = INTRINSICS[only];
    // A policy statement's `Condition` is an object; only a condition's name makes it the intrinsic.
    if (only !== 'Condition' || typeof value.Condition === 'string') {
      if (!intrinsic) throw new TemplateError(`${only} is an intrinsic function that the local runtime does not know.`);
      return intrinsic(value[only], scope);
    }
  }
  const entries = keys.map((key): [string, unknown] => [key, evaluate(value[key], scope)]);
  return Object.fromEntries(entries.filter(([, evaluated]) => evaluated !== undefined));
}

function list(intrinsic: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new TemplateError(`${intrinsic} was given ${typeof value}; a list was expected.`);
}

function text(intrinsic: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${intrinsic} was given ${value === null ? 'null' : typeof value}; text was expected.`);
}
