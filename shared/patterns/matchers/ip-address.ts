const IPV4_MAPPED = '00000000000000000000FFFF';

/**
 * An IP address literal as upper-case hexadecimal digits: 8 for IPv4 (also when mapped into IPv6), 32 for IPv6.
 * @returns `undefined` when the text is no address; a name is never looked up
 */
export function addressDigits(text: string): string | undefined {
  return text.includes(':') ? ipv6Digits(text) : ipv4Digits(text);
}

function ipv4Digits(text: string): string | undefined {
  if (text.length > '255.255.255.255'.length || !/^\d+\.\d+\.\d+\.\d+$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes.map((byte) => hex(byte, 2)).join('') : undefined;
}

function ipv6Digits(text: string): string | undefined {
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const groups = halves.flat();
  const complete = halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length <= 7;
  if (!complete || !groups.every(isGroup)) return undefined;
  const zeros = new Array<string>(8 - groups.length).fill('0');
  const [head = [], tail = []] = halves;
  const digits = [...head, ...zeros, ...tail].map((group) => hex(Number.parseInt(group, 16), 4)).join('');
  return digits.startsWith(IPV4_MAPPED) ? digits.slice(IPV4_MAPPED.length) : digits;
}

function isGroup(text: string): boolean {
  return /^[0-9a-fA-F]+$/.test(text) && Number.parseInt(text, 16) <= 0xffff;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
