import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.resolve(import.meta.dirname, '../..')

/** Each has up to ten connections to PostgreSQL, which takes 200. */
const mostWorkers = 8

/** The unit and integration tests, which lie beside the code: `vitest run --config lib/testing/vitest.config.ts`. */
export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${root}/` },
      // The marker package throws outside a server bundle; tests are the server.
      { find: 'server-only', replacement: path.join(root, 'node_modules/server-only/empty.js') },
    ],
  },
  test: {
    include: [
      'lib/**/*.test.ts',
      'app/**/*.test.ts',
      'components/**/*.test.{ts,tsx}',
      'e2e/emulator/**/*.test.ts',
    ],
    globalSetup: [path.join(root, 'lib/testing/global-setup.ts')],
    // A process runs many files: loading the code and starting a database for each took more time than the tests.
    isolate: false,
    // Tests that wait for the provider's pace or for PostgreSQL leave a core to the others.
    maxWorkers: Math.min(availableParallelism(), mostWorkers),
    // What has to happen happens, however late on a loaded machine.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
