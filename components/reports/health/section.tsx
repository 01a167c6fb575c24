import type { ReactNode } from 'react'

type SectionProps = {
  /** of the heading, which names the section */
  id: string
  title: string
  /** what is counted, and what is not */
  what: string
  children: ReactNode
}

/** Figures of one kind under their heading, with what they are made of. */
export function Section({ id, title, what, children }: SectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-3 rounded-panel border border-line bg-surface p-4"
    >
      <div>
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        <p className="text-sm text-muted">{what}</p>
      </div>
      {children}
    </section>
  )
}

/** Figures beside each other, below each other where there is no room. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">{children}</dl>
}

/** One of them. */
export function Figure({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  return (
    <div data-figure={name} className="flex min-w-0 flex-col-reverse justify-end">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-lg font-semibold tabular-nums">{children}</dd>
    </div>
  )
}
