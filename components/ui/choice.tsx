'use client'

import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { FieldError } from './field'
import { Kbd } from './kbd'

export type Choice<T extends string> = {
  value: T
  label: ReactNode
  isDisabled?: boolean
  /** why it cannot be chosen, or what it means; its title */
  title?: string
  /** the key that chooses it */
  shortcut?: string
}

type RadioChipsProps<T extends string> = {
  legend: ReactNode
  /** the form field's name; one is made up without it */
  name?: string
  choices: readonly Choice<T>[]
  value: T | null
  onChange(value: T): void
  hint?: ReactNode
  error?: string | undefined
  isDisabled?: boolean
  className?: string
}

/**
 * A group of radio buttons that look like chips: one of a few choices, all in sight. Arrow keys move, as in any radio
 * group.
 */
export function RadioChips<T extends string>(props: RadioChipsProps<T>) {
  const { legend, choices, value, onChange, hint, error, isDisabled, className } = props
  const id = useId()
  const describedBy = clsx(error && `${id}-error`, hint && `${id}-hint`) || undefined
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-legend`}
      aria-describedby={describedBy}
      aria-invalid={error ? true : undefined}
      aria-disabled={isDisabled}
      className={clsx('min-w-0', className)}
    >
      <div id={`${id}-legend`} className="mb-1 font-medium">
        {legend}
      </div>
      <div className="flex flex-wrap gap-1.5">
        {choices.map((choice) => (
          <label key={choice.value} title={choice.title} className={chip}>
            <input
              type="radio"
              name={props.name ?? id}
              value={choice.value}
              checked={choice.value === value}
              disabled={isDisabled || choice.isDisabled}
              onChange={() => onChange(choice.value)}
              className="peer absolute inset-0 m-0 size-full cursor-[inherit] appearance-none rounded-control opacity-0"
            />
            <Check aria-hidden className="-ms-1 hidden size-3.5 peer-checked:block" />
            <span>{choice.label}</span>
            {choice.shortcut && <Kbd>{choice.shortcut}</Kbd>}
          </label>
        ))}
      </div>
      <FieldError id={`${id}-error`} error={error} />
      {hint && (
        <div id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </div>
      )}
    </div>
  )
}

const chip = clsx(
  'relative inline-flex min-h-control cursor-pointer items-center gap-1.5 rounded-control border border-line-strong bg-surface px-3 hover:bg-sunken',
  'has-checked:border-accent-text has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-text',
  'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
  'has-disabled:cursor-not-allowed has-disabled:border-line has-disabled:bg-sunken has-disabled:text-muted',
)

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode }

/** A checkbox with its label. */
export function Checkbox({ label, className, ...rest }: CheckboxProps) {
  return (
    <label
      className={clsx(
        'inline-flex min-h-6 cursor-pointer items-center gap-2 has-disabled:text-muted',
        className,
      )}
    >
      <input type="checkbox" {...rest} className="size-4 shrink-0 accent-accent" />
      <span>{label}</span>
    </label>
  )
}
