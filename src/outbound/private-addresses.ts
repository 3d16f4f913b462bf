/** Which network addresses are not on the public internet (IANA special-purpose registries). */
import { BlockList, isIPv6 } from 'node:net';

const IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Only global unicast is public; in it, what embeds an IPv4 address or leads nowhere. */
const IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const inIPv4 = new BlockList();
const inIPv6 = new BlockList();
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
for (const block of IPV4) inIPv4.addSubnet(...subnet(block), 'ipv4');
for (const block of IPV6) inIPv6.addSubnet(...subnet(block), 'ipv6');

function subnet(block: string): [string, number] {
  const [network = '', prefix] = block.split('/');
  return [network, Number(prefix)];
}

/** Whether an IP address is private, local, reserved, or not one that is known to be public. */
export function isPrivateAddress(address: string): boolean {
  if (!isIPv6(address)) return inIPv4.check(address, 'ipv4');
  return !globalUnicast.check(address, 'ipv6') || inIPv6.check(address, 'ipv6');
}
