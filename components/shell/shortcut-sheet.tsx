'use client'

import { useTranslations } from 'next-intl'
import { Checkbox } from '@/components/ui/choice'
import { Dialog } from '@/components/ui/dialog'
import { useShortcutList, useShortcutSwitch } from './shortcuts'

/** The list of keys that work on this screen, with the switch that turns them off. */
export function ShortcutSheet({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}) {
  const t = useTranslations('shell.shortcuts')
  const shortcuts = useShortcutList()
  const [isOn, setOn] = useShortcutSwitch()
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('description')}
      footer={
        <Checkbox label={t('enabled')} checked={isOn} onChange={(event) => setOn(event.target.checked)} />
      }
    >
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5">
        {shortcuts.map(({ key, label }) => (
          <div key={key} className="col-span-2 grid grid-cols-subgrid items-center">
            <dt>{label}</dt>
            <dd>
              <kbd className="inline-block min-w-6 rounded-chip border border-line bg-sunken px-1.5 py-px text-center font-mono text-sm">
                {keyName(key)}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

function keyName(key: string): string {
  if (!key.startsWith('mod+')) return key
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return `${isMac ? '⌘' : 'Ctrl'} ${key.slice(4).toUpperCase()}`
}
