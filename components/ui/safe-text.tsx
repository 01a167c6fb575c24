import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { safePieces } from './safe-pieces'

type SafeTextProps = {
  text: string
  /** letters to show at most */
  maxLength?: number
  className?: string
}

/**
 * A name or another text of a stranger: kept apart from the writing direction around it, in one line's height, with
 * whatever hides or deceives shown as its code. See `safePieces`.
 */
export function SafeText({ text, maxLength = 64, className }: SafeTextProps) {
  const t = useTranslations('common.safeText')
  if (text === '') return <span className={clsx('text-muted italic', className)}>{t('nameless')}</span>
  const { pieces, isCut } = safePieces(text, maxLength)
  const full = isCut ? plain(safePieces(text, maxTitleLength)) : undefined
  return (
    <bdi title={full} className={clsx('inline-block max-w-full overflow-clip text-ellipsis', className)}>
      {pieces.map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move.
            key={index}
            title={t('hidden', { code: piece.code })}
            className="mx-px rounded-chip bg-warning-soft px-0.5 font-mono text-xs text-warning-text"
          >
            ⟨{piece.code}⟩
          </span>
        ),
      )}
      {isCut && '…'}
    </bdi>
  )
}

const maxTitleLength = 300

/** The same for places that take only plain text: titles, labels of buttons, notifications. */
export function safePlain(text: string, maxLength = 64): string {
  return plain(safePieces(text, maxLength))
}

function plain({ pieces, isCut }: ReturnType<typeof safePieces>): string {
  const text = pieces.map((piece) => (piece.kind === 'text' ? piece.text : `⟨${piece.code}⟩`)).join('')
  // First strong isolate and its end, so that a right-to-left name does not turn the words around it.
  return `\u2068${text}${isCut ? '…' : ''}\u2069`
}
