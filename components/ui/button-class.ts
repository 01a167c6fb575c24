export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'

const looks: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border-line-strong bg-surface text-text hover:bg-sunken',
  ghost: 'border-transparent bg-transparent text-text hover:bg-neutral-soft',
  danger: 'border-transparent bg-danger text-on-danger hover:bg-danger-hover',
}
/** Busy and unavailable buttons stay readable, and look apart from each other only by the icon. */
const off = 'border-line bg-sunken text-muted'

/** The classes of a button, also for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', isOff = false): string {
  return `inline-flex min-h-control items-center justify-center gap-1.5 rounded-control border px-3 py-1 text-center font-medium select-none ${isOff ? off : looks[variant]}`
}
