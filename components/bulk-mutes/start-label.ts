import type { useTranslations } from 'next-intl'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'

/** What the button says that starts, asks or approves. */
export function startLabel(
  { status, approval }: Pick<BulkMuteDto, 'status' | 'approval'>,
  what: string,
  t: ReturnType<typeof useTranslations<'bulkMutes'>>,
): string {
  if (status === 'awaiting_approval') return t('commands.approve', { what })
  return approval ? t('commands.ask', { what }) : what
}
