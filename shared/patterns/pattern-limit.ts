/** Characters of a pattern's JSON without white space, adjustable. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const MAX_PATTERN_CHARACTERS = 2_048;
