import { isRecord } from '#shared/event/stripe-event.ts';
import { JsonReader } from '../json-reader.ts';
import { type Condition, compileCondition } from './condition.ts';
import { glob, type TextTest } from './glob.ts';
import type { PrincipalElement, Statement } from './statement.ts';

type Fail = (message: string) => Error;

/** Elements of a statement that this runtime evaluates. Another one would change what the statement means. */
const ELEMENTS = new Set(['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);

/**
 * Reads the statements of a policy document.
 * @param id of the policy; the statements' ids begin with it
 * @param fail makes the error for what cannot be read, or not be evaluated here
 */
export function readPolicy(id: string, document: unknown, fail: Fail): Statement[] {
  const { value } = new JsonReader(document, fail);
  const statements = Array.isArray(value.Statement) ? value.Statement : [value.Statement];
  return statements.map((statement, i) => readStatement(id, statement, i, fail));
}

/** @param place in its policy: what a statement without a Sid is called by */
export function readStatement(policyId: string, value: unknown, place: number | string, fail: Fail): Statement {
  const reader = new JsonReader(value, fail);
  const source = reader.value;
  const id = `${policyId}#${reader.optionalString('Sid') ?? place}`;
  const failHere = (message: string) => fail(`statement ${id.split('#').at(-1)}: ${message}`);
  const unknown = Object.keys(source).find((element) => !ELEMENTS.has(element));
  if (unknown !== undefined) throw failHere(`${unknown} is not evaluated by the local runtime.`);
  const { Condition, ...others } = source;
  if (JSON.stringify(others).includes('${')) {
    throw failHere('policy variables outside of conditions are not evaluated by the local runtime.');
  }
  const effect = reader.string('Effect');
  if (effect !== 'Allow' && effect !== 'Deny') throw failHere(`Effect is "${effect}".`);
  return {
    id,
    effect,
    principal: source.Principal === undefined ? undefined : readPrincipal(source.Principal, failHere),
    action: readTest(source.Action, source.NotAction, true),
    // The trust policy of a role names no resource: it is about the role.
    resource: readTest(source.Resource ?? (source.NotResource === undefined ? '*' : undefined), source.NotResource),
    conditions: readConditions(Condition, failHere),
    source,
  };
}

function readTest(wanted: unknown, excluded: unknown, ignoreCase = false): TextTest {
  const tests = texts(wanted ?? excluded).map((pattern) => glob(pattern, ignoreCase));
  const isOne = wanted !== undefined;
  return (text) => tests.some((test) => test(text)) === isOne;
}

function readPrincipal(value: unknown, fail: Fail): PrincipalElement {
  if (value === '*') return { everybody: true, arns: new Set(), services: new Set() };
  const { value: kinds } = new JsonReader(value, fail);
  const other = Object.keys(kinds).find((kind) => kind !== 'AWS' && kind !== 'Service');
  if (other !== undefined) throw fail(`a principal of kind ${other} is not evaluated by the local runtime.`);
  const arns = texts(kinds.AWS);
  return { everybody: arns.includes('*'), arns: new Set(arns), services: new Set(texts(kinds.Service)) };
}

function readConditions(value: unknown, fail: Fail): Condition[] {
  const operators = isRecord(value) ? Object.entries(value) : [];
  return operators.flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) =>
      compileCondition(operator, key, texts(values), fail),
    ),
  );
}

/** A single value or a list, numbers and booleans as text. */
function texts(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
