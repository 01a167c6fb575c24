/** A note that a moderator wrote; instants in epoch ms. */
export type NoteDto = {
  id: string
  by: string
  text: string
  isSticky: boolean
  writtenAt: number
  /** where it was written; null: on the account's own page */
  caseId: string | null
  caseNumber: number | null
}

/** What moderators wrote about an account: what is sticky first, then the newest. */
export type NotesDto = { notes: NoteDto[]; serverNow: number }
