import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventBridgeEvent } from '#consumer/testing/sample-deliveries.ts';
import { sampleFanoutEvent } from '#shared/samples/sample-fanout-event.ts';
import { asyncApiDocument } from './asyncapi-document.ts';
import { buildCatalogue } from './catalogue/build-catalogue.ts';
import type { CatalogueOptions } from './catalogue/type-view.ts';
import { contractSchemas } from './contract-schemas.ts';

export interface ContractOptions extends CatalogueOptions {
  /** Of this project. */
  readonly version: string;
}

/**
 * Writes what other tools and other teams read of the bus: an AsyncAPI document, JSON Schemas, and the catalogue's pages.
 * @param folder what it held of these is gone
 * @returns how many event types they speak of
 */
export function buildContracts(folder: string, { version, ...options }: ContractOptions): number {
  const example = (type: string) => eventBridgeEvent(sampleFanoutEvent(type));
  for (const part of ['schemas', 'catalogue']) rmSync(join(folder, part), { recursive: true, force: true });
  mkdirSync(join(folder, 'schemas', 'objects'), { recursive: true });
  for (const [path, schema] of contractSchemas()) writeJson(join(folder, 'schemas', path), schema);
  writeJson(join(folder, 'asyncapi.json'), asyncApiDocument(version, example));
  return buildCatalogue(join(folder, 'catalogue'), options, example);
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 1)}\n`);
}
