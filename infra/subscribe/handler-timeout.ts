import { Duration } from 'aws-cdk-lib';
import { type IFunction, Function as LambdaFunction, QualifiedFunctionBase } from 'aws-cdk-lib/aws-lambda';

/** What Lambda gives a function that names none. */
const LAMBDA_DEFAULT = Duration.seconds(3);

/** A function's timeout, or `undefined` where the CDK knows only the function's name. */
export function handlerTimeout(handler: IFunction): Duration | undefined {
  if (handler instanceof QualifiedFunctionBase) return handlerTimeout(handler.lambda);
  if (!(handler instanceof LambdaFunction)) return undefined;
  const timeout = handler.timeout ?? LAMBDA_DEFAULT;
  return timeout.isUnresolved() ? undefined : timeout;
}
