'use client'

import { clsx } from 'clsx'

type SelectBoxProps = {
  label: string
  isSelected: boolean
  isDisabled?: boolean
  /** why it cannot be selected */
  title?: string | undefined
  onToggle(isRange: boolean): void
  className?: string
}

/** The checkbox of a row. With Shift it means all rows from the last one on. */
export function SelectBox({
  label,
  isSelected,
  isDisabled = false,
  title,
  onToggle,
  className,
}: SelectBoxProps) {
  return (
    // Above the link or button that covers the row.
    <label
      title={title}
      className={clsx(
        'relative z-1 inline-flex size-control shrink-0 items-center justify-center',
        className,
      )}
    >
      <input
        type="checkbox"
        aria-label={label}
        checked={isSelected}
        disabled={isDisabled}
        // Shift would mark the text between.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onChange={({ nativeEvent }) => onToggle(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
        className="size-4 accent-accent"
      />
    </label>
  )
}
