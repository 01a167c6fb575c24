import { clsx } from 'clsx'
import { initialsOf, toneOf } from './initials'

/** One lightness and chroma in each theme, so that every tone carries its letters equally well. */
const tones = [
  '[--hue:20]',
  '[--hue:65]',
  '[--hue:110]',
  '[--hue:155]',
  '[--hue:200]',
  '[--hue:245]',
  '[--hue:290]',
  '[--hue:335]',
] as const

const sizes = { row: 'size-8 text-xs', header: 'size-12 text-lg' }

/** The initials of an account in the colour of its id. A decoration: the name always stands beside it. */
export function Avatar({
  nickname,
  userId,
  size = 'row',
}: {
  nickname: string | null
  userId: string
  size?: keyof typeof sizes
}) {
  return (
    <span
      aria-hidden
      className={clsx(
        'inline-flex shrink-0 select-none items-center justify-center overflow-hidden rounded-full font-semibold',
        'bg-[light-dark(oklch(91%_0.05_var(--hue)),oklch(34%_0.06_var(--hue)))]',
        'text-[light-dark(oklch(36%_0.1_var(--hue)),oklch(91%_0.05_var(--hue)))]',
        tones[toneOf(userId)],
        sizes[size],
      )}
    >
      {initialsOf(nickname, userId)}
    </span>
  )
}
