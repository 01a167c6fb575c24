'use server'

import { defineAction } from '@/lib/action'
import { approveBulkMute } from './approve'
import { cancelBulkMute } from './cancel'
import { createBulkMute } from './create'
import { pauseBulkMute } from './pause'
import { previewBulkMuteAgain } from './preview-again'
import { resumeBulkMute } from './resume'
import { retryBulkMute } from './retry'
import {
  bulkKeySchema,
  createBulkMuteSchema,
  retryBulkMuteSchema,
  startBulkMuteSchema,
  undoBulkMuteSchema,
} from './schemas'
import { startBulkMute } from './start'
import { undoBulkMute } from './undo'

export const createBulkMuteAction = defineAction({
  name: 'bulk-mutes.create',
  input: createBulkMuteSchema,
  permission: 'mutes:bulk',
  limit: 60,
  verb: createBulkMute,
})

export const previewBulkMuteAgainAction = defineAction({
  name: 'bulk-mutes.preview-again',
  input: bulkKeySchema,
  permission: 'mutes:bulk',
  limit: 60,
  verb: previewBulkMuteAgain,
})

export const startBulkMuteAction = defineAction({
  name: 'bulk-mutes.start',
  input: startBulkMuteSchema,
  permission: 'mutes:bulk',
  limit: 60,
  verb: startBulkMute,
})

export const approveBulkMuteAction = defineAction({
  name: 'bulk-mutes.approve',
  input: startBulkMuteSchema,
  permission: 'mutes:approve-bulk',
  limit: 60,
  verb: approveBulkMute,
})

export const pauseBulkMuteAction = defineAction({
  name: 'bulk-mutes.pause',
  input: bulkKeySchema,
  permission: 'mutes:bulk',
  limit: 60,
  verb: pauseBulkMute,
})

export const resumeBulkMuteAction = defineAction({
  name: 'bulk-mutes.resume',
  input: bulkKeySchema,
  permission: 'mutes:bulk',
  limit: 60,
  verb: resumeBulkMute,
})

export const cancelBulkMuteAction = defineAction({
  name: 'bulk-mutes.cancel',
  input: bulkKeySchema,
  permission: 'mutes:bulk',
  limit: 60,
  verb: cancelBulkMute,
})

export const retryBulkMuteAction = defineAction({
  name: 'bulk-mutes.retry',
  input: retryBulkMuteSchema,
  permission: 'mutes:bulk',
  limit: 60,
  verb: retryBulkMute,
})

export const undoBulkMuteAction = defineAction({
  name: 'bulk-mutes.undo',
  input: undoBulkMuteSchema,
  permission: 'mutes:bulk',
  limit: 60,
  verb: undoBulkMute,
})
