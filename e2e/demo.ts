import { parseArgs } from 'node:util'
import { leaveWithParents } from './demo/parents'
import { type Demo, startDemo } from './demo/start'

const usage = 'usage: npm run demo -- [--ephemeral] [--port N] [--dev]'

/** Starts the demo, says where it is, and ends with it. */
async function main(): Promise<void> {
  const { isEphemeral, isDev, port } = readArguments()
  // With --ephemeral, standard output is for the one JSON line.
  const say = isEphemeral ? console.error : console.log
  let starting: Promise<Demo> | undefined
  let isLeaving = false
  const leave = async (code: number) => {
    // Asked a second time, it no longer waits: its children end when it is gone.
    if (isLeaving) process.exit(1)
    isLeaving = true
    // What is still starting is stopped as soon as it has started; what failed to start has stopped itself.
    const demo = await starting?.catch(() => undefined)
    await demo?.stop()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(0))
  if (isEphemeral) leaveWithParents(() => void leave(0))

  let demo: Demo
  try {
    const mode = isDev ? 'development' : 'production'
    starting = startDemo({ mode, isEphemeral, port, log: (line) => say(line) })
    demo = await starting
  } catch (error) {
    console.error(`demo: ${error instanceof Error ? error.message : 'failed'}`)
    return leave(1)
  }
  if (isLeaving) return
  void demo.died.then((how) => {
    console.error(`demo: ${how}`)
    void leave(1)
  })

  say(welcome(demo))
  if (isEphemeral) {
    const { consoleUrl, emulatorUrl, emulatorControlUrl, signIns } = demo
    process.stdout.write(
      `${JSON.stringify({ consoleUrl, emulatorUrl, emulatorControlUrl, signIns, pid: process.pid })}\n`,
    )
  }
}

function readArguments(): { isEphemeral: boolean; isDev: boolean; port: number } {
  try {
    const { values } = parseArgs({
      options: {
        ephemeral: { type: 'boolean', default: false },
        dev: { type: 'boolean', default: false },
        port: { type: 'string', default: '3000' },
      },
    })
    const port = Number(values.port)
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port ${values.port} is not a port`)
    return { isEphemeral: values.ephemeral, isDev: values.dev, port }
  } catch (error) {
    console.error(`demo: ${error instanceof Error ? error.message : 'cannot read the arguments'}\n${usage}`)
    process.exit(2)
  }
}

function welcome({ consoleUrl, emulatorControlUrl, signIns, startMs, logFile }: Demo): string {
  const width = Math.max(...signIns.map(({ email }) => email.length))
  const rows = signIns.map(
    ({ role, email, password }) => `  ${role.padEnd(11)}${email.padEnd(width + 3)}${password}`,
  )
  return [
    '',
    `  Hushdesk      ${consoleUrl}   (answered ${startMs} ms after its start)`,
    `  emulator      ${emulatorControlUrl}`,
    `  console log   ${logFile}`,
    '',
    `  ${'role'.padEnd(11)}${'e-mail'.padEnd(width + 3)}password`,
    ...rows,
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n')
}

await main()
