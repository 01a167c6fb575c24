import type { Messages } from './messages'

/** The texts that the parts of a page share; a namespace may be cut to what they need. */
export type ClientMessages = Partial<Messages>

// Server components and client components are bundles of their own, each with its own modules; they share the process.
const holder = globalThis as { [textsKey]?: Map<string, ClientMessages> }
const textsKey = Symbol.for('hushdesk.clientTexts')

/** Keeps the texts of an address in this process, for the client components that the server renders. */
export function keepTexts(href: string, messages: ClientMessages): void {
  holder[textsKey] ??= new Map()
  holder[textsKey].set(href, messages)
}

/** What was kept for an address. Throws an error where nothing was: whoever names an address has kept its texts. */
export function keptTexts(href: string): ClientMessages {
  const messages = holder[textsKey]?.get(href)
  if (!messages) throw new Error(`no texts were kept for ${href}`)
  return messages
}
