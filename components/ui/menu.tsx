'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

const item =
  'flex min-h-control cursor-pointer items-center gap-2 rounded-chip px-2 outline-none select-none data-disabled:cursor-not-allowed data-disabled:text-muted data-highlighted:bg-accent-soft data-highlighted:text-accent-text [&>svg]:size-4 [&>svg]:shrink-0'

/** A button with a menu below it. `trigger` is one element that takes a ref, such as `Button`. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 max-w-80 animate-appear overflow-y-auto rounded-panel border border-line bg-raised p-1 shadow-raised"
      >
        {children}
      </Radix.Content>
    </Radix.Root>
  )
}

type MenuItemProps = { icon?: ReactNode; isDisabled?: boolean; onSelect(): void; children: ReactNode }

/** One command of a menu. */
export function MenuItem({ icon, isDisabled = false, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item className={item} disabled={isDisabled} onSelect={onSelect}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </Radix.Item>
  )
}

type MenuRadioProps<T extends string> = {
  label: ReactNode
  value: T
  choices: readonly { value: T; label: ReactNode; lang?: string }[]
  onChange(value: T): void
}

/** A choice of one within a menu. */
export function MenuRadio<T extends string>({ label, value, choices, onChange }: MenuRadioProps<T>) {
  function choose(chosen: string) {
    const choice = choices.find((candidate) => candidate.value === chosen)
    if (choice) onChange(choice.value)
  }
  return (
    <Radix.Group>
      <Radix.Label className="px-2 pt-1.5 pb-0.5 text-xs font-medium text-muted">{label}</Radix.Label>
      <Radix.RadioGroup value={value} onValueChange={choose}>
        {choices.map((choice) => (
          <Radix.RadioItem key={choice.value} value={choice.value} lang={choice.lang} className={item}>
            <span className="w-4">
              <Radix.ItemIndicator>
                <Check aria-hidden className="size-4" />
              </Radix.ItemIndicator>
            </span>
            <span className="min-w-0 flex-1">{choice.label}</span>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </Radix.Group>
  )
}

/** What a menu is about; not a command. */
export function MenuHeading({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1.5">{children}</Radix.Label>
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />
}
