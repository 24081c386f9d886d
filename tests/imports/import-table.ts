// Who may import whom. The parts of the house and the rules between them are told in ARCHITECTURE.md; here they are data.
// A file belongs to the row with the longest matching path. A row may always import itself.

export interface ModuleRow {
  name: string
  /** Folders end with a slash. */
  paths: readonly string[]
  /** Other rows. */
  may: readonly string[]
  /** Other rows of which only types may be used: they cost nothing at run time and load nothing. */
  mayTypesOf?: readonly string[]
  /** npm packages and Node's own modules; a star stands for any rest of the name. */
  packages: readonly string[]
}

const kit = ['kit', 'kit/http']
const linePackage = ['line/wire', 'line/webhook']
const anyPackage = ['*']

/** The core and what every part of the gateway may use. */
const gatewayGround = [...kit, 'gateway/core']

export const importTable: readonly ModuleRow[] = [
  // Published apart: the vocabulary runs in browsers too, so it has not even Node's own modules.
  { name: 'line/wire', paths: ['packages/line/src/wire/'], may: [], packages: [] },
  { name: 'line/webhook', paths: ['packages/line/src/webhook/'], may: ['line/wire'], packages: ['node:crypto'] },
  { name: 'line/login', paths: ['packages/line/src/login/'], may: [], packages: [] },

  {
    name: 'console',
    paths: ['packages/console/src/'],
    may: ['line/wire'],
    packages: ['react*', '@tanstack/react-query', '@fontsource/*', 'uqr', 'jsqr'],
  },

  // The kit knows no domain. What speaks HTTP is a row of its own, which the gateway's core may not have.
  { name: 'kit', paths: ['packages/server/src/kit/'], may: [], packages: ['node:*', 'pino'] },
  {
    name: 'kit/http',
    paths: ['outbound.ts', 'loopback-guard.ts', 'server-sent-events.ts'].map(
      (file) => `packages/server/src/kit/${file}`,
    ),
    may: ['kit'],
    packages: ['node:*', 'fastify', 'undici'],
  },

  { name: 'platform', paths: ['packages/server/src/platform/'], may: [...kit, ...linePackage], packages: anyPackage },

  // The core knows no HTTP, no SQL and no LINE.
  { name: 'gateway/core', paths: ['packages/server/src/gateway/core/'], may: ['kit'], packages: ['node:crypto'] },
  // Dialects see the core, and neither each other nor what sends to LINE.
  {
    name: 'gateway/northbound',
    paths: ['packages/server/src/gateway/northbound/'],
    may: gatewayGround,
    packages: anyPackage,
  },
  ...['sinch', 'eightxeight'].map((dialect) => ({
    name: `gateway/northbound/${dialect}`,
    paths: [`packages/server/src/gateway/northbound/${dialect}/`],
    may: [...gatewayGround, 'gateway/northbound'],
    packages: anyPackage,
  })),
  {
    name: 'gateway/southbound',
    paths: ['packages/server/src/gateway/southbound/'],
    may: [...gatewayGround, ...linePackage],
    mayTypesOf: ['gateway/store'],
    packages: anyPackage,
  },
  {
    name: 'gateway/delivery',
    paths: ['packages/server/src/gateway/delivery/'],
    may: [...gatewayGround, ...linePackage],
    mayTypesOf: ['gateway/store'],
    packages: anyPackage,
  },
  {
    name: 'gateway/store',
    paths: ['packages/server/src/gateway/store/'],
    may: gatewayGround,
    mayTypesOf: ['gateway/delivery'],
    packages: anyPackage,
  },
  ...['media', 'admin'].map((part) => ({
    name: `gateway/${part}`,
    paths: [`packages/server/src/gateway/${part}/`],
    may: gatewayGround,
    mayTypesOf: ['gateway/store'],
    packages: anyPackage,
  })),
  // The gateway's own root puts its parts together.
  {
    name: 'gateway',
    paths: ['packages/server/src/gateway/'],
    may: [
      ...gatewayGround,
      ...['northbound', 'northbound/sinch', 'northbound/eightxeight', 'southbound'].map((part) => `gateway/${part}`),
      ...['delivery', 'store', 'media', 'admin'].map((part) => `gateway/${part}`),
    ],
    packages: anyPackage,
  },

  { name: 'config', paths: ['packages/server/src/config.ts'], may: [], mayTypesOf: ['kit'], packages: ['node:*'] },
  {
    name: 'demo',
    paths: ['packages/server/src/demo.ts', 'packages/server/src/demo-description.ts'],
    may: ['kit'],
    mayTypesOf: ['platform', 'gateway', 'stack'],
    packages: ['node:*'],
  },
  // The stack alone knows all.
  {
    name: 'stack',
    paths: ['packages/server/src/stack.ts'],
    may: [...kit, 'config', 'demo', 'platform', 'gateway'],
    packages: anyPackage,
  },
  // For clients whose hosts are fixed: it knows the platform by its address alone.
  {
    name: 'redirector',
    paths: ['packages/server/src/redirector/'],
    may: ['kit'],
    packages: ['node:*', '@peculiar/x509', 'reflect-metadata'],
  },
  {
    name: 'cli',
    paths: ['packages/server/src/cli.ts', 'packages/server/src/commands/'],
    may: ['kit', 'config', 'demo', 'stack', 'redirector', ...linePackage, 'gateway'],
    packages: ['node:*'],
  },
  {
    name: 'package',
    paths: ['packages/server/src/index.ts'],
    may: ['kit', 'config', 'demo', 'stack'],
    packages: [],
  },
]
