import type { Random } from '../random'

/** Makes a nickname. */
type NameMaker = (random: Random) => string

const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random() * items.length)] ?? items[0]

const CHINESE_FAMILY = [...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'] as [string, ...string[]]
const CHINESE_GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英雨晨欣怡佳琪子轩浩然梓涵'] as [
  string,
  ...string[],
]
const JAPANESE_FAMILY: [string, ...string[]] = [
  '佐藤',
  '鈴木',
  '高橋',
  '田中',
  '伊藤',
  '渡辺',
  '山本',
  '中村',
  '小林',
  '加藤',
]
const JAPANESE_GIVEN: [string, ...string[]] = [
  '陽菜',
  '結衣',
  'さくら',
  '葵',
  '蓮',
  '翔太',
  '大翔',
  'ひなた',
  '美咲',
  '健',
]
const JAPANESE_NICK: [string, ...string[]] = [
  'まる',
  'ねこ太郎',
  'ぽんず',
  'ミカン',
  'ソラ',
  'きなこ',
  'らて',
  'ふわり',
]
const KOREAN_FAMILY = [...'김이박최정강조윤장임'] as [string, ...string[]]
const KOREAN_GIVEN: [string, ...string[]] = [
  '민준',
  '서연',
  '도윤',
  '하은',
  '지호',
  '수아',
  '예준',
  '지우',
  '현우',
  '유진',
]
const LATIN_FIRST: [string, ...string[]] = [
  'Ana',
  'Ben',
  'Chloé',
  'Dmitri',
  'Elif',
  'François',
  'Göran',
  'Hà',
  'Inês',
  'Jürgen',
  'Kasia',
  'Łukasz',
  'Maja',
  'Noah',
  'Olivia',
  'Priya',
  'Quentin',
  'Rosa',
  'Søren',
  'Thảo',
]
const LATIN_LAST: [string, ...string[]] = [
  'Almeida',
  'Brown',
  'Çelik',
  'Duarte',
  'Eriksson',
  'Fischer',
  'García',
  'Hoffmann',
  'Ivanova',
  'Jansen',
  'Kowalski',
  'Lindqvist',
  'Müller',
  'Nguyễn',
  'O’Brien',
  'Petrov',
  'Rossi',
  'Smith',
  'Tran',
  'Weiß',
]
const ARABIC_FIRST: [string, ...string[]] = ['أحمد', 'فاطمة', 'محمد', 'مريم', 'يوسف', 'نور', 'خالد', 'سارة']
const ARABIC_LAST: [string, ...string[]] = ['الخطيب', 'حداد', 'منصور', 'ناصر', 'عباس', 'صالح']
const HEBREW_FIRST: [string, ...string[]] = ['יעל', 'דוד', 'נועה', 'איתי', 'תמר', 'אורי']
const HEBREW_LAST: [string, ...string[]] = ['כהן', 'לוי', 'מזרחי', 'פרץ', 'ביטון']
const GAME_WORDS: [string, ...string[]] = [
  'Shadow',
  'xX_Night',
  'Pro',
  'Tiger',
  'Noodle',
  'Pixel',
  'Turbo',
  'Lucky',
]
const EMOJI: [string, ...string[]] = [
  '🌸',
  '🔥',
  '🐼',
  '🎮',
  '⭐',
  '💤',
  '🍜',
  '🦊',
  '🇯🇵',
  '👩‍🚀',
  '❤️',
  '🏳️‍🌈',
]

const chinese: NameMaker = (random) =>
  pick(random, CHINESE_FAMILY) +
  pick(random, CHINESE_GIVEN) +
  (random() < 0.7 ? pick(random, CHINESE_GIVEN) : '')

const japanese: NameMaker = (random) =>
  random() < 0.5
    ? `${pick(random, JAPANESE_FAMILY)} ${pick(random, JAPANESE_GIVEN)}`
    : `${pick(random, JAPANESE_NICK)}${random() < 0.4 ? '♪' : ''}`

const korean: NameMaker = (random) => pick(random, KOREAN_FAMILY) + pick(random, KOREAN_GIVEN)

const latin: NameMaker = (random) => `${pick(random, LATIN_FIRST)} ${pick(random, LATIN_LAST)}`

const rightToLeft: NameMaker = (random) =>
  random() < 0.6
    ? `${pick(random, ARABIC_FIRST)} ${pick(random, ARABIC_LAST)}`
    : `${pick(random, HEBREW_FIRST)} ${pick(random, HEBREW_LAST)}`

const gamer: NameMaker = (random) => `${pick(random, GAME_WORDS)}${Math.floor(random() * 10_000)}`

const emoji: NameMaker = (random) => `${pick(random, EMOJI)}${chinese(random)}${pick(random, EMOJI)}`

/** A name as a spammer makes it: look-alike letters, hidden characters, a turned direction. */
const deceptive: NameMaker = (random) =>
  pick(random, [
    '\u0410dmin',
    'adm\u0456n',
    'Off\u0456cial\u200b Support',
    'Moder\u0430tor',
    '客服\u200d中心',
    'safe\u202egpj.exe',
    '\u2066Staff',
    'S\u0336t\u0336a\u0336f\u0336f\u0336',
  ])

/** The kinds of names by their share; the shares add up to 1. */
const SHARES: readonly (readonly [number, NameMaker])[] = [
  [0.36, chinese],
  [0.18, japanese],
  [0.17, latin],
  [0.09, korean],
  [0.06, rightToLeft],
  [0.06, gamer],
  [0.06, emoji],
  [0.02, deceptive],
]

/** A nickname of a chat user, or none in what the shares leave over. */
export function makeNickname(random: Random): string | undefined {
  let rest = random()
  for (const [share, make] of SHARES) {
    if (rest < share) return make(random)
    rest -= share
  }
  return undefined
}
