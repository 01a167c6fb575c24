'use client'

import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

type PopoverProps = {
  /** one element that takes a ref, such as `Button` */
  trigger: ReactNode
  /** its name for screen readers */
  label: string
  children: ReactNode
}

/** A small window beside its button, for what is not a menu; the page around it stays usable. */
export function Popover({ trigger, label, children }: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Content
        aria-label={label}
        sideOffset={4}
        collisionPadding={8}
        className="z-50 max-h-(--radix-popover-content-available-height) max-w-96 animate-appear overflow-y-auto rounded-panel border border-line bg-raised p-3 shadow-raised"
      >
        {children}
      </Radix.Content>
    </Radix.Root>
  )
}
