import { arn } from '../../assembly/account.ts';
import { inputOf, onAnything, type RequirementRule, type RequirementRules } from '../requirement-rules.ts';

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

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const DYNAMODB: RequirementRules = {
  BatchGetItem: onTablesOf('BatchGetItem'),
  BatchWriteItem: onTablesOf('BatchWriteItem'),
  CreateTable: onTable('CreateTable'),
  DeleteItem: onTable('DeleteItem'),
  DeleteTable: onTable('DeleteTable'),
  DescribeTable: onTable('DescribeTable'),
  DescribeTimeToLive: onTable('DescribeTimeToLive'),
  GetItem: onTable('GetItem'),
  ListTables: onAnything('dynamodb:ListTables'),
  ListTagsOfResource: onTagged('ListTagsOfResource'),
  PutItem: onTable('PutItem'),
  Query: onTableOrIndex('Query'),
  Scan: onTableOrIndex('Scan'),
  TagResource: onTagged('TagResource'),
  UntagResource: onTagged('UntagResource'),
  UpdateItem: onTable('UpdateItem'),
  UpdateTable: onTable('UpdateTable'),
};

function tableArn(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arn('dynamodb', `table/${nameOrArn}`);
}
