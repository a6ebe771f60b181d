/** A value as DynamoDB writes it. */
export type LedgerValue = { readonly S: string } | { readonly N: string } | { readonly BOOL: boolean };

/** Attributes of a row, as far as they are texts and numbers. */
export type LedgerAttributes = Readonly<Record<string, { readonly S?: string; readonly N?: string } | undefined>>;

/** Input of DynamoDB's UpdateItem: one conditional write. */
export interface LedgerUpdate {
  readonly TableName: string;
  readonly Key: Record<string, LedgerValue>;
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, LedgerValue>;
  readonly ReturnValues: 'ALL_OLD';
}

/** Input of DynamoDB's GetItem: one consistent read. */
export interface LedgerRead {
  readonly TableName: string;
  readonly Key: Record<string, LedgerValue>;
  readonly ConsistentRead: true;
  readonly ProjectionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
}

/** The two calls of DynamoDB that a ledger makes; both throw what the client throws. */
export interface LedgerTable {
  /** @returns the written attributes as they were before, or `undefined` when the condition did not hold */
  update(input: LedgerUpdate, signal: AbortSignal): Promise<LedgerAttributes | undefined>;
  get(input: LedgerRead, signal: AbortSignal): Promise<LedgerAttributes | undefined>;
}
