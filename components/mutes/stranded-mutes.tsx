import { useTranslations } from 'next-intl'
import { ErrorPanel } from '@/components/ui/error-panel'
import type { StrandedDto } from '@/lib/mutes/stranded-schemas'
import { CloseStranded } from './close-stranded'

type StrandedMutesProps = { stranded: StrandedDto; canClose: boolean }

/**
 * Changes that nobody can ask the outcome of, since their connection is not configured any more, and the way to close
 * them.
 */
export function StrandedMutes({ stranded, canClose }: StrandedMutesProps) {
  const t = useTranslations('ledger.stranded')
  const { connection, count, commands } = stranded

  function targetOf({ userId, groupId }: StrandedDto['commands'][number]): string {
    if (groupId === null) return userId
    return userId === '' ? t('everybody', { group: groupId }) : t('inGroup', { user: userId, group: groupId })
  }

  return (
    <ErrorPanel
      role="none"
      effect={null}
      title={t('title', { connection })}
      actions={canClose && <CloseStranded connection={connection} count={count} />}
    >
      <p>{t('what', { count })}</p>
      <ul className="list-disc ps-5">
        {commands.map((command) => (
          <li key={command.id} className="break-words">
            {t('change', { kind: command.kind, target: targetOf(command), name: command.actorName })}
          </li>
        ))}
      </ul>
      {count > commands.length && <p>{t('more', { count: count - commands.length })}</p>}
    </ErrorPanel>
  )
}
