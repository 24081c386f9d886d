import { defineConfig } from 'vitest/config'

// Workspaces see each other's sources, without a build.
const resolve = { conditions: ['@hatoba/source', 'module', 'node', 'development|production'] }

export default defineConfig({
  ssr: { resolve },
  environments: { __vitest__: { resolve } }, // of the global set-up
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: ['tests/testkit/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
