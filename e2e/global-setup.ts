import { buildIfNeeded } from './demo/build'

/** Builds once, before the workers start their consoles on it. */
export default function setUp(): void {
  buildIfNeeded((line) => process.stdout.write(`${line}\n`))
}
