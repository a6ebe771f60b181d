import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceElements, sliceMembers } from '#shared/event/json-slice.ts';

describe('slicing the members of a JSON object', () => {
  it('gives for every object the texts that JSON.parse would read as its values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (object, space) => {
        const json = JSON.stringify(object, undefined, space);

        const sliced = [...sliceMembers(json)].map(([name, text]) => [name, JSON.parse(text)]);

        expect(sliced).toEqual(Object.entries(JSON.parse(json)));
      }),
    );
  });

  it('gives of a repeated name the last value, like JSON.parse, whatever stands between the tokens', () => {
    const member = fc.tuple(fc.constantFrom('a', 'b', '__proto__', '\\"', '{,}'), fc.jsonValue());
    const space = fc.constantFrom('', ' ', '\n\t');
    fc.assert(
      fc.property(fc.array(member, { maxLength: 5 }), space, (members, gap) => {
        const texts = members.map((both) => both.map((part) => `${gap}${JSON.stringify(part)}${gap}`).join(':'));
        const json = `${gap}{${gap}${texts.join(',')}${gap}}${gap}`;

        const sliced = [...sliceMembers(json)].map(([name, text]) => [name, JSON.parse(text)]);

        expect(sliced).toEqual(Object.entries(JSON.parse(json)));
      }),
    );
  });

  it('keeps the spelling of numbers', () => {
    expect(sliceMembers('{"a":12345678901234567890,"b":1.0}')).toEqual(
      new Map([
        ['a', '12345678901234567890'],
        ['b', '1.0'],
      ]),
    );
  });

  it('survives nesting of any depth', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);

    expect(sliceMembers(`{"a":${deep}}`).get('a')).toBe(deep);
  });
});

describe('slicing the elements of a JSON array', () => {
  it('gives for every array the texts that JSON.parse would read as its elements', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (array, space) => {
        const json = JSON.stringify(array, undefined, space);

        expect(sliceElements(json).map((text) => JSON.parse(text))).toEqual(JSON.parse(json));
      }),
    );
  });

  it('keeps the spelling of numbers', () => {
    expect(sliceElements('[{"a":12345678901234567890} , [1.0]]')).toEqual(['{"a":12345678901234567890}', '[1.0]']);
  });
});
