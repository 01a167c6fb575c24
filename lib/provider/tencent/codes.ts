/**
 * Every code of the provider's documents that its REST API may give for what the console does ("Error Codes", and the
 * pages of the commands). The words for moderators are in the messages `provider-tencent.<code>`.
 */

/** What a family of codes means for the caller. */
type Traits = {
  /** the same call may succeed later */
  retryable: boolean
  /** the call rate is the reason: wait longer before the next one */
  throttled: boolean
  /**
   * a write answered so may have been applied all the same: the front of the provider gave up waiting or broke while
   * its back end went on. Refusals that come before any work (rate, signature, permission, format) never are.
   */
  mayHaveApplied: boolean
}

const categories = {
  /** over a rate limit; refused before any work */
  rate: { retryable: true, throttled: true, mayHaveApplied: false },
  /** a timeout inside the provider */
  timeout: { retryable: true, throttled: false, mayHaveApplied: true },
  /** an internal failure of the provider */
  internal: { retryable: true, throttled: false, mayHaveApplied: true },
  /** lost against a concurrent write */
  conflict: { retryable: true, throttled: false, mayHaveApplied: false },
  /** the console's signature is too old; a new one is minted and tried once */
  expired_signature: { retryable: true, throttled: false, mayHaveApplied: false },
  /** secret, admin account or app id do not belong together */
  signature: { retryable: false, throttled: false, mayHaveApplied: false },
  /** too many wrong signatures; a minute must pass, which no moderator waits */
  locked_out: { retryable: false, throttled: true, mayHaveApplied: false },
  /** the connection is set up wrongly: app id, data centre, admin rights, caller address */
  configuration: { retryable: false, throttled: false, mayHaveApplied: false },
  /** app or command switched off by the provider */
  disabled: { retryable: false, throttled: false, mayHaveApplied: false },
  /** not in the plan that was bought */
  plan: { retryable: false, throttled: false, mayHaveApplied: false },
  /** the request was not as documented: a defect of the console or an id the provider does not take */
  request: { retryable: false, throttled: false, mayHaveApplied: false },
  /** no such account */
  account: { retryable: false, throttled: false, mayHaveApplied: false },
  /** account blocked by the provider */
  blocked_account: { retryable: false, throttled: false, mayHaveApplied: false },
  /** about a group: missing, or not allowed there */
  group: { retryable: false, throttled: false, mayHaveApplied: false },
  /** about a message that was not sent; chat users report these to moderators */
  message: { retryable: false, throttled: false, mayHaveApplied: false },
} as const satisfies Record<string, Traits>
type CodeCategory = keyof typeof categories

/** `meaning` is a short English word for logs; what moderators read is in the messages. */
export type CodeEntry = Traits & { code: number; category: CodeCategory; meaning: string }
export type UnknownCode = Traits & { code: number; category: 'unknown'; meaning: string }
const unknownTraits: Traits = { retryable: false, throttled: false, mayHaveApplied: true }

