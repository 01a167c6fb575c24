'use client'

import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

type PanelProps = {
  title: ReactNode
  /** beside the heading */
  tool?: ReactNode
  children: ReactNode
}

/** A part of a case under its heading. */
export function Panel({ title, tool, children }: PanelProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-2 rounded-panel border border-line bg-surface px-4 py-3"
    >
      <div className={clsx('flex flex-wrap items-center justify-between gap-2', tool && 'min-h-control')}>
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        {tool}
      </div>
      {children}
    </section>
  )
}
