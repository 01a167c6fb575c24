import type { GroupType } from '../group-schemas'
import { Refusal } from '../refusal'
import type { AdmittedCall } from './endpoint'
import type { Group, Topic } from './groups'
import { TOPIC_MISSING, TOPICS_NOT_SUPPORTED } from './unconfirmed'

/** What all calls on groups have in common. */
export const GROUP_CALL = {
  limitPerSecond: 200,
  dress: 'action',
  badJsonCode: 60003,
  notAdminCode: 10007,
} as const

const MAX_ANSWER_BYTES = 1024 * 1024

/**
 * The group id of a call, in form only.
 * @throws Refusal when it is missing or could be no id
 */
export function requireGroupId(value: unknown, field = 'GroupId'): string {
  if (typeof value !== 'string') throw new Refusal(10004, 'bad-body', `${field} is missing or no string`)
  if (isGroupId(value)) return value
  throw new Refusal(10015, 'bad-group-id', `${field} is not 1 to 48 bytes of printable ASCII`)
}

/** Whether a text could be a group's id. */
export function isGroupId(text: string): boolean {
  return /^[\x20-\x7e]{1,48}$/.test(text)
}

/** The group with an id; there may be none without any rule being broken. */
export function requireGroup(call: AdmittedCall, id: string): Group {
  const group = call.app.groups.get(id)
  if (!group) throw new Refusal(10010, null, 'the group does not exist or was dissolved')
  return group
}

/** Refuses a group of a type that the document of the call excludes. */
export function refuseTypes(group: Group, excluded: readonly GroupType[], code: number): void {
  if (!excluded.includes(group.type)) return
  throw new Refusal(code, 'bad-group-type', `the call is not for groups of the type ${group.type}`)
}

/**
 * The id of a topic of a group, in form only.
 * @throws Refusal when it could be no id of a topic of this group
 */
export function requireTopicId(value: unknown, groupId: string): string {
  if (typeof value !== 'string') throw new Refusal(10004, 'bad-body', 'TopicId is no string')
  const isTopicId = /^[\x20-\x7e]{1,96}$/.test(value) && value.startsWith(`${groupId}@TOPIC#_`)
  if (isTopicId) return value
  throw new Refusal(10015, 'bad-group-id', 'TopicId is not the id of a topic of the group')
}

/** The topics of a group, or a refusal where topics are not supported. */
export function requireTopics(group: Group): Map<string, Topic> {
  if (group.topics) return group.topics
  throw new Refusal(TOPICS_NOT_SUPPORTED, 'bad-group-type', 'the group does not support topics')
}

/** The topic with an id; there may be none without any rule being broken. */
export function requireTopic(group: Group, id: string): Topic {
  const topic = requireTopics(group).get(id)
  if (!topic) throw new Refusal(TOPIC_MISSING, null, 'the topic does not exist or was dissolved')
  return topic
}

/** The value of a switch, or a refusal. */
export function requireSwitch(field: string, value: unknown): boolean {
  if (value === 'On' || value === 'Off') return value === 'On'
  throw new Refusal(10004, 'bad-body', `${field} is neither On nor Off`)
}

/** An optional whole number within its bounds, or a refusal. */
export function optionalInteger(field: string, value: unknown, min: number, max: number): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  const isTooLarge = typeof value === 'number' && value > max
  throw new Refusal(
    10004,
    isTooLarge ? 'batch-too-large' : 'bad-body',
    `${field} is not a whole number from ${min} to ${max}`,
  )
}

/** An optional 0 or 1, or a refusal. */
export function optionalFlag(field: string, value: unknown): boolean {
  if (value === undefined) return false
  if (value === 0 || value === 1) return value === 1
  throw new Refusal(10004, 'bad-body', `${field} is neither 0 nor 1`)
}

/** An optional list of texts, or a refusal. */
export function optionalTexts(field: string, value: unknown): string[] | undefined {
  if (value === undefined) return undefined
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  if (Array.isArray(value) && texts.length === value.length) return texts
  throw new Refusal(10004, 'bad-body', `${field} is no list of strings`)
}

/** The fields of an answer, unless they are more than one answer holds. */
export function withinAnswer(fields: Record<string, unknown>): Record<string, unknown> {
  if (Buffer.byteLength(JSON.stringify(fields)) <= MAX_ANSWER_BYTES) return fields
  throw new Refusal(10018, null, 'the answer would be larger than 1 MB')
}
