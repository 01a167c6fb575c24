import { evidenceAround } from './rules'

type Kept = { seq: string; isReported: boolean; takenAt: number }

/**
 * Whether messages may be missing between each kept one and the one before it, in the order of the conversation. What
 * was kept around one that was reported, or at one time where none was, has none missing; nor have two that are next to
 * each other in a group's count. Between two people `seq` is an order and no count.
 */
export function gapsBefore(kept: readonly Kept[], isGroup: boolean): boolean[] {
  const reported = kept.flatMap(({ isReported }, at) => (isReported ? [at] : []))
  const isTogether = (message: Kept, before: Kept, at: number) => {
    const isSameTime = message.takenAt === before.takenAt
    if (reported.length === 0) return isSameTime
    return reported.some((of) => {
      if (Math.max(at - of, of - (at - 1)) > evidenceAround) return false
      // What came after it may have come later than what was kept with it, when it was among the newest.
      return at <= of || isSameTime || message.takenAt <= (kept[of]?.takenAt ?? 0)
    })
  }
  return kept.map((message, at) => {
    const before = kept[at - 1]
    if (!before) return false
    if (isGroup && BigInt(message.seq) - BigInt(before.seq) <= 1n) return false
    return !isTogether(message, before, at)
  })
}
