import { emptyForm } from '@/components/mutes/composer-form'
import type { MutePreset } from '@/lib/settings/rules'
import type { CollectDraft, Handover } from './collect-draft'
import { readStored } from './stored-draft'

type Connections = readonly { key: string; scopes: readonly string[] }[]

/** The form as it was left or handed over, or an empty one. */
export function firstDraft(
  actorId: string,
  presets: readonly MutePreset[],
  connections: Connections,
): CollectDraft {
  const { draft, handover } = readStored(actorId)
  const isKnown = ({ connection }: { connection: string }) =>
    connections.some(({ key }) => key === connection)
  if (draft && isKnown(draft)) return draft
  return draftOf(handover && isKnown(handover) ? handover : null, presets, connections)
}

/** A form with what was handed over; null: an empty one. */
export function draftOf(
  handover: Handover | null,
  presets: readonly MutePreset[],
  connections: Connections,
): CollectDraft {
  const connection = handover?.connection ?? connections[0]?.key ?? ''
  const isEverywhere = connections.find(({ key }) => key === connection)?.scopes.length !== 0
  return {
    connection,
    kind: handover?.kind ?? 'mute',
    place: handover?.place ?? { in: isEverywhere ? 'everywhere' : 'group', groupId: '', topicId: '' },
    lists: handover?.lists ?? [],
    text: '',
    form: emptyForm(presets, handover?.scope),
    mayShorten: false,
    cases: handover?.cases ?? [],
    wish: null,
    batch: null,
  }
}
