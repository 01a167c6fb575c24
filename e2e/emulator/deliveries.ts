import * as z from 'zod'
import { appId } from './schemas'

/** A one-to-one message that the server API delivered. */
export const deliverySchema = z.strictObject({
  seq: z.int(),
  /** Epoch milliseconds of the emulator's clock. */
  at: z.int(),
  appId,
  from: z.string(),
  to: z.string(),
  text: z.string(),
})

export type Delivery = z.infer<typeof deliverySchema>
