/** Who the audit names when a command of `npm run user` made a change. */
export const commandLine = { actorId: null, actorName: 'command line' } as const
