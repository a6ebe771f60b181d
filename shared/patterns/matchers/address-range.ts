import { InvalidPattern } from '../invalid-pattern.ts';
import type { Matcher } from '../reading.ts';
import { addressDigits } from './ip-address.ts';

/** A literal address in a pattern's list: AWS's engine compares it as an address, however it is spelt. */
export function addressEquals(digits: string): Matcher {
  return addressRange(digits, digits);
}

/**
 * A block such as `10.0.0.0/8` or `2001:db8::/32`.
 * @throws {InvalidPattern} not an address and a mask of 0 to 31 bits (IPv4) or 0 to 127 bits (IPv6)
 */
export function cidr(block: unknown, path: string): Matcher {
  if (typeof block !== 'string') throw new InvalidPattern('cidr takes a string such as "10.0.0.0/8"', path);
  const [address = '', mask = '', ...rest] = block.replace(/\/+$/, '').split('/');
  if (rest.length > 0 || mask === '') throw new InvalidPattern(`"${block}" needs one / between address and mask`, path);
  const digits = addressDigits(address);
  if (digits === undefined) throw new InvalidPattern(`"${address}" is not an IP address`, path);
  const bits = digits.length * 4;
  const fixed = /^[+-]?\d+$/.test(mask) ? Number(mask) : Number.NaN;
  if (!(fixed >= 0 && fixed < bits)) {
    throw new InvalidPattern(`the mask of "${block}" must be a whole number from 0 to ${bits - 1}`, path);
  }
  const free = (1n << BigInt(bits - fixed)) - 1n;
  const value = BigInt(`0x${digits}`);
  const spell = (end: bigint) => end.toString(16).toUpperCase().padStart(digits.length, '0');
  return addressRange(spell(value & ~free), spell(value | free));
}

function addressRange(bottom: string, top: string): Matcher {
  return { needs: 'address', test: (reading) => reading.kind !== 'number' && decides(reading.text, bottom, top) };
}

/**
 * Compares digit by digit and stops where the answer is known, as AWS's engine does: so an IPv4 address can fall
 * into an IPv6 block, and so can a number, whose decimal digits are read as an address.
 */
function decides(text: string, bottom: string, top: string): boolean {
  let onBottom = true;
  let onTop = true;
  for (let at = 0; at < bottom.length; at += 1) {
    const digit = text.charAt(at);
    const low = bottom.charAt(at);
    const high = top.charAt(at);
    if (!/^[0-9A-F]$/.test(digit)) return false;
    if ((onBottom && digit < low) || (onTop && digit > high)) return false;
    onBottom &&= digit === low;
    onTop &&= digit === high;
    if (!onBottom && !onTop) return true;
  }
  return true;
}
