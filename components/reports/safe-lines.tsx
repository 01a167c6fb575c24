import { SafeText } from '@/components/ui/safe-text'

/** A line beyond this is cut; so are lines beyond that. */
const maxLineLength = 2_000
const maxLines = 60

/** A stranger's text of several lines: inert, each line kept apart from the writing direction of the others. */
export function SafeLines({ text }: { text: string }) {
  const lines = text.split(/\r?\n/)
  return (
    <div className="wrap-anywhere">
      {lines.slice(0, maxLines).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move.
        <div key={index} className="min-h-5">
          {line !== '' && <SafeText text={line} maxLength={maxLineLength} />}
        </div>
      ))}
      {lines.length > maxLines && '…'}
    </div>
  )
}
