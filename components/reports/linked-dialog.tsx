'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { listOf, useHandOver } from '@/components/bulk-mutes/use-hand-over'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { safePlain } from '@/components/ui/safe-text'
import { toast } from '@/components/ui/toast-store'
import { unlinkAccountsAction } from '@/lib/accounts/actions'
import type { AccountKey } from '@/lib/accounts/schemas'
import { accountRef } from '@/lib/mutes/rules'
import { answerOf } from '@/lib/read'
import { reportsKey } from '@/lib/reports/inquiry-query'
import type { LinkedAccountDto } from '@/lib/reports/linked-dtos'
import type { ActionError } from '@/lib/result'
import { LinkForm } from './link-form'
import { Person } from './person'

type Linked = Pick<LinkedAccountDto, 'connection' | 'userId' | 'nickname' | 'through' | 'link'>

export type LinkedDialogProps = {
  account: AccountKey
  linked: readonly Linked[]
  connections: readonly { key: string; name: string }[]
  /** whoever may mute several at once; null: not this moderator */
  bulkActorId: string | null
  onClose(): void
}

/** Links an account with another one of the same person, takes links back, and takes them all into a bulk mute. */
export function LinkedDialog({ account, linked, connections, bulkActorId, onClose }: LinkedDialogProps) {
  const t = useTranslations('reports.linked')
  const router = useRouter()
  const queries = useQueryClient()
  const handOver = useHandOver(bulkActorId ?? '')
  const content = useRef<HTMLDivElement>(null)
  const [removing, setRemoving] = useState<string>()
  const [error, setError] = useState<ActionError>()
  const id = safePlain(account.userId, 40)
  const here = linked.filter(({ connection }) => connection === account.connection)
  const nameOf = (connection: string) => connections.find(({ key }) => key === connection)?.name ?? connection

  async function changed() {
    router.refresh()
    await queries.invalidateQueries({ queryKey: reportsKey })
  }

  async function remove({ userId, link }: Linked) {
    if (removing !== undefined) return
    setRemoving(link.id)
    const result = await answerOf(() => unlinkAccountsAction({ linkId: link.id }))
    setError(result.ok ? undefined : result.error)
    if (result.ok) {
      toast({ tone: 'success', title: t('removed', { id: safePlain(userId, 40) }) })
      // Its button goes away, and with it the focus would.
      content.current?.focus()
    }
    await changed()
    setRemoving(undefined)
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(wants) => !wants && onClose()}
      title={t('heading', { id })}
      description={t('what')}
      size="medium"
    >
      <div ref={content} tabIndex={-1} className="flex flex-col gap-4 outline-none">
        <LinkForm account={account} connections={connections} onLinked={changed} />
        {linked.length > 0 && (
          <section aria-label={t('list')} className="flex flex-col gap-2">
            <h3 className="font-semibold">{t('list')}</h3>
            <ul className="flex flex-col divide-y divide-line">
              {linked.map((one) => (
                <li key={accountRef(one)} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
                  <span className="min-w-0 flex-1 basis-40">
                    <Person {...one} />
                    {one.connection !== account.connection && (
                      <span className="block text-sm text-muted">{nameOf(one.connection)}</span>
                    )}
                  </span>
                  {one.link.canRemove ? (
                    <Button
                      aria-label={t('removeOne', { id: safePlain(one.userId, 40) })}
                      isBusy={removing === one.link.id}
                      onClick={() => void remove(one)}
                    >
                      {t('remove')}
                    </Button>
                  ) : (
                    <WhoRemoves one={one} />
                  )}
                </li>
              ))}
            </ul>
            {error && <ActionErrorPanel error={error} />}
          </section>
        )}
        {bulkActorId !== null && here.length > 0 && (
          <Button
            className="self-start"
            onClick={() =>
              handOver({
                kind: 'mute',
                connection: account.connection,
                lists: [
                  listOf('selection', t('from', { id }), [
                    account.userId,
                    ...here.map(({ userId }) => userId),
                  ]),
                ],
              })
            }
          >
            {t('bulk', { count: here.length + 1, connection: nameOf(account.connection) })}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

/** Why a link cannot be taken back here: it is somebody else's, or between two other accounts. */
function WhoRemoves({ one: { through, link } }: { one: Linked }) {
  const t = useTranslations('reports.linked')
  return (
    <span className="text-sm text-muted">
      {through
        ? t.rich('onlyThere', { account: () => <Person {...through} nickname={null} /> })
        : t('onlyBy', { name: safePlain(link.by, 40) })}
    </span>
  )
}
