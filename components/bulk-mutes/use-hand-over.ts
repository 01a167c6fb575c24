'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { toast } from '@/components/ui/toast-store'
import { type Handover, handOver, type IdList } from './collect-draft'

/** Goes to the form of bulk mutes with accounts that were selected on another screen. */
export function useHandOver(actorId: string) {
  const t = useTranslations('bulkCollect.selection')
  const router = useRouter()
  return (handover: Handover) => {
    if (handOver(actorId, handover)) router.push('/bulk-mutes/new')
    else toast({ tone: 'danger', title: t('tooLarge') })
  }
}

/** Accounts as a list of the form. */
export function listOf(kind: IdList['kind'], name: string, userIds: readonly string[]): IdList {
  return { kind, name, entries: userIds.map((text, index) => ({ text, line: index + 1 })) }
}
