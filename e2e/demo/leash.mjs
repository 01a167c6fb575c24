// Loaded into each child before anything else: when the process that started it is gone, however it went, so is the child.
// What the child starts inherits this file with its arguments but is led by the child, which needs its channel unchanged.
if (process.ppid === Number(process.env.DEMO_PID)) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), 5_000).unref()
  })
  // Listening must not keep a child alive that has nothing left to do.
  process.channel?.unref()
}
