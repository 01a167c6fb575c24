import * as z from 'zod'
import { API_NAMES, MAX_UINT32 } from './schemas'

const which = {
  /** The call it strikes; absent: every call. */
  api: z.enum(API_NAMES).optional(),
  appId: z.int().min(1).max(MAX_UINT32).optional(),
  /** Strikes only calls that name this account, alone or in a batch. */
  account: z.string().optional(),
  /** Strikes only calls that name this group, alone or in a batch. */
  group: z.string().optional(),
  /** How many calls it strikes. 1 unless told; with a `probability`, every call unless told. */
  times: z.union([z.int().min(1), z.literal('always')]).optional(),
  /** The chance of striking a call that it fits; drawn from `seed`, so that a storm can be repeated. */
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().min(0).max(MAX_UINT32).optional(),
}

/** Whether the call takes effect although its answer is spoilt. */
const applies = z.boolean().optional()

/**
 * What goes wrong with a call. Calls that the provider would refuse are refused first and use up no fault.
 * `delay` holds the answer back after the call was applied, or (`when`) holds back the application itself, which
 * then happens even if the caller has gone. `drop-before` and `drop-after` cut the connection without an answer.
 */
const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...which,
    kind: z.literal('delay'),
    ms: z.int().min(1).max(120_000),
    when: z.enum(['after-applying', 'before-applying']).default('after-applying'),
  }),
  z.strictObject({
    ...which,
    kind: z.literal('status'),
    status: z.int().min(400).max(599).default(502),
    applies: applies.default(false),
  }),
  z.strictObject({
    ...which,
    kind: z.literal('html'),
    status: z.int().min(200).max(599).default(200),
    applies: applies.default(false),
  }),
  z.strictObject({
    ...which,
    kind: z.literal('code'),
    code: z.int().min(1),
    info: z.string().default('fault'),
    applies: applies.default(false),
  }),
  /** The true answer with every value of another type, or only that of the field named. */
  z.strictObject({
    ...which,
    kind: z.literal('wrong-types'),
    field: z.string().optional(),
    applies: applies.default(true),
  }),
  /** The first half of the true answer: as the whole body, or with the connection cut in the middle of it. */
  z.strictObject({
    ...which,
    kind: z.literal('truncated'),
    cutsConnection: z.boolean().default(false),
    applies: applies.default(true),
  }),
  z.strictObject({ ...which, kind: z.literal('empty'), applies: applies.default(true) }),
  /** The true answer with so many bytes more in a field of its own. */
  z.strictObject({
    ...which,
    kind: z.literal('huge'),
    bytes: z
      .int()
      .min(1)
      .max(64 * 1024 * 1024)
      .default(2 * 1024 * 1024),
    applies: applies.default(true),
  }),
  /** One account of a batch fails with the code, the others are done; only where answers name those that failed. */
  z.strictObject({ ...which, account: z.string(), kind: z.literal('partial'), code: z.int().min(1) }),
  z.strictObject({ ...which, kind: z.literal('drop-before') }),
  z.strictObject({ ...which, kind: z.literal('drop-after') }),
])

export const addFaultsSchema = z.strictObject({ faults: z.array(faultSchema).min(1).max(1000) })

/** The faults still waiting, and how many calls each has struck. */
export const faultListSchema = z.array(
  z.strictObject({ fault: faultSchema, struck: z.int(), left: z.union([z.int(), z.literal('always')]) }),
)

export type Fault = z.infer<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>
export type FaultState = z.infer<typeof faultListSchema>[number]
