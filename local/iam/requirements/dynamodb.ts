import { arn } from '../../assembly/account.ts';
import { inputOf, onAnything, type RequirementRule, type RequirementRules } from '../requirement-rules.ts';
import { leadingKey } from './leading-key.ts';

const onTable =
  (action: string): RequirementRule =>
  (call) => [{ action: `dynamodb:${action}`, resource: tableArn(inputOf(call).string('TableName')) }];

/** An index has an ARN of its own: a right to the table is none to its indexes. */
const onTableOrIndex =
  (action: string): RequirementRule =>
  (call) => {
    const input = inputOf(call);
    const index = input.optionalString('IndexName');
    const table = tableArn(input.string('TableName'));
    return [{ action: `dynamodb:${action}`, resource: index === undefined ? table : `${table}/index/${index}` }];
  };

const onTablesOf =
  (action: string): RequirementRule =>
  (call) =>
    Object.keys(inputOf(call).object('RequestItems').value).map((table) => ({
      action: `dynamodb:${action}`,
      resource: tableArn(table),
    }));

const onTagged =
  (action: string): RequirementRule =>
  (call) => [{ action: `dynamodb:${action}`, resource: inputOf(call).string('ResourceArn') }];

/** An operation on rows of one partition, whose key policies may make a condition of. */
const onPartition =
  (action: string): RequirementRule =>
  (call, known) => {
    const input = inputOf(call);
    const table = input.string('TableName');
    const key = leadingKey(input, known.partitionKeyOf(table.split('/').at(-1) ?? table));
    const index = input.optionalString('IndexName');
    return [
      {
        action: `dynamodb:${action}`,
        resource: index === undefined ? tableArn(table) : `${tableArn(table)}/index/${index}`,
        // An index is partitioned by another attribute.
        ...(key !== undefined && index === undefined && { context: { 'dynamodb:LeadingKeys': [key] } }),
      },
    ];
  };

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const DYNAMODB: RequirementRules = {
  BatchGetItem: onTablesOf('BatchGetItem'),
  BatchWriteItem: onTablesOf('BatchWriteItem'),
  CreateTable: onTable('CreateTable'),
  DeleteItem: onPartition('DeleteItem'),
  DeleteTable: onTable('DeleteTable'),
  DescribeTable: onTable('DescribeTable'),
  DescribeTimeToLive: onTable('DescribeTimeToLive'),
  GetItem: onPartition('GetItem'),
  ListTables: onAnything('dynamodb:ListTables'),
  ListTagsOfResource: onTagged('ListTagsOfResource'),
  PutItem: onPartition('PutItem'),
  Query: onPartition('Query'),
  Scan: onTableOrIndex('Scan'),
  TagResource: onTagged('TagResource'),
  UntagResource: onTagged('UntagResource'),
  UpdateItem: onPartition('UpdateItem'),
  UpdateTable: onTable('UpdateTable'),
};

function tableArn(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arn('dynamodb', `table/${nameOrArn}`);
}
