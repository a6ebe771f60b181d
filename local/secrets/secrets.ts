import { randomBytes, randomUUID } from 'node:crypto';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { JsonReader } from '../json-reader.ts';

export interface SecretVersion {
  readonly id: string;
  readonly text: string;
  readonly createdAt: Date;
}

/** A secret with its current version and the one before. */
export class Secret {
  readonly name: string;
  readonly arn: string;
  current: SecretVersion;
  previous: SecretVersion | undefined;

  constructor(name: string, arn: string, text: string) {
    this.name = name;
    this.arn = arn;
    this.current = newVersion(text);
  }

  /** Makes `text` the current version; the one that was current is kept as the previous one. */
  put(text: string, id?: string): SecretVersion {
    this.previous = this.current;
    this.current = newVersion(text, id);
    return this.current;
  }
}

/** All secrets of the templates, in memory. */
export class Secrets {
  readonly #secrets: readonly Secret[];

  constructor(secrets: readonly Secret[]) {
    this.#secrets = secrets;
  }

  static from(assembly: ResolvedAssembly): Secrets {
    const resources = resourcesOf(assembly, 'AWS::SecretsManager::Secret');
    return new Secrets(
      resources.map(({ properties, ref }) => {
        const name = properties.optionalString('Name') ?? ref.slice(ref.indexOf(':secret:') + 8, -7);
        return new Secret(name, ref, initialText(properties));
      }),
    );
  }

  all(): readonly Secret[] {
    return this.#secrets;
  }

  /**
   * @param id a name, an ARN, or an ARN without its random end
   * @throws {AwsError} there is none
   */
  find(id: string): Secret {
    const secret = this.#named(id);
    if (secret) return secret;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  /** @returns `undefined` when there is no such secret */
  arnOf(id: string): string | undefined {
    return this.#named(id)?.arn;
  }

  #named(id: string): Secret | undefined {
    return this.#secrets.find(({ name, arn }) => name === id || arn === id || arn.slice(0, -7) === id);
  }
}

function newVersion(text: string, id: string = randomUUID()): SecretVersion {
  return { id, text, createdAt: new Date() };
}

function initialText(properties: JsonReader): string {
  const generate = properties.optionalObject('GenerateSecretString');
  if (!generate) return properties.optionalString('SecretString') ?? '';
  const password = randomBytes(24)
    .toString('base64url')
    .slice(0, generate.optionalNumber('PasswordLength') ?? 32);
  const template = generate.optionalString('SecretStringTemplate');
  const key = generate.optionalString('GenerateStringKey');
  return template === undefined || key === undefined
    ? password
    : JSON.stringify({ ...JSON.parse(template), [key]: password });
}
