/** What is typed after an `@` that begins a word, right before the caret; null: no name is being typed. */
export function nameBeingTyped(text: string, caret: number): string | null {
  return /(?:^|\s)@([^\s@]{0,40})$/u.exec(text.slice(0, caret))?.[1] ?? null
}

/** Those of `people` whom a note names: an `@` that begins a word, their whole name, and no letter right after it. */
export function namedIn<Person extends { name: string }>(text: string, people: readonly Person[]): Person[] {
  const named = new Set<Person>()
  for (const { index } of text.matchAll(/(?<=^|\s)@/gu)) {
    const rest = text.slice(index + 1)
    const fitting = people.filter(
      ({ name }) => name !== '' && rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    )
    // Of "Ann" and "Ann Lee" the one who is written out.
    const longest = Math.max(0, ...fitting.map(({ name }) => name.length))
    for (const person of fitting) if (person.name.length === longest) named.add(person)
  }
  return [...named]
}
