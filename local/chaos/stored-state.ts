import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Runtime } from '../running-pipeline.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** The tables and the bucket as they are at the end, read with AWS's own clients. */
export interface StoredState {
  /** Status of each ledger row, by event id and stage. */
  readonly ledger: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Events that still stand in the ledger's index of failures; messages that are no events may. */
  readonly failures: readonly string[];
  /** Rows of the objects table by key, with the text of each body. */
  readonly objects: ReadonlyMap<string, StoredObject>;
}

export interface StoredObject {
  /** Text of the object; from the bucket where the row only refers to it. */
  readonly text: string | undefined;
  readonly isGone: boolean;
  readonly isAmbiguous: boolean;
  readonly isRedacted: boolean;
}

/** A row's key as one text. */
export function rowKey(object: string, scope: string): string {
  return JSON.stringify([object, scope]);
}

/** Unix milliseconds at which the last lease ends of those whose owners were killed; in the past when none is left. */
export async function lastLeaseEnd(runtime: Runtime): Promise<number> {
  const dynamoDb = new DynamoDBClient(clientOptions(runtime));
  try {
    const rows = await scan(dynamoDb, runtime.outputs.LedgerTableName);
    return Math.max(0, ...rows.map(({ leaseUntil }) => Number(leaseUntil?.N ?? 0)));
  } finally {
    dynamoDb.destroy();
  }
}

export async function readStoredState(runtime: Runtime): Promise<StoredState> {
  const { outputs } = runtime;
  const dynamoDb = new DynamoDBClient(clientOptions(runtime));
  const s3 = new S3Client({ ...clientOptions(runtime), forcePathStyle: true });
  try {
    const ledgerRows = await scan(dynamoDb, outputs.LedgerTableName);
    const objects = new Map<string, StoredObject>();
    for (const row of await scan(dynamoDb, outputs.ObjectsTableName)) {
      objects.set(rowKey(row.object?.S ?? '', row.scope?.S ?? ''), await storedObject(row, s3));
    }
    const failed = ledgerRows.flatMap(({ event, failedAt }) => (failedAt && event?.S ? [event.S] : []));
    return { ledger: byEvent(ledgerRows), failures: failed.filter((event) => event.startsWith('evt_')), objects };
  } finally {
    dynamoDb.destroy();
    s3.destroy();
  }
}

function clientOptions({ awsUrl }: Runtime) {
  const credentials = { accessKeyId: 'chaos', secretAccessKey: 'chaos' };
  return { endpoint: awsUrl, region: 'us-east-1', credentials };
}

async function scan(client: DynamoDBClient, TableName: string | undefined): Promise<readonly Item[]> {
  return (await Array.fromAsync(paginateScan({ client }, { TableName }))).flatMap(({ Items }) => Items ?? []);
}

function byEvent(rows: readonly Item[]): StoredState['ledger'] {
  const groups = Map.groupBy(rows, ({ event }) => event?.S ?? '');
  const stages = (group: readonly Item[]) =>
    new Map(group.map(({ stage, status }) => [stage?.S ?? '', status?.S ?? '']));
  return new Map([...groups].map(([event, group]) => [event, stages(group)]));
}

async function storedObject(row: Item, s3: S3Client): Promise<StoredObject> {
  const at = row.dataAt?.M;
  const inBucket = async () =>
    (await s3.send(new GetObjectCommand({ Bucket: at?.bucket?.S, Key: at?.key?.S }))).Body?.transformToString();
  return {
    text: at ? await inBucket() : row.data?.S,
    isGone: row.deleted?.BOOL ?? false,
    isAmbiguous: row.ambiguous?.BOOL ?? false,
    isRedacted: row.redactedAt !== undefined,
  };
}
