import { type CodeRow, createCatalogue } from '../code-traits'

/**
 * The return codes of the provider's documents that its server API may give for what the console does ("Global Return
 * Codes", and the pages of the Actions). The words for moderators are in the messages `provider-zego.<code>`.
 */

const table = [
  [1, 'internal', 'failed, server busy'],
  [2, 'request', 'parameters not valid'],
  [3, 'signature', 'authentication failed'],
  [7, 'rate', 'too many requests, service overloaded'],
  [50014, 'request', 'user name too long'],
  [51102, 'account', 'user does not exist or never signed in'],
  [105001, 'internal', 'database failure'],
  [100000000, 'configuration', 'wrong host'],
  [100000001, 'configuration', 'app id malformed'],
  [100000002, 'request', 'timestamp empty'],
  [100000003, 'request', 'timestamp malformed'],
  [100000004, 'expired_signature', 'signature expired'],
  [100000005, 'signature', 'signature wrong'],
  [100000006, 'request', 'Action empty'],
  [100000007, 'request', 'Action not supported'],
  [100000008, 'request', 'nonce empty'],
  [100000009, 'signature', 'signature empty'],
  [100000010, 'gateway', 'gateway could not get the server secret'],
  [100000011, 'gateway', 'gateway could not get the configuration of the app'],
  [100000012, 'gateway', 'gateway could not read the body'],
  [100000013, 'request', 'signature version empty'],
  [100000014, 'request', 'signature version not supported'],
  [100000015, 'internal', 'gateway: internal error'],
  [100000016, 'disabled', 'app has no production environment'],
  [100000017, 'disabled', 'service not enabled for the app'],
  [660000001, 'internal', 'general business error'],
  [660000002, 'request', 'parameters missing or not valid'],
  [660000003, 'internal', 'logic error'],
  [660000011, 'request', 'too many users in one request'],
  [660000012, 'request', 'user id longer than 32 bytes'],
  [660000022, 'message', 'message not found'],
  [660000023, 'message', 'message already recalled'],
  [660000024, 'message', 'too late to recall the message'],
  [660000026, 'message', 'message is from somebody else'],
  [660000027, 'plan', 'room messages are not stored'],
  [660000028, 'plan', 'not available on the free plan'],
  [660200001, 'account', 'user does not exist, or has signed out'],
  [660300001, 'group', 'room does not exist'],
  [660300002, 'group', 'user is not in the room'],
  [660300005, 'rate', 'this Action is over its rate limit for the app'],
  [660300006, 'rate', 'this Action is over its rate limit for the group or room'],
  [660300007, 'internal', 'room could not be fetched'],
  [660300008, 'group', 'room is empty'],
  [660300012, 'group', 'user is not in the room named'],
  [660400001, 'message', 'message too long'],
  [660500002, 'configuration', 'operator is not registered'],
  [660500003, 'rate', 'messages to all users too frequent'],
  [660500004, 'message', 'text moderation failed'],
  [660500005, 'message', 'text stopped by content moderation'],
  [660500006, 'message', 'image moderation failed'],
  [660500007, 'message', 'image stopped by content moderation'],
  [660500009, 'message', "hidden by the app's own callback"],
  [660500010, 'message', "rejected by the app's own callback"],
  [660600001, 'group', 'group does not exist'],
  [660600003, 'internal', 'member list could not be queried'],
  [660600004, 'rate', 'member list queried too often'],
  [660600005, 'rate', 'members removed too often'],
  [660600006, 'internal', 'group list could not be queried'],
  [660600007, 'rate', 'group list queried too often'],
  [660600008, 'group', 'user to remove is not in the group'],
  // The documents name "the group may not exist" as its cause: the group is looked up before anything is changed.
  [660600009, 'group', 'group could not be looked up'],
  [660600010, 'rate', 'groups created too often'],
  [660600024, 'group', 'user is not in the group'],
  [660600028, 'internal', 'group data could not be updated'],
  [660600029, 'request', 'role 1 cannot be given'],
  [660600030, 'request', 'operator and user are the same'],
  [660600032, 'group', 'operator is neither owner nor admin of the group'],
  [660600033, 'group', 'failed for every user'],
  [660700001, 'rate', 'users registered too often'],
  [660700002, 'request', 'user exists already'],
  [660700006, 'request', 'user name too long'],
  [660700007, 'request', "picture's address too long"],
  // The documents name "wrong user id" as its cause.
  [660700008, 'account', 'user could not be looked up'],
  [660700012, 'account', 'user does not exist'],
  [660700013, 'internal', 'user could not be queried'],
  [660700015, 'account', 'user is not registered'],
  [660700016, 'internal', 'user data could not be synchronised'],
  [660700017, 'internal', 'user data could not be updated'],
  [660800001, 'account', 'user of the conversation is not registered'],
  [660800037, 'account', 'user is blocked already'],
  [660800038, 'request', 'users cannot block themselves'],
  [660800039, 'request', 'too many users in one request'],
  [660800040, 'account', 'block list is full'],
  [660800041, 'account', 'no user could be blocked'],
  [660800042, 'account', 'no user could be unblocked'],
  [660800043, 'account', 'user was taken off the block list already'],
  [660800044, 'account', 'user is not on the block list'],
  [660800045, 'message', "sender is on the recipient's block list"],
  [661000001, 'message', 'too late to edit the message'],
  [661000005, 'message', 'message could not be edited'],
] as const satisfies readonly CodeRow[]

const catalogue = createCatalogue(table)

/** All codes of the catalogue. */
export const catalogueCodes: readonly number[] = catalogue.codes

/** What a code means; see `createCatalogue`. */
export const lookUpCode = catalogue.lookUp

/** The key of a code's texts in the messages `provider-zego`. */
export function codeMessageKey(code: number): `${(typeof table)[number][0]}` | 'unknown' {
  return catalogue.isKnown(code) ? `${code}` : 'unknown'
}
