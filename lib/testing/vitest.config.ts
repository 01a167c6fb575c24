import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const root = path.resolve(import.meta.dirname, '../..')

/** Each has up to ten connections to PostgreSQL, which takes 200. */
const mostWorkers = 8

/** Wait most of their time. */
const longest = [
  'lib/bulk-mutes/kill.test.ts',
  'lib/bulk-mutes/kill-points.test.ts',
  'lib/bulk-mutes/run-due.test.ts',
]

/** Starts the longest files first, so that no worker is at one of them when the others have nothing left. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => longest.some((file) => moduleId.endsWith(file))
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

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
    sequence: { sequencer: LongestFirst },
    // What has to happen happens, however late on a loaded machine.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
