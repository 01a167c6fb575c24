import * as z from 'zod'
import { appId } from './schemas'

/** What the members of a group are told when somebody mutes, unmutes or removes: the operator's name goes with it. */
export const tipSchema = z.strictObject({
  seq: z.int(),
  /** Epoch milliseconds of the emulator's clock. */
  at: z.int(),
  appId,
  group: z.string(),
  kind: z.enum(['group-mute', 'member-mute', 'kick']),
  operator: z.string(),
  /** Empty where the group as a whole is meant. */
  accounts: z.array(z.string()),
})

export type Tip = z.infer<typeof tipSchema>
