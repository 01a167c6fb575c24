import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.resolve(import.meta.dirname, '../..')

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
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
