'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import type { Role } from '@/lib/auth/roles'
import type { Theme } from '@/lib/i18n/preferences'
import { useShortcut, useShortcutKeys } from './shortcuts'
import { useUndoKey } from './undo-key'

/** What breaks here would take the frame with it. */
const MenuChoices = lazy(() =>
  import('./menu-choices').then(
    (loaded) => ({ default: loaded.MenuChoices }),
    () => ({ default: NotLoaded }),
  ),
)
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet')).ShortcutSheet }))

type ModeratorMenuProps = { name: string; role: Role; theme: Theme }

/** Who is signed in, and a menu in the browser's own popover; what it offers is loaded when it is opened first. */
export function ModeratorMenu({ name, role, theme }: ModeratorMenuProps) {
  const t = useTranslations('shell')
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  const [isSheetOpen, setSheetOpen] = useState<boolean>()
  const [wasOpened, setOpened] = useState(false)
  // The browser opens it before the page has come alive, too.
  useEffect(() => setOpened(panel.current?.matches(':popover-open') ?? false), [])
  useShortcutKeys()
  useUndoKey()
  useShortcut({ key: '?', label: t('shortcuts.help'), run: openSheet })

  function openSheet() {
    panel.current?.hidePopover()
    setSheetOpen(true)
  }

  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t('menu.open', { name: safePlain(name) })}
        className="flex size-control shrink-0 items-center justify-center rounded-full border border-line-strong bg-accent-soft font-semibold text-accent-text"
      >
        <span aria-hidden>{initialOf(name)}</span>
      </button>
      <section
        ref={panel}
        id={id}
        popover="auto"
        onToggle={() => setOpened(true)}
        aria-label={t('menu.open', { name: safePlain(name) })}
        className="fixed inset-auto end-2 top-14 m-0 max-h-[calc(100dvh-8rem)] w-72 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-panel border border-line bg-raised p-3 text-text shadow-raised open:flex open:flex-col open:gap-4"
      >
        <div>
          <p className="font-semibold">
            <SafeText text={name} />
          </p>
          <p className="text-sm text-muted">{t(`roles.${role}`)}</p>
        </div>
        {wasOpened && (
          <Suspense fallback={<Skeleton lines={4} />}>
            <MenuChoices theme={theme} onSheet={openSheet} />
          </Suspense>
        )}
      </section>
      {isSheetOpen !== undefined && (
        <Suspense>
          <ShortcutSheet isOpen={isSheetOpen} onOpenChange={setSheetOpen} />
        </Suspense>
      )}
    </>
  )
}

/** The first letter of a name, whatever its script. */
function initialOf(name: string): string {
  return /\p{L}|\p{N}/u.exec(name)?.[0].toLocaleUpperCase() ?? '?'
}

/** The console does not answer, or was updated since the page came. */
function NotLoaded() {
  return <p role="alert">{useTranslations('common.state')('notLoaded')}</p>
}
