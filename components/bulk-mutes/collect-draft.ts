import type { ComposerForm } from '@/components/mutes/composer-form'
import type { CaseWish } from '@/lib/bulk-mutes/rules'
import type { EndInput } from '@/lib/mutes/schemas'
import type { IdColumn } from './collect-file'
import type { Entry } from './collect-ids'

/** Ids that did not come from the text: of a file, of rows that were selected, or all members of a group. */
export type IdList = {
  kind: 'file' | 'selection' | 'members'
  /** the file's name, or where they were selected */
  name: string
  column?: IdColumn
  entries: Entry[]
}

/** Where the mutes shall hold; empty texts: not chosen yet, or the whole group. */
export type CollectPlace = { in: 'everywhere' | 'group'; groupId: string; topicId: string }

/** A case of abuse reports that an account came with. */
export type CollectCase = { id: string; number: number; connection: string; userId: string }

/** The runs that are being made of one form: the same keys again make the same runs again. */
export type Batch = {
  end: EndInput | null
  runs: { key: string; accounts: number; bulkId: string | null }[]
}

/** What was put into the form so far. */
export type CollectDraft = {
  connection: string
  kind: 'mute' | 'lift'
  place: CollectPlace
  lists: IdList[]
  text: string
  form: ComposerForm
  mayShorten: boolean
  cases: CollectCase[]
  /** what shall become of them; null: not chosen yet */
  wish: CaseWish | null
  batch: Batch | null
}

/** What another screen hands over: whom, and where they were seen. */
export type Handover = Pick<CollectDraft, 'connection'> &
  Partial<Pick<CollectDraft, 'kind' | 'place' | 'lists' | 'cases'>> & { scope?: ComposerForm['scope'] }

/** Changes when what is stored changes its shape. */
export const storageKey = 'hushdesk.collect.2'
export type Stored = { actorId: string; handover?: Handover; draft?: CollectDraft }

/** Hands accounts over to the form at `/bulk-mutes/new`, in place of what it held. False: this tab cannot keep so many. */
export function handOver(actorId: string, handover: Handover): boolean {
  return store({ actorId, handover })
}

/** Keeps the form for this tab; gone with the tab, and never shown to another moderator. */
export function keepDraft(actorId: string, draft: CollectDraft | null): void {
  if (draft) store({ actorId, draft })
  else remove()
}

function store(value: Stored): boolean {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(value))
    return true
  } catch {
    // Forbidden or full: the form then lives as long as the page.
    return false
  }
}

function remove(): void {
  try {
    sessionStorage.removeItem(storageKey)
  } catch {
    // Then nothing was stored either.
  }
}
