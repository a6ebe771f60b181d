import { describe, expect, it } from 'vitest';
import { listing } from '#cli/terminal/listing.ts';

const paint = (_format: unknown, text: string) => text;
const HEADINGS = ['ERROR', 'COUNT', '', 'EXAMPLE', 'REASON'];
const ROWS = [
  ['objects_unavailable', '3', '', 'evt_12gLZqP3wVMQUXcoffjBQf7R', 'The objects table did not take a row.'],
  ['not_an_event', '1', '', '-', 'No JSON.'],
];
const shown = (width: number) => listing(HEADINGS, ROWS, { paint, width });

describe('a listing', () => {
  it('is a table where the terminal is wide enough, without columns that are empty', () => {
    expect(shown(120).split('\n')).toEqual([
      'ERROR                COUNT  EXAMPLE                       REASON',
      'objects_unavailable  3      evt_12gLZqP3wVMQUXcoffjBQf7R  The objects table did not take a row.',
      'not_an_event         1      -                             No JSON.',
    ]);
  });

  it('is one block a row where it is not, without cells that say nothing, and no line is too long', () => {
    expect(shown(40).split('\n')).toEqual([
      'ERROR: objects_unavailable',
      'COUNT: 3',
      'EXAMPLE: evt_12gLZqP3wVMQUXcoffjBQf7R',
      'REASON: The objects table did not take a',
      '  row.',
      '',
      'ERROR: not_an_event',
      'COUNT: 1',
      'REASON: No JSON.',
    ]);
  });
});
