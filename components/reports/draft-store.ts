const prefix = 'hushdesk.draft.'

/** The text that is kept in this tab under a name; empty: none. Where storage is forbidden there is none. */
export function keptDraft(name: string): string {
  try {
    return sessionStorage.getItem(prefix + name) ?? ''
  } catch {
    return ''
  }
}

/** Keeps a text in this tab, or forgets it when it is empty. Where storage is forbidden it lives as long as the page. */
export function keepDraft(name: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(prefix + name)
    else sessionStorage.setItem(prefix + name, text)
  } catch {
    // See above.
  }
}
