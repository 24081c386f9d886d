// Targets of requests that strangers may name, for the tests of what an outgoing request can reach. A host of `zone`
// is what the tests' own name server answers with; everything else is no name at all.

/** Each entry is one look-up; later look-ups get the last. A string is an alias (CNAME). */
export type Zone = Readonly<Record<string, readonly (readonly string[] | string)[]>>

const PRIVATE_IPV4 = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.100.100.200'],
  ...['100.127.255.254', '127.0.0.1', '127.0.0.2', '127.127.127.127', '127.255.255.255', '169.254.0.1'],
  ...['169.254.169.254', '169.254.170.2', '172.16.0.1', '172.17.0.1', '172.31.255.255', '192.0.0.1', '192.0.0.8'],
  ...['192.0.0.170', '192.0.2.1', '192.31.196.1', '192.52.193.1', '192.88.99.1', '192.168.0.1', '192.168.1.254'],
  ...['192.168.255.255', '192.175.48.1', '198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9'],
  ...['224.0.0.1', '224.0.0.251', '239.255.255.250', '240.0.0.1', '250.1.2.3', '255.255.255.255'],
]

const PRIVATE_IPV6 = [
  ...['::', '::1', '::2', '::7f00:1', '::127.0.0.1', '::10.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1'],
  ...['::ffff:10.0.0.1', '::ffff:169.254.169.254', '::ffff:192.168.1.1', '::ffff:8.8.8.8', '0:0:0:0:0:ffff:7f00:1'],
  ...['::ffff:0:127.0.0.1', '::ffff:0:7f00:1', '64:ff9b::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::10.0.0.1'],
  ...['64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '64:ff9b:1:ffff::10.0.0.1', '100::1', '100:0:0:1::1', '2001::1'],
  ...['2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:2::1', '2001:10::1', '2001:20::1', '2001:db8::1'],
  ...['2001:db8:ffff::1', '2002:7f00:1::', '2002:a00:1::1', '2002:c0a8:101::1', '2620:4f:8000::1', '3fff::1'],
  ...['3fff:fff::1', '4000::1', '5f00::1', '8000::1', 'fc00::1', 'fd00::1', 'fd12:3456:789a::1', 'fd00:ec2::254'],
  ...['fe80::1', 'fe80::a9fe:a9fe', 'febf::1', 'fec0::1', 'feff::1', 'ff00::1', 'ff01::1', 'ff02::1', 'ff02::fb'],
  ...['ff05::2', 'ff0e::1'],
]

/** The same address in every spelling that URLs allow. */
function spellings(dotted: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number)
  const whole = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  const hex = (byte: number) => `0x${byte.toString(16)}`
  const octal = (byte: number) => `0${byte.toString(8)}`
  const wide = String.fromCodePoint(...[...dotted].map((char) => (char === '.' ? 0xff0e : 0xff10 + Number(char))))
  return [
    String(whole),
    `0x${whole.toString(16)}`,
    `0X${whole.toString(16).toUpperCase()}`,
    `0${whole.toString(8)}`,
    [a, b, c, d].map(hex).join('.'),
    [a, b, c, d].map(octal).join('.'),
    [a, b, c, d].map((byte) => `0000${byte.toString(8)}`).join('.'),
    `${hex(a)}.${b}.${octal(c)}.${d}`,
    `${a}.${b}.${(c << 8) | d}`,
    `${a}.${(b << 16) | (c << 8) | d}`,
    `${hex(a)}.${hex((b << 16) | (c << 8) | d)}`,
    `${dotted}.`,
    wide,
    [...dotted].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
    dotted.replaceAll('.', '\u3002'),
  ]
}

