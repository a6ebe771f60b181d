import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type Scope } from '#local/assembly/evaluate.ts';
import { TemplateError } from '#local/assembly/template-error.ts';

const scope: Scope = {
  ref: (name) => (name === 'AWS::NoValue' ? undefined : `ref-${name}`),
  attribute: (logicalId, name) => `${logicalId}/${name}`,
  importValue: (name) => `imported-${name}`,
  condition: (name) => name === 'Yes',
  mapping: (map, key, subKey) => `${map}.${key}.${subKey}`,
};

describe('the intrinsic functions of a template', () => {
  it.each<[string, unknown, unknown]>([
    ['Ref', { Ref: 'A' }, 'ref-A'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['A', 'Arn'] }, 'A/Arn'],
    ['GetAtt as text, with a nested attribute', { 'Fn::GetAtt': 'A.B.C' }, 'A/B.C'],
    [
      'ImportValue of an evaluated name',
      { 'Fn::ImportValue': { 'Fn::Join': ['', ['x', { Ref: 'A' }]] } },
      'imported-xref-A',
    ],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
    ['Join of a split', { 'Fn::Join': ['/', { 'Fn::Split': [':', 'a:b'] }] }, 'a/b'],
    ['Select from a split', { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Q', 'a:b'] }] }] }, 'b'],
    ['Select by text', { 'Fn::Select': ['0', ['x']] }, 'x'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is CloudFormation's syntax
    ['Sub', { 'Fn::Sub': '${A}:${B.Arn}:${!Literal}:${AWS::Region}' }, 'ref-A:B/Arn:${Literal}:ref-AWS::Region'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
    ['Sub with variables', { 'Fn::Sub': ['${v}-${A}', { v: { Ref: 'V' } }] }, 'ref-V-ref-A'],
    ['FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'K' }, 'S'] }, 'M.ref-K.S'],
    ['If', { 'Fn::If': ['Yes', { Ref: 'A' }, 'no'] }, 'ref-A'],
    ['If not', { 'Fn::If': ['No', 'yes', { Ref: 'A' }] }, 'ref-A'],
    ['Equals', { 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
    [
      'And, Or, Not, Condition',
      { 'Fn::And': [{ 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] }, { 'Fn::Not': [{ Condition: 'No' }] }] },
      true,
    ],
    ['NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['NoValue in a list', [1, { Ref: 'AWS::NoValue' }], [1]],
    [
      "a policy statement's condition",
      { Condition: { Bool: { x: { Ref: 'A' } } } },
      { Condition: { Bool: { x: 'ref-A' } } },
    ],
  ])('are evaluated: %s', (_name, value, expected) => {
    expect(evaluate(value, scope)).toEqual(expected);
  });

  it('leave everything else as it is', () => {
    const plain = fc.jsonValue().filter((value) => !/"(Ref|Condition|Fn::)/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(plain, (value) => {
        expect(evaluate(value, scope)).toEqual(value);
      }),
    );
  });

  it.each([
    [
      'an unknown function',
      { 'Fn::Transform': {} },
      'Fn::Transform is an intrinsic function that the local runtime does not know.',
    ],
    ['a missing element', { 'Fn::Select': [5, ['a']] }, 'Fn::Select finds nothing at index 5.'],
    [
      'an object where text belongs',
      { 'Fn::Join': ['', [{ a: 1, b: 2 }]] },
      'Fn::Join was given object; text was expected.',
    ],
    ['text where a list belongs', { 'Fn::Join': 'ab' }, 'Fn::Join was given string; a list was expected.'],
  ])('say what is wrong: %s', (_name, value, message) => {
    expect(() => evaluate(value, scope)).toThrow(new TemplateError(message));
  });
});
