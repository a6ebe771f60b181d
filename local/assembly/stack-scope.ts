import { JsonReader } from '../json-reader.ts';
import { PARTITION, REGION } from './account.ts';
import { evaluate, type Scope } from './evaluate.ts';
import { type Addresses, identify } from './identify.ts';
import { EMULATED } from './resource-types.ts';
import type { Resource, Stack } from './template.ts';
import { TemplateError } from './template-error.ts';

/** An output, not yet evaluated: its value may need another stack's. */
export interface Output {
  readonly name: string;
  readonly exportName: string | undefined;
  readonly value: () => unknown;
}

/** Resolves the names of one stack's template, each resource once and when first asked for. */
export class StackScope implements Scope {
  readonly importValue: (exportName: string) => unknown;
  readonly #stack: Stack;
  readonly #addresses: Addresses;
  readonly #resolved = new Map<string, Resource>();
  readonly #inProgress = new Set<string>();

  constructor(stack: Stack, addresses: Addresses, importValue: (exportName: string) => unknown) {
    this.#stack = stack;
    this.#addresses = addresses;
    this.importValue = importValue;
  }

  resources(): Resource[] {
    const all = this.#section('Resources');
    const present = Object.keys(all?.value ?? {}).filter((id) => {
      const condition = all?.object(id).optionalString('Condition');
      return condition === undefined || this.condition(condition);
    });
    return present.map((id) => this.#resource(id));
  }

  outputs(): Output[] {
    const all = this.#section('Outputs');
    return Object.keys(all?.value ?? {}).map((name) => {
      const output = all?.object(name);
      const exportName = evaluate(output?.optionalObject('Export')?.value.Name, this);
      return {
        name,
        exportName: typeof exportName === 'string' ? exportName : undefined,
        value: () => this.#localized(evaluate(output?.value.Value, this)),
      };
    });
  }

  ref(name: string): unknown {
    const pseudo: Readonly<Record<string, unknown>> = {
      'AWS::AccountId': this.#stack.account,
      'AWS::Region': REGION,
      'AWS::Partition': PARTITION,
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': this.#stack.name,
      'AWS::StackId': `arn:${PARTITION}:cloudformation:${REGION}:${this.#stack.account}:stack/${this.#stack.name}/local`,
      'AWS::NoValue': undefined,
    };
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    const parameter = this.#section('Parameters')?.optionalObject(name);
    return parameter ? parameter.string('Default') : this.#resource(name).ref;
  }

  attribute(logicalId: string, name: string): unknown {
    const { attributes, type } = this.#resource(logicalId);
    const value = attributes[name];
    if (value !== undefined) return value;
    if (EMULATED.has(type)) throw this.#error(`${logicalId} (${type}) has no attribute ${name} in the local runtime.`);
    return `${logicalId}.${name}`;
  }

  condition(name: string): boolean {
    const condition = this.#section('Conditions')?.value[name];
    if (condition === undefined) throw this.#error(`there is no condition ${name}.`);
    return evaluate(condition, this) === true;
  }

  mapping(map: string, key: string, subKey: string): unknown {
    return this.#section('Mappings')?.object(map).object(key).value[subKey];
  }

  #resource(logicalId: string): Resource {
    const known = this.#resolved.get(logicalId);
    if (known) return known;
    const declared = this.#section('Resources')?.optionalObject(logicalId);
    if (!declared) throw this.#error(`there is no resource or parameter ${logicalId}.`);
    if (this.#inProgress.has(logicalId)) throw this.#error(`${logicalId} refers to itself.`);
    this.#inProgress.add(logicalId);
    const type = declared.string('Type');
    const values = this.#localized(evaluate(declared.value.Properties ?? {}, this));
    const properties = new JsonReader(values, (message) => this.#error(`${logicalId} (${type}): ${message}`));
    const { account, id: stack, name } = this.#stack;
    const identity = identify(type, properties, `${name}-${logicalId}`, { ...this.#addresses, account });
    const resource = { stack, account, logicalId, type, properties, ...identity };
    this.#resolved.set(logicalId, resource);
    return resource;
  }

  /** CDK joins an HTTP API's address from its id; here that address is the local front. */
  #localized(value: unknown): unknown {
    const address = /https:\/\/[0-9a-f]{6}\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g;
    return JSON.parse(JSON.stringify(value ?? null).replaceAll(address, this.#addresses.api));
  }

  #section(name: string): JsonReader | undefined {
    return this.#stack.template.optionalObject(name);
  }

  #error(message: string): TemplateError {
    return new TemplateError(`Stack ${this.#stack.id}: ${message}`);
  }
}
