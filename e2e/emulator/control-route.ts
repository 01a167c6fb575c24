import * as z from 'zod'
import type { World } from './world'

/** A control request that cannot be served; its message goes back to the caller. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message)
    this.name = 'ControlError'
  }
}

/** A control route: its input (body, or query parameters for GET) and what it does. */
export type ControlRoute = (world: World, input: unknown) => unknown

/** Makes a route that parses its input first. */
export function route<Input>(
  schema: z.ZodType<Input>,
  run: (world: World, input: Input) => unknown,
): ControlRoute {
  return (world, raw) => {
    const parsed = schema.safeParse(raw)
    if (!parsed.success) throw new ControlError(400, z.prettifyError(parsed.error))
    return run(world, parsed.data)
  }
}
