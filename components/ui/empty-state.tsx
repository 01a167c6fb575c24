import type { ReactNode } from 'react'

type EmptyStateProps = {
  icon?: ReactNode
  /** which of the empty states it is: no data, no match, not allowed … */
  title: string
  /** what to do next */
  children?: ReactNode
  /** the next useful link or button */
  action?: ReactNode
}

/** Where a list has nothing to show: says why, and what is useful next. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-10 text-center [&>svg]:size-6 [&>svg]:text-muted">
      {icon}
      <p className="font-semibold">{title}</p>
      {children && <div className="text-muted">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  )
}
