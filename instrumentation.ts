/** Runs once when the server starts, in the process that serves requests. A mistake in the configuration ends it here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startConsole } = await import('./lib/start-console')
  await startConsole()
}
