'use server'

import { defineAction } from '@/lib/action'
import { acceptDrift } from './accept-drift'
import { applyMute } from './apply'
import { endStrandedMutes } from './end-stranded'
import { liftMute } from './lift'
import { reapplyMute } from './reapply'
import {
  acceptDriftSchema,
  applyMuteSchema,
  liftMuteSchema,
  reapplyMuteSchema,
  settleMuteSchema,
  undoMuteSchema,
} from './schemas'
import { settleMute } from './settle'
import { endStrandedMutesSchema } from './stranded-schemas'
import { undoMute } from './undo'

export const applyMuteAction = defineAction({
  name: 'mutes.apply',
  input: applyMuteSchema,
  permission: 'mutes:apply',
  limit: 120,
  verb: applyMute,
})

export const liftMuteAction = defineAction({
  name: 'mutes.lift',
  input: liftMuteSchema,
  permission: 'mutes:lift',
  limit: 120,
  verb: liftMute,
})

export const undoMuteAction = defineAction({
  name: 'mutes.undo',
  input: undoMuteSchema,
  permission: 'mutes:lift',
  limit: 120,
  verb: undoMute,
})

export const reapplyMuteAction = defineAction({
  name: 'mutes.reapply',
  input: reapplyMuteSchema,
  permission: 'mutes:apply',
  limit: 120,
  verb: reapplyMute,
})

export const acceptDriftAction = defineAction({
  name: 'mutes.accept-drift',
  input: acceptDriftSchema,
  permission: 'mutes:apply',
  limit: 120,
  verb: acceptDrift,
})

export const settleMuteAction = defineAction({
  name: 'mutes.settle',
  input: settleMuteSchema,
  permission: 'mutes:apply',
  limit: 120,
  verb: settleMute,
})

export const endStrandedMutesAction = defineAction({
  name: 'mutes.end-stranded',
  input: endStrandedMutesSchema,
  permission: 'mutes:apply',
  limit: 30,
  verb: endStrandedMutes,
})
