'use client'

import { Keyboard, LogOut } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { RadioChips } from '@/components/ui/choice'
import { toast } from '@/components/ui/toast-store'
import { type Locale, localeNames, locales } from '@/lib/i18n/locales'
import { localeCookie, type Theme, themeCookie, themes } from '@/lib/i18n/preferences'
import { rememberChoice } from './preferences'
import { signOut } from './sign-out'

type MenuChoicesProps = { theme: Theme; onSheet: () => void }

/** What the moderator's menu offers: language, appearance, the list of keys and the way out. */
export function MenuChoices({ theme: renderedTheme, onSheet }: MenuChoicesProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  const [isLeaving, setLeaving] = useState(false)
  // Ahead of the server, which renders the same a moment later.
  const [locale, setLocale] = useState(useLocale())
  const [theme, setTheme] = useState(renderedTheme)

  function choose(cookie: string, value: string) {
    rememberChoice(cookie, value)
    router.refresh()
  }
  function chooseLocale(chosen: Locale) {
    setLocale(chosen)
    choose(localeCookie, chosen)
  }
  function chooseTheme(chosen: Theme) {
    setTheme(chosen)
    document.documentElement.dataset.theme = chosen
    choose(themeCookie, chosen)
  }
  async function leave() {
    setLeaving(true)
    if (await signOut()) return
    setLeaving(false)
    toast({ title: t('menu.signOutFailed'), description: t('menu.signOutFailedAdvice'), tone: 'danger' })
  }

  return (
    <>
      <RadioChips
        legend={t('menu.language')}
        value={locale}
        choices={locales.map((value) => ({ value, label: <span lang={value}>{localeNames[value]}</span> }))}
        onChange={chooseLocale}
      />
      <RadioChips
        legend={t('menu.theme')}
        value={theme}
        choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onChange={chooseTheme}
      />
      <div className="flex flex-col gap-1.5 border-t border-line pt-3">
        <Button icon={<Keyboard aria-hidden className="size-4" />} shortcut="?" onClick={onSheet}>
          {t('menu.shortcuts')}
        </Button>
        <Button icon={<LogOut aria-hidden className="size-4" />} isBusy={isLeaving} onClick={leave}>
          {t('menu.signOut')}
        </Button>
      </div>
    </>
  )
}
