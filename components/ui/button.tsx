import { clsx } from 'clsx'
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonVariant, buttonClass } from './button-class'
import { Kbd } from './kbd'

type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant
  /** work is under way: shows a spinner, keeps its words and its focus, ignores presses */
  isBusy?: boolean
  icon?: ReactNode
  /** the key that does the same, shown on the button */
  shortcut?: string
}

/**
 * A button; `type="button"` unless told otherwise. With `aria-disabled` it stays in reach of the keyboard, so that its
 * `aria-describedby` can say why it does nothing.
 */
export function Button({
  variant = 'secondary',
  isBusy = false,
  icon,
  shortcut,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const isOff = isBusy || rest.disabled || isTrue(rest['aria-disabled'])
  return (
    <button
      type="button"
      {...rest}
      {...pressing(isBusy || isTrue(rest['aria-disabled']), onClick)}
      aria-busy={isBusy || undefined}
      className={clsx(buttonClass(variant, isOff), className)}
    >
      {isBusy ? (
        <LoaderCircle aria-hidden className="size-4 animate-spin motion-reduce:animate-none" />
      ) : (
        icon
      )}
      <span>{children}</span>
      {shortcut && (
        <Kbd tone={isOff || variant === 'secondary' || variant === 'ghost' ? 'plain' : 'on-accent'}>
          {shortcut}
        </Kbd>
      )}
    </button>
  )
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  /** what it does, as its name for everybody who does not see the icon, and as its title */
  label: string
  icon: ReactNode
  isBusy?: boolean
}

/** A button that is only an icon. */
export function IconButton({ label, icon, isBusy = false, className, onClick, ...rest }: IconButtonProps) {
  const isOff = isBusy || rest.disabled || isTrue(rest['aria-disabled'])
  return (
    <button
      type="button"
      title={label}
      {...rest}
      {...pressing(isBusy || isTrue(rest['aria-disabled']), onClick)}
      aria-label={label}
      aria-busy={isBusy || undefined}
      className={clsx(
        'inline-flex size-control shrink-0 items-center justify-center rounded-control border border-transparent',
        isOff ? 'text-muted' : 'text-muted hover:bg-neutral-soft hover:text-text',
        className,
      )}
    >
      {isBusy ? (
        <LoaderCircle aria-hidden className="size-4 animate-spin motion-reduce:animate-none" />
      ) : (
        icon
      )}
    </button>
  )
}

function isTrue(value: boolean | 'true' | 'false' | undefined): boolean {
  return value === true || value === 'true'
}

/** A handler only where there is one, so that a button of a server component stays one. */
function pressing(isIgnored: boolean, onClick: ComponentProps<'button'>['onClick']) {
  if (!isIgnored) return onClick ? { onClick } : {}
  return { 'aria-disabled': true, type: 'button' as const }
}
