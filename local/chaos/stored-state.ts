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

export async function readStoredState({ awsUrl, outputs }: Runtime): Promise<StoredState> {
  const options = {
    endpoint: awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'chaos', secretAccessKey: 'chaos' },
  };
  const dynamoDb = new DynamoDBClient(options);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const scan = async (TableName: string | undefined) =>
    (await Array.fromAsync(paginateScan({ client: dynamoDb }, { TableName }))).flatMap(({ Items }) => Items ?? []);
  try {
    const ledgerRows = await scan(outputs.LedgerTableName);
    const objects = new Map<string, StoredObject>();
    for (const row of await scan(outputs.ObjectsTableName)) {
      objects.set(rowKey(row.object?.S ?? '', row.scope?.S ?? ''), await storedObject(row, s3));
    }
    const failed = ledgerRows.flatMap(({ event, failedAt }) => (failedAt && event?.S ? [event.S] : []));
    return { ledger: byEvent(ledgerRows), failures: failed.filter((event) => event.startsWith('evt_')), objects };
  } finally {
    dynamoDb.destroy();
    s3.destroy();
  }
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