export const zone: Zone = {
  // Names of this machine and of what lies inside
  localhost: [['127.0.0.1', '::1']],
  'localhost.': [['127.0.0.1', '::1']],
  'localhost.localdomain': [['127.0.0.1']],
  'ip6-localhost': [['::1']],
  'metadata.google.internal': [['169.254.169.254']],
  'instance-data': [['169.254.169.254']],
  'kubernetes.default.svc': [['10.96.0.1']],
  'db.internal': [['10.0.0.5']],
  'printer.local': [['192.168.1.77']],
  '127.0.0.1.nip.example': [['127.0.0.1']],
  'xn--bcher-kva.example': [['10.0.0.1']],
  'xn--fiqs8s.example': [['fd00::1']],
  'metadata.example': [['::ffff:169.254.169.254']],
  'zone.example': [['fe80::1%eth0']],
  'nat64.example': [['64:ff9b::a00:1']],
  'translated.example': [['::ffff:0:7f00:1']],
  'sixtofour.example': [['2002:7f00:1::']],
  'multicast.example': [['ff02::1']],
  'unspecified.example': [['0.0.0.0']],
  'nothing.example': [[]],
  // Public and private at once, in either order, of either family
  'mixed-a.example': [['93.184.216.34', '10.0.0.1']],
  'mixed-b.example': [['10.0.0.1', '93.184.216.34']],
  'mixed-c.example': [['93.184.216.34', '::1']],
  'mixed-d.example': [['2606:2800:220:1::1', '127.0.0.1']],
  'mixed-e.example': [['127.0.0.1', '2606:2800:220:1::1']],
  'mixed-f.example': [['93.184.216.34', '93.184.216.35', '93.184.216.36', '192.168.0.1']],
  'mixed-g.example': [['2606:2800:220:1::1', '::ffff:127.0.0.1']],
  'mixed-h.example': [['2606:2800:220:1::1', 'fd00::1', '93.184.216.34']],
  // Aliases
  'alias-a.example': ['localhost'],
  'alias-b.example': ['alias-a.example'],
  'alias-c.example': ['alias-b.example'],
  'alias-d.example': ['metadata.google.internal'],
  'alias-e.example': ['mixed-a.example'],
  'alias-f.example': ['alias-g.example'],
  'alias-g.example': ['alias-f.example'],
  'alias-h.example': ['db.internal'],
  // First public, then private: the second look-up is the one that counts for the second connection
  'rebind-a.example': [['93.184.216.34'], ['127.0.0.1']],
  'rebind-b.example': [['93.184.216.34'], ['10.0.0.1']],
  'rebind-c.example': [['2606:2800:220:1::1'], ['::1']],
  'rebind-d.example': [['93.184.216.34'], ['169.254.169.254']],
  'rebind-e.example': [['93.184.216.34'], ['93.184.216.34', '127.0.0.1']],
  'rebind-f.example': [['93.184.216.34'], 'localhost'],
  // Public names
  'example.com': [['93.184.216.34', '2606:2800:220:1::1']],
  'www.example.com': ['example.com'],
  'cdn.example.com': ['www.example.com'],
  'example.com.': [['93.184.216.34']],
  'xn--r8jz45g.example': [['93.184.216.34']],
  'ipv6.example.com': [['2606:2800:220:1::1']],
}

const userInfo = ['10.0.0.1', '127.0.0.1', 'localhost', '169.254.169.254', '[::1]'].flatMap((host) => [
  `http://example.com@${host}/`,
  `http://example.com:80@${host}/`,
  `https://user:password@${host}/`,
  `http://example.com%2f@${host}/`,
  `http://@${host}/`,
])

const ports = ['10.0.0.1', '127.0.0.1', '[::1]', 'localhost', '169.254.169.254'].flatMap((host) =>
  [1, 22, 25, 443, 2375, 5432, 6379, 8080, 65_535].map((port) => `http://${host}:${port}/`),
)

const namesInside = Object.entries(zone)
  .filter(([name]) => !name.startsWith('rebind-') && !/^(www\.|cdn\.|ipv6\.)?example\.com\.?$|^xn--r8/.test(name))
  .map(([name]) => name)

