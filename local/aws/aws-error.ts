/** An error as an AWS service answers it. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** AWS's code, such as `ResourceNotFoundException`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = statusOf(code)) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The HTTP status that services send with a code, as far as the code's name tells. */
function statusOf(code: string): number {
  if (/^(InternalServerError|InternalFailure|InternalError|InternalException|InternalServiceError)/.test(code))
    return 500;
  if (/^(ServiceUnavailable|SlowDown|RequestThrottled$)/.test(code)) return 503;
  if (/^AccessDenied/.test(code)) return 403;
  return 400;
}
