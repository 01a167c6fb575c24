/** So many messages are shown before and after the first reported one, and so many more at a time. */
const around = 12
export const shownStep = 20

/** Which messages are shown first: those around the first reported one, else the last ones. */
export function firstWindow(messages: readonly { isReported: boolean }[]): { from: number; to: number } {
  const reported = messages.findIndex(({ isReported }) => isReported)
  const center = reported < 0 ? messages.length - around : reported
  return {
    from: Math.max(0, center - around),
    to: Math.min(messages.length, Math.max(0, center) + around + 1),
  }
}