const idnNames = ['b\u00fccher.example', 'B\u00dcCHER.example', '\u4e2d\u56fd.example', '\u24db\u24de\u24d2al\u24d7ost']

const noUrls = [
  ...['', 'nowhere', '//10.0.0.1/', 'http:///', 'http://', 'https://[::1', 'http://[fe80::1%25eth0]/'],
  ...[
    'http://[fe80::1%eth0]/',
    'http://10.0.0.1:65536/',
    'http://10.0.0.256/',
    'http://1.2.3.4.5/',
    'http://0x100000000/',
  ],
  ...['ftp://10.0.0.1/', 'file:///etc/passwd', 'gopher://127.0.0.1:6379/_INFO', 'javascript:alert(1)'],
  ...[
    'data:text/plain,x',
    'ws://127.0.0.1/',
    'unix:/var/run/docker.sock',
    'jar:http://127.0.0.1!/',
    'ldap://127.0.0.1/',
  ],
]

/** None of these may be dialled. */
export const FORBIDDEN_TARGETS: readonly string[] = [
  ...PRIVATE_IPV4.map((address) => `http://${address}/`),
  ...PRIVATE_IPV6.map((address) => `http://[${address}]/`),
  ...['127.0.0.1', '10.0.0.1', '169.254.169.254', '192.168.1.1', '0.0.0.0', '100.64.0.1'].flatMap((address) =>
    spellings(address).map((host) => `http://${host}/`),
  ),
  ...['http://127.1/', 'http://127.0.1/', 'http://0/', 'http://0x0/', 'http://00/', 'http://10.1/', 'http://0x7f.1/'],
  ...['http:10.0.0.1/', 'http:/10.0.0.1/', 'http:\\\\10.0.0.1\\', ' http://10.0.0.1/ ', 'ht\ntp://10.0.0.1/'],
  ...['HTTP://LOCALHOST/', 'https://localhost/', 'http://LocalHost.:80/'],
  ...userInfo,
  ...ports,
  ...namesInside.map((name) => `https://${name}/callback`),
  ...idnNames.map((name) => `http://${name}/`),
  ...noUrls,
]

/** Names whose first look-up is public and whose later ones are not. */
export const REBINDING_HOSTS = Object.keys(zone).filter((name) => name.startsWith('rebind-'))

const PUBLIC_IPV4 = [
  ...['1.1.1.1', '8.8.8.8', '9.9.9.9', '11.0.0.1', '100.63.255.255', '100.128.0.1', '126.255.255.255', '128.0.0.1'],
  ...['169.253.255.255', '169.255.0.1', '172.15.255.255', '172.32.0.1', '192.0.1.1', '192.0.3.1', '192.167.255.255'],
  ...['192.169.0.1', '198.17.255.255', '198.20.0.1', '203.0.112.1', '203.0.114.1', '223.255.255.255'],
]
const PUBLIC_IPV6 = [
  '2001:200::1',
  '2001:4860:4860::8888',
  '2400:cb00::1',
  '2606:4700::1111',
  '2a00:1450::1',
  '2c0f::1',
]

/** Each of these reaches the dialler. */
export const PUBLIC_TARGETS: readonly string[] = [
  ...PUBLIC_IPV4.map((address) => `http://${address}/`),
  ...PUBLIC_IPV6.map((address) => `https://[${address}]/`),
  ...['example.com', 'www.example.com', 'cdn.example.com', 'example.com.', 'ipv6.example.com', 'EXAMPLE.com'].map(
    (name) => `https://${name}/callback`,
  ),
  ...['http://134744072/', 'http://0x08080808/', 'http://010.010.010.010/', 'http://\u4f8b\u3048.example/'],
  ...['http://example.com:8080/', 'https://example.com:8443/hook?x=@10.0.0.1', 'http://example.com/@127.0.0.1/'],
  'http://example.com\\@10.0.0.1/',
]
