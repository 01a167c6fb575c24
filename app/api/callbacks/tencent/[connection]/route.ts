import { defineCallback } from '@/lib/callback'
import { noteMessage } from '@/lib/reports/note-message'
import { receiveCallback } from '@/lib/reports/receive-callback'

export const POST = defineCallback('tencent', receiveCallback, noteMessage)
