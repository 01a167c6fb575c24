import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { createBulkMute } from './create'
import type { BulkMuteDto, SubmitBulkMuteInput } from './schemas'

/**
 * Makes a run for a program, which looks at no preview: unless it wants that alone, the server starts the run as soon as
 * the preview is there, or lets it wait for a second person where one has to agree. Throws what `createBulkMute` throws.
 */
export async function submitBulkMute(
  context: Context,
  actor: Actor,
  { previewOnly, ...input }: SubmitBulkMuteInput,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  return createBulkMute(context, actor, input, !previewOnly)
}
