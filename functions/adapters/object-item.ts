import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ObjectKey } from '#shared/projection/object-key.ts';
import type { Body, ObjectRow, Sighting } from '#shared/projection/object-row.ts';

type Item = Record<string, AttributeValue>;

/** The key of a row as DynamoDB writes it. */
export function keyItemOf({ object, scope }: ObjectKey): Item {
  return { object: { S: object }, scope: { S: scope } };
}

/** A row as DynamoDB keeps it. `data` is the object's JSON text; `deleted` tells an operator at a glance. */
export function itemOf(row: ObjectRow): Item {
  return {
    ...keyItemOf(row),
    ...sightingItem(row.current),
    asOf: { N: String(row.asOf) },
    version: { N: String(row.version) },
    recent: { L: row.recent.map((id) => ({ S: id })) },
    updatedAt: { S: row.updatedAt },
    ...(row.erasing.length > 0 ? { erasing: { L: row.erasing.map((key) => ({ S: key })) } } : {}),
    ...(row.rivals.length > 0 ? { rivals: { L: row.rivals.map((rival) => ({ M: sightingItem(rival) })) } } : {}),
    ...(row.ambiguous ? { ambiguous: { BOOL: true } } : {}),
    ...(row.tombstone ? { tombstone: { BOOL: true } } : {}),
    ...(row.redactedAt === undefined ? {} : { redactedAt: { N: String(row.redactedAt) } }),
  };
}

/** The row that {@link itemOf} wrote. */
export function rowOf(item: Item): ObjectRow {
  return {
    object: item.object?.S ?? '',
    scope: item.scope?.S ?? '',
    current: sightingOf(item),
    asOf: Number(item.asOf?.N),
    version: Number(item.version?.N),
    recent: (item.recent?.L ?? []).map(({ S }) => S ?? ''),
    updatedAt: item.updatedAt?.S ?? '',
    erasing: (item.erasing?.L ?? []).map(({ S }) => S ?? ''),
    rivals: (item.rivals?.L ?? []).map(({ M }) => sightingOf(M ?? {})),
    ambiguous: item.ambiguous?.BOOL ?? false,
    tombstone: item.tombstone?.BOOL ?? false,
    ...(item.redactedAt?.N === undefined ? {} : { redactedAt: Number(item.redactedAt.N) }),
  };
}

function sightingItem({ event, type, kind, body, previous, gone }: Sighting): Item {
  return {
    event: { S: event },
    type: { S: type },
    kind: { S: kind },
    ...(body?.text === undefined ? {} : { data: { S: body.text } }),
    ...(body?.at === undefined
      ? {}
      : {
          dataAt: {
            M: {
              bucket: { S: body.at.bucket },
              key: { S: body.at.key },
              bytes: { N: String(body.at.bytes) },
              sha256: { S: body.at.sha256 },
            },
          },
        }),
    ...(previous === undefined ? {} : { previous: { S: previous } }),
    ...(gone ? { deleted: { BOOL: true } } : {}),
  };
}

function sightingOf(item: Item): Sighting {
  const body = bodyOf(item);
  return {
    event: item.event?.S ?? '',
    type: item.type?.S ?? '',
    kind: item.kind?.S ?? '',
    ...(body === undefined ? {} : { body }),
    ...(item.previous?.S === undefined ? {} : { previous: item.previous.S }),
    gone: item.deleted?.BOOL ?? false,
  };
}

function bodyOf({ data, dataAt }: Item): Body | undefined {
  if (data?.S !== undefined) return { text: data.S };
  const at = dataAt?.M;
  if (at === undefined) return undefined;
  return {
    at: {
      bucket: at.bucket?.S ?? '',
      key: at.key?.S ?? '',
      bytes: Number(at.bytes?.N),
      sha256: at.sha256?.S ?? '',
    },
  };
}
