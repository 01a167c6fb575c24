import { pictureOf } from '../pictures'
import { MAX_UINT32, type SeedAccount } from '../schemas'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const RIGHT_TO_LEFT_OVERRIDE = '\u202e'
const ZERO_WIDTH_SPACE = '\u200b'
const ZERO_WIDTH_JOINER = '\u200d'
const ISOLATE = '\u2067'
const HANGUL_FILLER = '\u3164'
const BRAILLE_BLANK = '\u2800'
const COMBINING_MARKS = '\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c'

/**
 * The accounts of the lifelike data set that documents and tests call by name. All are invented. Mutes are seconds
 * from the moment of seeding.
 */
export const PEOPLE = {
  /** Nobody special: not muted, online. */
  lin88: { id: 'lin88', avatarUrl: pictureOf('lin88'), nickname: '林小雨', presence: 'Online' },
  wangXiaoming: {
    id: 'wangxiaoming',
    avatarUrl: pictureOf('wangxiaoming'),
    nickname: '王小明',
    presence: 'Online',
    oneToOne: 2 * HOUR,
    allGroups: 2 * HOUR,
  },
  /** The same nickname as another account, in another person's hands. */
  wangXiaomingOther: { id: 'wang_xm_1996', nickname: '王小明', presence: 'Offline' },
  liNa: { id: 'lina_2024', nickname: '李娜🌸', presence: 'PushOnline', allGroups: 3 * DAY },
  zhangWei: {
    id: '13800000042',
    nickname: '张伟',
    presence: 'Offline',
    oneToOne: 'forever',
    allGroups: 'forever',
  },
  chenTraditional: { id: 'chen.yl', avatarUrl: pictureOf('chen.yl'), nickname: '陳怡伶', presence: 'Online' },
  sakura: {
    id: 'sakura',
    avatarUrl: pictureOf('sakura'),
    nickname: 'さくら',
    presence: 'Online',
    oneToOne: 45 * MINUTE,
  },
  tanakaTaro: {
    id: 'tanaka-taro',
    avatarUrl: pictureOf('tanaka-taro'),
    nickname: '田中 太郎',
    presence: 'PushOnline',
  },
  yukiKatakana: { id: 'yuki_0214', nickname: 'ユキ♪', presence: 'Online' },
  yukiHalfWidth: { id: 'yuki_half', nickname: 'ﾕｷ', presence: 'Offline' },
  minjun: { id: 'minjun', nickname: '김민준', presence: 'Online', allGroups: 'forever' },
  seoyeon: { id: 'seoyeon.park', nickname: '박서연', presence: 'Offline' },
  alice: { id: 'alice', avatarUrl: pictureOf('alice'), nickname: 'Alice Moreau', presence: 'Online' },
  bob: { id: 'bob', nickname: 'Bob', presence: 'Online', oneToOne: 90, allGroups: 90 },
  jose: { id: 'jose.garcia', nickname: 'José García Ñuño', presence: 'Offline' },
  /** The same name as that of `jose`, written with combining marks. */
  joseDecomposed: {
    id: 'jose.garcia.2',
    nickname: 'Jose\u0301 Garci\u0301a N\u0303un\u0303o',
    presence: 'Offline',
  },
  zoe: { id: 'zoe', nickname: 'Zoë', presence: 'PushOnline', allGroups: 20 * MINUTE },
  olegCyrillic: { id: 'oleg77', nickname: 'Олег Ветров', presence: 'Online' },
  layla: { id: 'layla', nickname: 'ليلى الهاشمي', presence: 'Online', oneToOne: 12 * HOUR },
  noam: { id: 'noam', nickname: 'נועם לוי', presence: 'Offline' },
  mixedDirections: { id: 'mixed.dir', nickname: 'Sami سامي (VIP) 42', presence: 'Online' },
  emojiOnly: { id: 'emoji_only', nickname: '🔥🐉🔥', presence: 'Online' },
  family: {
    id: 'family_account',
    nickname: `👩${ZERO_WIDTH_JOINER}👩${ZERO_WIDTH_JOINER}👧${ZERO_WIDTH_JOINER}👦 家`,
    presence: 'Offline',
  },
  /** The true team account that the next ones imitate. */
  admin: { id: 'admin_team', nickname: 'admin', presence: 'Online' },
  adminCyrillic: { id: 'adm1n_support', nickname: '\u0430dmin', presence: 'Online' },
  adminZeroWidth: { id: 'admin_helper', nickname: `ad${ZERO_WIDTH_SPACE}min`, presence: 'Online' },
  reversed: {
    id: 'invoice_bot',
    nickname: `support${RIGHT_TO_LEFT_OVERRIDE}nimda`,
    presence: 'Online',
    oneToOne: 7 * DAY,
    allGroups: 7 * DAY,
  },
  openIsolate: { id: 'open_isolate', nickname: `${ISOLATE}open end`, presence: 'Offline' },
  zalgo: {
    id: 'zalgo',
    nickname: `z${COMBINING_MARKS}a${COMBINING_MARKS}l${COMBINING_MARKS}g${COMBINING_MARKS}o${COMBINING_MARKS}`,
    presence: 'Online',
  },
  looksEmpty: { id: 'looks_empty', nickname: HANGUL_FILLER, presence: 'Online' },
  looksEmptyBraille: {
    id: 'looks_empty_2',
    nickname: `${BRAILLE_BLANK}${BRAILLE_BLANK}`,
    presence: 'Offline',
  },
  onlySpaces: { id: 'only_spaces', nickname: '   ', presence: 'Offline' },
  nameless: { id: 'nameless', presence: 'Online' },
  emptyNickname: { id: 'empty_nickname', nickname: '', presence: 'Offline' },
  longName: { id: 'long_name', nickname: '非常に長いニックネームを持つ人'.repeat(12), presence: 'Online' },
  longWord: {
    id: 'long_word',
    nickname: 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3),
    presence: 'Offline',
  },
  markup: { id: 'markup', nickname: '<b onclick="alert(1)">Max & Söhne</b>', presence: 'Online' },
  formula: { id: 'formula', nickname: '=HYPERLINK("https://example.com";"prize")', presence: 'Offline' },
  twoLines: { id: 'two_lines', nickname: 'first line\nsecond line\ttab', presence: 'Offline' },
  longId: { id: 'a-very-long-user-id-of-32-bytes!', nickname: 'Long id', presence: 'Online' },
  groupLikeId: { id: '@TGS#2FZNNRAEU', nickname: 'Not a group', presence: 'Online', allGroups: HOUR },
  spacedId: { id: ' two  spaces ', nickname: 'Spaces in the id', presence: 'Online' },
  hashId: { id: 'user#1', nickname: 'Hash', presence: 'Online' },
  percentId: { id: '100%25', nickname: 'Percent', presence: 'Offline', oneToOne: 30 * DAY },
  urlId: { id: 'a/b?c=d&e=f+g', nickname: 'Address-like id', presence: 'Offline' },
  dotsId: { id: '../..', nickname: 'Dots', presence: 'Offline' },
  quoteId: { id: `o'neil"; --`, nickname: 'O’Neil', presence: 'Offline' },
  commaId: { id: 'smith, john', nickname: 'Comma', presence: 'Offline' },
  caseId: { id: 'LIN88', nickname: 'Lin (capitals)', presence: 'Offline' },
  /** Mutes of the longest time that is not for ever. */
  longestMute: { id: 'longest', nickname: '2162年まで', presence: 'Offline', oneToOne: MAX_UINT32 - 1 },
  /** Ends soon after the start. */
  almostFree: { id: 'almost_free', nickname: 'Almost free', presence: 'Online', oneToOne: 40, allGroups: 75 },
} as const satisfies Record<string, SeedAccount>
