import { isRecord } from './stripe-event.ts';

/**
 * The JSON object that a text holds; `undefined` where it holds anything else. It says nothing of why: the parser's own
 * message quotes the text, which may be a secret.
 */
export function readRecord(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
