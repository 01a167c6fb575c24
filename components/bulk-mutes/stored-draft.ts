import type { ComposerForm } from '@/components/mutes/composer-form'
import { caseWishes } from '@/lib/bulk-mutes/rules'
import { muteScopes, reasonCategories } from '@/lib/mutes/rules'
import type { EndInput } from '@/lib/mutes/schemas'
import {
  isCount,
  isEither,
  isFlag,
  isListOf,
  isNullOr,
  isOneOf,
  isShape,
  isText,
  isTrue,
  parsed,
} from '@/lib/shape'
import {
  type Batch,
  type CollectCase,
  type CollectDraft,
  type CollectPlace,
  type Handover,
  type IdList,
  type Stored,
  storageKey,
} from './collect-draft'
import type { Entry } from './collect-ids'

// Apart from what stores it: pages that hand accounts over read none.

/** What was kept or handed over for this moderator in this tab; nothing where it is not what this form stores. */
export function readStored(actorId: string): Partial<Stored> {
  try {
    const stored = parsed(sessionStorage.getItem(storageKey), isStored)
    return stored?.actorId === actorId ? stored : {}
  } catch {
    // Storage can be forbidden.
    return {}
  }
}

const isKind = isOneOf(['mute', 'lift'])
const isScope = isOneOf(['both', ...muteScopes])

const isEnd = isEither<EndInput, EndInput>(
  isEither(
    isShape<Extract<EndInput, { kind: 'duration' }>>({ kind: isOneOf(['duration']), seconds: isCount }),
    isShape<Extract<EndInput, { kind: 'at' }>>({ kind: isOneOf(['at']), at: isCount }),
  ),
  isShape<Extract<EndInput, { kind: 'forever' }>>({ kind: isOneOf(['forever']) }),
)

const isPlace = isShape<CollectPlace>({
  in: isOneOf(['everywhere', 'group']),
  groupId: isText,
  topicId: isText,
})

const isEntry = isShape<Omit<Entry, 'isQuoted'>, Required<Pick<Entry, 'isQuoted'>>>(
  { text: isText, line: isCount },
  { isQuoted: isTrue },
)

const isIdList = isShape<Omit<IdList, 'column'>, Required<Pick<IdList, 'column'>>>(
  {
    kind: isOneOf(['file', 'selection', 'members']),
    name: isText,
    entries: isListOf(isEntry),
  },
  { column: isOneOf(['heading', 'first', 'text']) },
)

const isCase = isShape<CollectCase>({ id: isText, number: isCount, connection: isText, userId: isText })

const isForm = isShape<ComposerForm>({
  scope: isScope,
  roles: isNullOr(isListOf(isCount)),
  rolesText: isText,
  length: isText,
  customBy: isOneOf(['duration', 'at']),
  durationText: isText,
  atText: isText,
  category: isNullOr(isOneOf(reasonCategories)),
  reasonText: isText,
  isReasonEdited: isFlag,
})

const isBatch = isShape<Batch>({
  end: isNullOr(isEnd),
  runs: isListOf(isShape({ key: isText, accounts: isCount, bulkId: isNullOr(isText) })),
})

const isDraft = isShape<CollectDraft>({
  connection: isText,
  kind: isKind,
  place: isPlace,
  lists: isListOf(isIdList),
  text: isText,
  form: isForm,
  mayShorten: isFlag,
  cases: isListOf(isCase),
  wish: isNullOr(isOneOf(caseWishes)),
  batch: isNullOr(isBatch),
})

const isHandover = isShape<Pick<Handover, 'connection'>, Required<Omit<Handover, 'connection'>>>(
  { connection: isText },
  { kind: isKind, place: isPlace, lists: isListOf(isIdList), cases: isListOf(isCase), scope: isScope },
)

const isStored = isShape<Pick<Stored, 'actorId'>, Required<Omit<Stored, 'actorId'>>>(
  { actorId: isText },
  { handover: isHandover, draft: isDraft },
)
