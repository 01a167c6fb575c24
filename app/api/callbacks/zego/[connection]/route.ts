import { defineCallback } from '@/lib/callback'
import { receiveCallback } from '@/lib/reports/receive-callback'

export const POST = defineCallback('zego', receiveCallback)
