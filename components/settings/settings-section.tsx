import type { ReactNode } from 'react'

type SettingsSectionProps = {
  /** of the heading, which names the section */
  id: string
  title: string
  what: string
  /** below the explanation */
  note?: ReactNode
  children: ReactNode
}

/** One thing that can be set, with what it means. */
export function SettingsSection({ id, title, what, note, children }: SettingsSectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-3 rounded-panel border border-line bg-surface p-4"
    >
      <div>
        <h2 id={id} className="scroll-mt-20 text-lg">
          {title}
        </h2>
        <p className="text-muted">{what}</p>
        {note}
      </div>
      {children}
    </section>
  )
}
