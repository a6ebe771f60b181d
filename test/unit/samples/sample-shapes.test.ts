import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { SAMPLE_OBJECTS } from '#shared/samples/sample-objects.ts';
import type { SAMPLE_STATES } from '#shared/samples/sample-states.ts';

type SampleKind = keyof typeof SAMPLE_OBJECTS;
type StateType = keyof typeof SAMPLE_STATES;

/** The samples as Stripe's types have them: arrays can be changed, and decimals are objects once they are parsed. */
type AsParsed<T> = T extends readonly (infer Item)[]
  ? AsParsed<Item>[]
  : T extends object
    ? {
        -readonly [Key in keyof T]: Key extends `${string}_decimal` | 'metric_tons' | 'metric_tons_available'
          ? Stripe.Decimal
          : AsParsed<T[Key]>;
      }
    : T;

type Sample<Kind extends SampleKind> = AsParsed<(typeof SAMPLE_OBJECTS)[Kind]>;
type StripeObject<Kind extends SampleKind> = Extract<Stripe.Event['data']['object'], { object: Kind }>;

/** The kinds whose sample lacks a field, has a wrong value in one, or has a field that Stripe's object has not. */
type Untrue = {
  [Kind in SampleKind]: Sample<Kind> extends StripeObject<Kind>
    ? Exclude<keyof Sample<Kind>, keyof StripeObject<Kind>> extends never
      ? never
      : Kind
    : Kind;
}[SampleKind];

type Carried<Type extends StateType> = Extract<Stripe.Event, { type: Type }>['data']['object'];
type Now<Type extends StateType> = (typeof SAMPLE_STATES)[Type] extends { now: infer Fields }
  ? AsParsed<Fields>
  : object;

/** The types whose state has a field or a value that Stripe's object has not. Of a union of objects, one must fit. */
type UntrueStates = {
  [Type in StateType]: Now<Type> extends Partial<Carried<Type>>
    ? Exclude<keyof Now<Type>, KeysOf<Carried<Type>>> extends never
      ? never
      : Type
    : Type;
}[StateType];
type KeysOf<T> = T extends unknown ? keyof T : never;

describe('sample objects', () => {
  it('have the fields and values that the types of stripe-node say', () => {
    const untrue: Record<Untrue, true> = {}; // tsc names the kinds here

    expect(untrue).toEqual({});
  });

  it('have the fields and values that the types of stripe-node say at the moment of each event, too', () => {
    const untrue: Record<UntrueStates, true> = {}; // tsc names the event types here

    expect(untrue).toEqual({});
  });

  it('say their own kind, and there is one of each kind that the base catalogue needs', () => {
    const needed = EVENT_TYPES.filter(({ since }) => since === 'base').map(({ objectKinds }) => objectKinds);

    for (const [kind, { object }] of Object.entries(SAMPLE_OBJECTS)) expect(object).toBe(kind);
    for (const kinds of needed) expect(kinds.some((kind) => Object.hasOwn(SAMPLE_OBJECTS, kind))).toBe(true);
  });
});
