import { buildIfNeeded } from './demo/build'
import { prepareTemplate } from './demo/database'

/** Builds and prepares the data once, before the workers start their consoles on them, all at the same moment. */
export default async function setUp(): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  buildIfNeeded(say)
  await prepareTemplate(say)
}
