'use client'

import { useEffect, useEffectEvent, useRef } from 'react'

/**
 * Chooses a member, and leads to the heading of the member's panel where that is not well in sight: on a narrow screen
 * it stands below the list, and a choice would seem to do nothing. Whoever follows a link or goes back stays where they
 * are.
 */
export function useMemberPanel(member: string | null, setMember: (userId: string | null) => void) {
  const heading = useRef<HTMLHeadingElement>(null)
  const chosen = useRef<string | null>(null)

  function lead() {
    const target = heading.current
    if (!target || chosen.current === null || chosen.current !== member) return
    chosen.current = null
    const { top, bottom } = target.getBoundingClientRect()
    // At the foot of the screen it would be all that is seen of the panel.
    if (top >= 0 && bottom <= window.innerHeight / 2) return
    target.scrollIntoView({ block: 'start' })
    target.focus({ preventScroll: true })
  }
  const onMember = useEffectEvent(lead)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading of another member stands once there is another member.
  useEffect(() => onMember(), [member])

  return {
    heading,
    /** null: the group as a whole */
    select(userId: string | null) {
      chosen.current = userId
      if (userId === member) lead()
      else setMember(userId)
    },
  }
}