const table = [
  [10002, 'internal', 'group service: internal error'],
  [10003, 'request', 'group service: wrong command name'],
  [10004, 'group', 'group service: parameters not valid for this group'],
  [10005, 'request', 'group service: too many accounts in one request'],
  [10006, 'rate', 'group service: operation too frequent'],
  [10007, 'group', 'group service: not permitted in this group'],
  [10008, 'signature', 'group service: signature wrong'],
  [10010, 'group', 'group does not exist or was dissolved'],
  [10015, 'group', 'group id not valid'],
  [10016, 'message', "rejected by the app's own callback (group)"],
  [10017, 'message', 'sender is muted in groups'],
  [10018, 'request', 'answer would exceed 1 MB'],
  [10019, 'account', 'user id does not exist (group service)'],
  [10023, 'rate', 'group messages too frequent'],
  [10026, 'disabled', 'this command is forbidden for the app'],
  [11000, 'plan', 'community groups are not enabled'],
  [20004, 'timeout', 'message service: network failure'],
  [20005, 'internal', 'message service: internal error'],
  [20006, 'message', "rejected by the app's own callback (one-to-one)"],
  [20007, 'message', "sender is on the recipient's block list"],
  [20012, 'message', 'sender is muted in one-to-one chats'],
  [30006, 'internal', 'relationship service: internal error'],
  [30007, 'timeout', 'relationship service: network timeout'],
  [30008, 'conflict', 'concurrent write conflict'],
  [40001, 'request', 'profile service: parameters not valid'],
  [40002, 'request', 'profile service: no account given'],
  [40003, 'account', 'profile service: account does not exist'],
  [40004, 'configuration', 'profile service: app admin needed'],
  [40005, 'request', 'profile field contains sensitive words'],
  [40006, 'internal', 'profile service: internal error'],
  [40007, 'configuration', 'no permission to read a profile field'],
  [40008, 'configuration', 'no permission to write a profile field'],
  [40009, 'configuration', 'profile field does not exist'],
  [50004, 'internal', 'recent contacts: internal error'],
  [50005, 'timeout', 'recent contacts: network timeout'],
  [60002, 'request', 'HTTP request or URL cannot be parsed'],
  [60003, 'request', 'JSON of the request cannot be parsed'],
  [60004, 'signature', 'account or signature wrong'],
  [60005, 'signature', 'account or signature wrong'],
  [60006, 'configuration', 'SDKAppID not valid'],
  [60007, 'rate', 'this command is over its rate limit'],
  [60008, 'timeout', 'service timeout or bad HTTP format'],
  [60009, 'request', 'requested resource or URL wrong'],
  [60010, 'configuration', 'the caller is not an app admin'],
  [60011, 'rate', 'the app is over its rate limit'],
  [60012, 'configuration', 'SDKAppID missing'],
  [60013, 'internal', "the provider could not parse its own back end's answer"],
  [60014, 'timeout', 'account exchange timed out'],
  [60015, 'request', 'user id is not a string'],
  [60016, 'disabled', 'SDKAppID is disabled'],
  [60017, 'disabled', 'this request is disabled'],
  [60018, 'rate', 'too many requests'],
  [60019, 'rate', 'too many requests'],
  [60020, 'plan', 'plan expired or feature not bought'],
  [60021, 'configuration', "this server's IP address is not allowed"],
  [70001, 'expired_signature', 'UserSig expired'],
  [70002, 'signature', 'UserSig empty'],
  [70003, 'signature', 'UserSig malformed'],
  [70005, 'signature', 'UserSig malformed'],
  [70009, 'signature', 'UserSig verification failed, key of another app'],
  [70013, 'signature', 'identifier differs from the one in the UserSig'],
  [70014, 'signature', 'SDKAppID differs from the one in the UserSig'],
  [70016, 'configuration', 'key not found in this data centre'],
  [70020, 'configuration', 'SDKAppID not found in this data centre'],
  [70050, 'locked_out', 'UserSig verification failed too often'],
  [70051, 'blocked_account', "account is on the provider's blocklist"],
  [70107, 'account', 'user id not imported or not existing'],
  [70114, 'rate', 'login restricted, lower the rate'],
  [70169, 'timeout', 'account service: server timeout'],
  [70202, 'timeout', 'account service: server timeout'],
  [70206, 'request', 'batch size not valid'],
  [70346, 'signature', 'refused together with a wrong signature; not documented'],
  [70398, 'plan', 'more accounts than the plan allows'],
  [70402, 'request', 'parameters not valid'],
  [70403, 'configuration', 'app admin needed'],
  [70500, 'internal', 'account service: internal error'],
  [71000, 'plan', 'accounts of this plan cannot be deleted'],
  [72000, 'plan', 'daily active users of the trial used up'],
  [72001, 'plan', "user status is not enabled in the provider's console"],
  [80001, 'message', 'text stopped by content moderation'],
  [80002, 'message', 'message too long'],
  [80003, 'message', "the app's own callback failed or timed out"],
  [80004, 'message', 'image stopped by content moderation'],
  [90001, 'request', 'status and message service: JSON cannot be parsed'],
  [90003, 'account', 'To_Account missing or not existing'],
  [90008, 'account', 'From_Account missing or not existing'],
  [90009, 'configuration', 'status and message service: app admin needed'],
  [90011, 'request', 'more than 500 accounts in one request'],
  [90012, 'account', 'To_Account not registered'],
  [90018, 'request', 'too many accounts in one request'],
  [90048, 'account', 'account does not exist'],
  [90992, 'internal', "internal error, or the app's own callback does not answer rightly"],
  [90994, 'internal', 'internal error'],
  [90995, 'internal', 'internal error'],
  [91000, 'internal', 'internal error'],
  [93000, 'message', 'message too long'],
  [110003, 'group', 'topic was deleted'],
  [130001, 'request', 'mute service: JSON cannot be parsed'],
  [130002, 'request', 'mute service: Get_Account missing'],
  [130003, 'account', 'mute service: Get_Account not valid'],
  [130004, 'request', 'mute service: Set_Account missing'],
  [130005, 'account', 'mute service: Set_Account not valid'],
  [130006, 'request', 'mute service: one-to-one time of the wrong type (legacy)'],
  [130007, 'request', 'mute service: group time of the wrong type (legacy)'],
  [130008, 'request', 'mute service: neither time given'],
  [130014, 'internal', 'mute service: system error'],
] as const satisfies readonly (readonly [code: number, category: CodeCategory, meaning: string])[]

type KnownCode = (typeof table)[number][0]

const catalogue: ReadonlyMap<number, CodeEntry> = new Map(
  table.map(([code, category, meaning]) => [code, { code, category, meaning, ...categories[category] }]),
)

/** All codes of the catalogue, ascending. */
export const catalogueCodes: readonly number[] = table.map(([code]) => code)

/**
 * What a code means. One that no document names is neither retried nor taken for a refusal: a write answered with it
 * may have been applied.
 */
export function lookUpCode(code: number): CodeEntry | UnknownCode {
  return catalogue.get(code) ?? { code, category: 'unknown', meaning: 'not documented', ...unknownTraits }
}

/** The key of a code's texts in the messages `provider-tencent`. */
export function codeMessageKey(code: number): `${KnownCode}` | 'unknown' {
  return isKnown(code) ? `${code}` : 'unknown'
}

function isKnown(code: number): code is KnownCode {
  return catalogue.has(code)
}
