/**
 * What the provider's documents leave open and the emulator had to decide. Change it here, and only here, when the
 * live service turns out different.
 */

/**
 * The answer of setnospeaking and getnospeaking for an account that was never imported. The documents name no
 * code; 70107 is the common code for "UserID not imported".
 */
export const NO_SPEAKING_ON_UNIMPORTED = { code: 70107, info: 'UserID is not imported' } as const

/** The code of setnospeaking for a time of a wrong type or out of range: only the oldest page lists these. */
export const WRONG_ONE_TO_ONE_TIME = 130006
export const WRONG_ALL_GROUPS_TIME = 130007

/** portrait_get names 100 accounts as its limit, but no code for more: the one for a wrong parameter. */
export const TOO_MANY_PROFILES = 40001

/** query_online_status lists 90011 without a meaning; elsewhere it stands for more than 500 target accounts. */
export const TOO_MANY_PRESENCES = 90011

/** account_check lists no code of its own for more than 100 accounts: the one for invalid parameters. */
export const TOO_MANY_CHECKS = 70402
