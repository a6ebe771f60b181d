// @ts-check
// Keeps the clients of a function in a worker thread away from the real Stripe and the real AWS, whatever it was
// configured with: an address that was missed would send test events' consequences into somebody's account.
import { Socket } from 'node:net';

const FORBIDDEN = /(^|\.)(stripe\.com|amazonaws\.com)$/i;
const { connect } = Socket.prototype;

/**
 * @this {Socket}
 * @param {unknown[]} args as `net.connect` hands them on: already normalized in a list, or as the caller wrote them
 */
function connectLocally(...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: second };
  const host = 'host' in options ? String(options.host) : '';
  if (FORBIDDEN.test(host)) {
    const reason = `The local runtime does not let a function reach ${host}. Stripe's stand-in is at STRIPE_API_BASE, AWS at AWS_ENDPOINT_URL.`;
    process.nextTick(() => this.destroy(new Error(reason)));
    return this;
  }
  return Reflect.apply(connect, this, args);
}

Socket.prototype.connect = connectLocally;
