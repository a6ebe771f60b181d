import { isRecord } from '#shared/event/stripe-event.ts';

/** Fields that every line has and nobody reads in a terminal. */
const NOISE = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'sampling_rate',
  'xray_trace_id',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
]);

/**
 * One log line of a function for the terminal.
 * @param verbose also lines below a warning, and metrics
 * @returns `undefined` for a line not worth showing
 */
export function compactLogLine(functionName: string, line: string, verbose: boolean): string | undefined {
  if (line.trim() === '') return undefined;
  const fields = parse(line);
  if (!fields) return `${functionName}: ${line}`;
  if (fields._aws !== undefined) return verbose ? `METRIC ${functionName}: ${line}` : undefined;
  const level = String(fields.level ?? 'INFO').toUpperCase();
  if (!verbose && !['WARN', 'ERROR', 'CRITICAL', 'FATAL'].includes(level)) return undefined;
  const rest = Object.entries(fields).filter(([name]) => !NOISE.has(name));
  const details = rest.map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${level} ${functionName}: ${String(fields.message ?? '')}${details.join('')}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
