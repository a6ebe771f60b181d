import { REGION } from '../assembly/account.ts';
import { md5, md5OfAttributes } from '../sqs/md5.ts';
import type { Message, MessageAttribute } from '../sqs/message.ts';
import { systemAttributes } from '../sqs/system-attributes.ts';

/** A message as an event-source mapping hands it to a function. */
export function toSqsRecord(message: Message, queueArn: string) {
  const attributes = Object.entries(message.attributes).map(([name, value]) => [name, toLambdaCasing(value)]);
  const digest = md5OfAttributes(message.attributes);
  return {
    messageId: message.id,
    receiptHandle: message.handle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: md5(message.body),
    ...(digest ? { md5OfMessageAttributes: digest } : {}),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

function toLambdaCasing({ DataType, StringValue, BinaryValue }: MessageAttribute) {
  return {
    dataType: DataType,
    stringListValues: [],
    binaryListValues: [],
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
  };
}
