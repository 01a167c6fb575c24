import { clsx } from 'clsx'

const tones = { plain: 'border-line bg-sunken text-muted', 'on-accent': 'border-current text-current' }

/**
 * A key, on the button that it presses or in a list of keys. Hidden from screen readers, and where there is no
 * keyboard.
 */
export function Kbd({ children, tone = 'plain' }: { children: string; tone?: keyof typeof tones }) {
  return (
    <kbd
      aria-hidden
      className={clsx(
        'inline-block min-w-5 rounded-chip border px-1 text-center font-mono text-xs leading-[1.125rem] pointer-coarse:hidden',
        tones[tone],
      )}
    >
      {children}
    </kbd>
  )
}
