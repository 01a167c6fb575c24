import { useTranslations } from 'next-intl'

/** The sections of the page, to go to one at once: `id` is that of its heading. What was typed elsewhere stays. */
export function SettingsIndex({ sections }: { sections: readonly { id: string; title: string }[] }) {
  const t = useTranslations('settings')
  return (
    <nav aria-label={t('index')}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm lg:flex-col">
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} className="inline-block min-h-6 py-1 text-accent-text underline">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
