'use client'

import { clsx } from 'clsx'
import { useState } from 'react'
import type { AccountDto } from '@/lib/accounts/schemas'
import { encodePath } from '@/lib/read'
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

/**
 * The picture of an account, fetched by the server; without one its initials in the colour of its id. A decoration: the
 * name always stands beside it.
 */
export function Avatar({ account, size = 'row' }: { account: AccountDto; size?: keyof typeof sizes }) {
  const { connection, userId, nickname, hasAvatar } = account
  const [failed, setFailed] = useState<string | null>(null)
  const src = `/api/accounts${encodePath(connection.key, userId)}/avatar`
  return (
    <span
      aria-hidden
      className={clsx(
        'relative inline-flex shrink-0 select-none items-center justify-center overflow-hidden rounded-full font-semibold',
        'bg-[light-dark(oklch(91%_0.05_var(--hue)),oklch(34%_0.06_var(--hue)))]',
        'text-[light-dark(oklch(36%_0.1_var(--hue)),oklch(91%_0.05_var(--hue)))]',
        tones[toneOf(userId)],
        sizes[size],
      )}
    >
      {initialsOf(nickname, userId)}
      {hasAvatar && failed !== src && (
        // biome-ignore lint/performance/noImgElement: the route already gives what is shown, and nothing is optimised here
        <img
          src={src}
          alt=""
          loading="lazy"
          decoding="async"
          // Until it is there, and without an alternative text also while it is broken, the initials show through.
          className="absolute inset-0 size-full object-cover"
          // It may have failed before the page came alive.
          ref={(image) => {
            if (image?.complete && image.naturalWidth === 0) setFailed(src)
          }}
          onError={() => setFailed(src)}
        />
      )}
    </span>
  )
}
