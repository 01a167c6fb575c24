'use client'

import { clsx } from 'clsx'
import { CircleAlert } from 'lucide-react'
import { type ComponentProps, createContext, type ReactNode, use, useId } from 'react'

type Wiring = { id: string; describedBy: string | undefined; isInvalid: boolean; isRequired: boolean }

const FieldContext = createContext<Wiring | null>(null)

type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** what is wrong with it; shown below, announced, and tied to the control */
  error?: string | undefined
  isRequired?: boolean
  /** beside the label, like "optional" */
  note?: string
  className?: string
  /** one of `Input`, `Textarea`, `Select` */
  children: ReactNode
}

/** A labelled control with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, isRequired, note, className, children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = clsx(error && errorId, hint && hintId) || undefined
  return (
    <div className={clsx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
        {note && <span className="ms-1.5 font-normal text-muted">({note})</span>}
      </label>
      <FieldContext value={{ id, describedBy, isInvalid: Boolean(error), isRequired: Boolean(isRequired) }}>
        {children}
      </FieldContext>
      <FieldError id={errorId} error={error} />
      {hint && (
        <div id={hintId} className="text-sm text-muted">
          {hint}
        </div>
      )}
    </div>
  )
}

/** What is wrong with a control, as a live line; empty without an error, so that its coming is announced. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return (
    <div id={id} aria-live="polite" className="empty:hidden">
      {error && (
        <p className="flex items-start gap-1 text-sm text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}

function useWiring() {
  const wiring = use(FieldContext)
  if (!wiring) return {}
  return {
    id: wiring.id,
    'aria-describedby': wiring.describedBy,
    'aria-invalid': wiring.isInvalid || undefined,
    required: wiring.isRequired || undefined,
  }
}

/** A text field; inside a `Field` it is wired to the label, hint and error. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useWiring()} {...rest} className={clsx('field', className)} />
}

/** A text field for an exact id: nothing that a browser or a keyboard would make of it. */
export function IdInput({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <Input
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      {...rest}
      className={clsx('font-mono', className)}
    />
  )
}

/** A text field of several lines. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={3} {...useWiring()} {...rest} className={clsx('field block', className)} />
}

/** The browser's own drop-down list; its children are `<option>`s. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...useWiring()} {...rest} className={clsx('field', className)} />
}
