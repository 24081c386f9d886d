// Which addresses an outgoing request may reach. Whoever names the address is a stranger, so everything that is not a
// public address of the internet is denied, and an operator names the exceptions.
import { BlockList, isIP } from 'node:net'

/** `public`: public addresses only. `loopback`: also this machine. `any`: every address. */
export type OutboundReach = 'public' | 'loopback' | 'any'

export type AddressCheck = (address: string, reach: OutboundReach) => boolean

/** A network that is no network; the message is meant for an operator. */
export class NetworkError extends Error {
  override name = 'NetworkError'
  readonly code = 'bad_network'
}

// IANA IPv4 special-purpose address registry
const SPECIAL_IPV4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

// IANA IPv6 address space: only 2000::/3 is given out as global unicast. What lies outside it holds loopback, mapped and
// translated IPv4 addresses (NAT64), unique local, link-local and multicast ones. The rest of the list lies inside it.
const SPECIAL_IPV6: readonly [string, number][] = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]

/**
 * @param allowedNetworks reached all the same, as `10.1.0.0/16` or `64:ff9b::/96`
 * @throws NetworkError where one of them is none
 */
export function createAddressCheck(allowedNetworks: readonly string[] = []): AddressCheck {
  // A list for each family: Node compares an IPv4 address with an IPv6 network as if it were mapped.
  const denied = { 4: listOf(SPECIAL_IPV4, 'ipv4'), 6: listOf(SPECIAL_IPV6, 'ipv6') }
  const networks = allowedNetworks.map(parseNetwork)
  const ofFamily = (family: number) =>
    networks.filter(([address]) => isIP(address) === family).map(([address, prefix]) => [address, prefix] as const)
  const allowed = { 4: listOf(ofFamily(4), 'ipv4'), 6: listOf(ofFamily(6), 'ipv6') }
  const loopback = listOf([['127.0.0.0', 8]], 'ipv4')

  return (address, reach) => {
    if (reach === 'any') return true
    const family = isIP(address)
    if (family === 4) {
      if (reach === 'loopback' && loopback.check(address, 'ipv4')) return true
      return allowed[4].check(address, 'ipv4') || !denied[4].check(address, 'ipv4')
    }
    // A zone is of a link; and what a resolver writes as no address is none.
    if (family !== 6 || address.includes('%')) return false
    if (reach === 'loopback' && address === '::1') return true
    if (allowed[6].check(address, 'ipv6')) return true
    return !isMapped(address) && !denied[6].check(address, 'ipv6')
  }
}

function listOf(networks: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, family)
  return list
}

/** ::ffff:a.b.c.d. An IPv4 address has no reason to come in this form. */
const isMapped = (address: string): boolean => new URL(`http://[${address}]/`).hostname.startsWith('[::ffff:')

function parseNetwork(text: string): [address: string, prefix: number] {
  const [address = '', prefixText = '', ...rest] = text.split('/')
  const family = isIP(address)
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Number.NaN
  if (family === 0 || address.includes('%') || rest.length > 0 || !(prefix <= (family === 4 ? 32 : 128)))
    throw new NetworkError(`${text} is not a network such as 10.1.0.0/16`)
  return [address, prefix]
}
