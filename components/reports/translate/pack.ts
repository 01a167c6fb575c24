/** What the browser has to have on the machine before it can do something, perhaps to be loaded first. */
export type PackState =
  | { kind: 'ready' }
  /** `share`: how much of it has come, from 0 to 1; null: not known */
  | { kind: 'loading'; share: number | null }
  /** it waits for a press: the browser loads nothing unasked, or it failed */
  | { kind: 'stopped'; hasFailed: boolean }
  | { kind: 'unavailable' }

export type Pack<Made> = {
  state(): PackState
  /** Resolves when it is there, however often it is tried; with null when it cannot be had. */
  made: Promise<Made | null>
  /** Asks for it, at best within a press; does nothing unless it is stopped. */
  load(): void
}

type Make<Made> = (monitor: (monitor: EventTarget) => void) => Promise<Made>

/** Something that the browser makes when `load` is called; tells `onChange` of every step. */
export function createPack<Made>(make: Make<Made>, onChange: () => void): Pack<Made> {
  let state: PackState = { kind: 'stopped', hasFailed: false }
  let settle: (made: Made | null) => void = () => {}
  const made = new Promise<Made | null>((resolve) => {
    settle = resolve
  })
  const become = (next: PackState) => {
    state = next
    onChange()
  }

  function load() {
    if (state.kind !== 'stopped') return
    become({ kind: 'loading', share: null })
    make((monitor) =>
      monitor.addEventListener('downloadprogress', (event) => {
        if (state.kind === 'loading') become({ kind: 'loading', share: shareOf(event) })
      }),
    ).then(
      (one) => {
        become({ kind: 'ready' })
        settle(one)
      },
      (error: unknown) => {
        const name = error instanceof Error ? error.name : ''
        if (name === 'NotSupportedError') {
          become({ kind: 'unavailable' })
          settle(null)
        } else become({ kind: 'stopped', hasFailed: name !== 'NotAllowedError' })
      },
    )
  }

  return { state: () => state, made, load }
}

/** Browsers tell a share of one, or so many bytes of how many. */
function shareOf(event: Event): number | null {
  const { loaded, total } = event as Event & { loaded?: unknown; total?: unknown }
  if (typeof loaded !== 'number') return null
  const share = typeof total === 'number' && total > 0 ? loaded / total : loaded
  return Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) : null
}
