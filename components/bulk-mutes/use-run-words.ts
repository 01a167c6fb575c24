'use client'

import { useTranslations } from 'next-intl'
import { endArgs, useEndWords } from '@/components/mutes/words'
import { safePlain } from '@/components/ui/safe-text'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'

/** The words that name a run: what, how many, where and until when. */
export function useRunWords() {
  const t = useTranslations('bulkMutes')
  const { short } = useEndWords()

  /** "in one-to-one chats and all groups", "in the group Party". */
  function place({ userId, groupId, groupName, topicId, scopes }: BulkMuteDto): string {
    if (userId !== null) return t('inGroups.place', { name: safePlain(userId, 40) })
    if (groupId !== null) {
      const name = safePlain(groupName ?? groupId, 40)
      return topicId === null
        ? t('places.group', { name })
        : t('places.topic', { topic: safePlain(topicId, 40), name })
    }
    const [first] = scopes
    return t(
      `places.${scopes.length === 1 && first === 'one_to_one' ? first : scopes.length === 1 ? 'all_groups' : 'both'}`,
    )
  }

  return {
    place,
    /** "Bulk mute of 500 accounts". */
    title: ({ kind, total, userId }: BulkMuteDto) =>
      userId === null
        ? t(`titles.${kind}`, { count: total })
        : t(`inGroups.titles.${kind}`, { count: total, name: safePlain(userId, 40) }),
    /** "Mute 472 accounts in one-to-one chats and all groups until Thu 14:05". */
    what(run: BulkMuteDto, now: number) {
      const facts = { count: run.doing, ...endArgs(run.until, (at) => short(at, now)) }
      return run.userId === null
        ? t(`what.${run.kind}`, { ...facts, place: place(run) })
        : t(`inGroups.what.${run.kind}`, { ...facts, name: safePlain(run.userId, 40) })
    },
  }
}
