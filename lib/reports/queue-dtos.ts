/** How many are in each tab, counted up to `maxTabCount`. */
export type TabCountsDto = {
  new: number
  mine: number
  held: number
  expiring: number
  appeals: number
  /** when the next held case comes back, epoch ms */
  nextReturnAt: number | null
}

/** How many closed cases come back soon to be looked at again, and when the first does, epoch ms. */
export type LooksDto = { count: number; firstAt: number | null }
