/**
 * Connections to other servers: to the very address that was checked (bar S1). The name is resolved once, inside the
 * connect, so no second answer of a name server can lead elsewhere. Proxies of the environment are not used.
 */
import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { httpClient } from './http-client.ts';
import { isPrivateAddress } from './private-addresses.ts';

const CONNECTIONS = 32;
const CONNECT_MS = 3_000;

/** How names become addresses: `dns.lookup`, or what a test puts in its place. */
export type Resolve = typeof resolve;

/** @param privateNetwork whether addresses off the public internet are meant */
export function outboundAgent(privateNetwork: boolean, resolveName: Resolve = resolve): Dispatcher {
  const { Agent } = httpClient();
  return new Agent({
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_MS, lookup: privateNetwork ? resolveName : publicOnly(resolveName) },
  });
}

/** Addresses are not looked up, so they are checked before. @throws when the host is a private address */
export function checkLiteral({ hostname }: URL, privateNetwork: boolean): void {
  if (privateNetwork) return;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw new Error('private address');
}

function publicOnly(resolveName: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      // One private address among them is reason enough: who answers so is not to be trusted with the others.
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => isPrivateAddress(address))) {
        return callback(new Error('the name leads to a private address'), '', 0);
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
