const MAX_BYTES = 32

/**
 * The characters of ids as most pages list them, and beside them the hyphen and the apostrophe: some pages show an
 * empty pair of quotes where others have the hyphen, so neither may be refused.
 */
const CHARACTERS = /^[0-9A-Za-z!#$%&()+\-:;<=.>?@[\]^_{|}~']+$/
const WITH_SPACE = /^[0-9A-Za-z!#$%&()+\-:;<=.>?@[\]^_{|}~' ]+$/

/** Whether all characters are legal in a user id; the calls on users name the space among them, the others do not. */
export function hasUserIdCharacters(value: string, space: 'with-space' | 'without-space'): boolean {
  return (space === 'with-space' ? WITH_SPACE : CHARACTERS).test(value)
}

/** Whether a value is a user id. */
export function isUserId(value: string, space: 'with-space' | 'without-space'): boolean {
  return hasUserIdCharacters(value, space) && value.length <= MAX_BYTES
}

/** Whether a value is a group id; those that the server makes begin with `#`. */
export function isGroupId(value: string): boolean {
  return CHARACTERS.test(value) && value.length <= MAX_BYTES
}
