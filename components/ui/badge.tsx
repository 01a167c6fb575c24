import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info'

const looks: Record<Tone, string> = {
  neutral: 'bg-neutral-soft text-text',
  accent: 'bg-accent-soft text-accent-text',
  success: 'bg-success-soft text-success-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
  info: 'bg-info-soft text-info-text',
}

type BadgeProps = ComponentProps<'span'> & {
  tone?: Tone
  /** says the same as the colour to those who do not see it; the words say it to everybody */
  icon?: ReactNode
  /** something not yet certain: hatched */
  isPending?: boolean
}

/** A short state: a word, usually with an icon, never a colour alone. `data-*` attributes pass through. */
export function Badge({
  tone = 'neutral',
  icon,
  isPending = false,
  className,
  children,
  ...rest
}: BadgeProps) {
  return (
    <span
      {...rest}
      className={clsx(
        'inline-flex max-w-full items-center gap-1 rounded-chip px-1.5 py-px text-sm font-medium [&>svg]:size-3.5 [&>svg]:shrink-0',
        looks[tone],
        isPending && 'outline-1 -outline-offset-1 outline-dashed outline-current',
        className,
      )}
    >
      {icon}
      <span className="min-w-0">{children}</span>
    </span>
  )
}
