import type { MuteCommandDto } from '@/lib/mutes/schemas'
import { encodePath } from '@/lib/read'

/** Where a command stands in its account's history. */
export function commandHref({ connection, userId, groupId, id }: MuteCommandDto): string {
  const page =
    userId === '' && groupId !== null
      ? `/groups${encodePath(connection, groupId)}`
      : `/accounts${encodePath(connection, userId)}`
  return `${page}#${commandAnchor(id)}`
}

/** The id of a command's line in the history. */
export function commandAnchor(commandId: string): string {
  return `command-${commandId}`
}
