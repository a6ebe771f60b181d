import type { JsonReader } from '../json-reader.ts';

/** One stack of a cloud assembly, its template as `cdk synth` wrote it. */
export interface Stack {
  /** The artifact's id, for messages. */
  readonly id: string;
  /** The deployed name. */
  readonly name: string;
  /** The account that it was synthesized for, or the local one. */
  readonly account: string;
  readonly template: JsonReader;
}

/** A synthesized cloud assembly. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** Key of a file asset in the deployment bucket → absolute path of its folder or file. */
  readonly assets: ReadonlyMap<string, string>;
}

/** A resource of any stack with its properties evaluated. */
export interface Resource {
  readonly stack: string;
  readonly account: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonReader;
  /** What `Ref` gives: the physical name, a URL, or an ARN, depending on the type. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, string>>;
}
