import { isRecord } from '#shared/event/stripe-event.ts';
import type { JsonReader } from '../json-reader.ts';
import type { BusEvent } from './bus-event.ts';
import { readJsonPath, valueAt } from './json-path.ts';

/** What a target gets in place of the event: JSON text. */
export type TargetInput = (event: BusEvent, rule: { readonly name: string; readonly arn: string }) => string;

/** A variable of a template, in quotes or not. */
const VARIABLE = /<([\w.-]+)>/g;

/**
 * Reads how a rule's target changes the event, as CloudFormation has it.
 * @returns `undefined` where it gets the event as it is
 * @throws {RangeError} a path that this runtime cannot follow
 */
export function readTargetInput(target: JsonReader): TargetInput | undefined {
  const constant = target.optionalString('Input');
  if (constant !== undefined) return () => constant;
  const path = target.optionalString('InputPath');
  if (path !== undefined) {
    const steps = stepsOf(path);
    return ({ json }) => JSON.stringify(valueAt(JSON.parse(json), steps) ?? null);
  }
  const transformer = target.optionalObject('InputTransformer');
  if (transformer === undefined) return undefined;
  const paths = [...transformer.stringMap('InputPathsMap')].map(([name, at]) => [name, stepsOf(at)] as const);
  const template = transformer.string('InputTemplate');
  return (event, rule) => {
    const document: unknown = JSON.parse(event.json);
    const found = paths.map(([name, steps]) => [name, valueAt(document, steps)] as const);
    return fill(template, new Map([...found, ...reserved(document, event, rule)]));
  };
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function reserved(document: unknown, { time }: BusEvent, rule: { readonly name: string; readonly arn: string }) {
  const { detail: _, ...withoutDetail } = isRecord(document) ? document : {};
  return [
    ['aws.events.rule-arn', rule.arn],
    ['aws.events.rule-name', rule.name],
    ['aws.events.event.ingestion-time', time.toISOString()],
    ['aws.events.event', withoutDetail],
    ['aws.events.event.json', document],
  ] as const;
}

/**
 * Puts values in the place of their variables: as JSON where they stand alone, as text within a JSON string. Of a
 * value that the event lacks AWS says only that it "won't appear": here it is null, or nothing within a string.
 */
function fill(template: string, values: ReadonlyMap<string, unknown>): string {
  return template.replaceAll(VARIABLE, (whole, name: string, at: number) => {
    if (!values.has(name)) return whole;
    const value = values.get(name);
    if (!isInString(template, at)) return JSON.stringify(value ?? null);
    if (value === undefined || value === null) return '';
    return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value)).slice(1, -1);
  });
}

/** Whether a place in JSON text is within a string: behind an odd number of quotes that are not escaped. */
function isInString(text: string, at: number): boolean {
  return (text.slice(0, at).replaceAll(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}

function stepsOf(path: string): readonly string[] {
  const steps = readJsonPath(path);
  if (steps === undefined)
    throw new RangeError(`The path "${path}" is not one of names and indexes, as $.detail.id is.`);
  return steps;
}
