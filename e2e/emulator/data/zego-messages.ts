import type { Random } from '../random'
import type { SeedZegoMessage, ZegoSeedInput } from '../zego/schemas'
import { PEOPLE } from './people'

const TEXTS = [
  '大家晚上好',
  '主播唱得真好听 👏',
  '谁在刷屏，管理员管一下',
  '加我领金币，全网最低价',
  'こんばんは〜',
  'さっきの曲、もう一回お願いします',
  '音が割れてる気がする',
  'それは言いすぎだよ',
  '안녕하세요 처음 왔어요',
  '마이크 좀 꺼 주세요',
  'hello everyone',
  'can somebody mute this guy please',
  'you are all losers, delete the app',
  'free coins at coins.example, first 100 only!!!',
  'gg',
  'مساء الخير يا جماعة',
  'من يغني بعدي؟',
  'ערב טוב',
  '🔥🔥🔥',
  '<b>bold?</b> & "quotes"',
]

/** So many messages of the last day by these senders, the oldest first; a few were recalled, deleted or are pictures. */
export function zegoMessages(senders: readonly string[], count: number, random: Random): SeedZegoMessage[] {
  const ages = Array.from({ length: count }, () => Math.floor(random() * 86_400)).sort((a, b) => b - a)
  return ages.map((secondsAgo) => {
    const from = senders[Math.floor(random() * senders.length)] ?? 'alice'
    const chance = random()
    const text = TEXTS[Math.floor(random() * TEXTS.length)] ?? 'gg'
    if (chance < 0.04) return { from, text, secondsAgo, isEmpty: 'recalled' }
    if (chance < 0.06) return { from, text, secondsAgo, isEmpty: 'deleted' }
    if (chance < 0.1) return { from, text: pictureBody(), secondsAgo, type: 11 }
    return { from, text, secondsAgo }
  })
}

/** One-to-one messages between people whom documents and tests call by name. */
export function peerMessages(): NonNullable<ZegoSeedInput['peerMessages']> {
  const [lin, sakura, bob] = [PEOPLE.lin88.id, PEOPLE.sakura.id, PEOPLE.bob.id]
  return [
    { from: bob, to: lin, text: 'why did you leave the room', secondsAgo: 7200 },
    { from: bob, to: lin, text: 'answer me', secondsAgo: 7100 },
    { from: lin, to: bob, text: '请不要再给我发消息', secondsAgo: 7000 },
    { from: bob, to: lin, text: 'I know where you work', secondsAgo: 6900 },
    { from: bob, to: lin, text: 'sorry, joke', secondsAgo: 6890, isEmpty: 'recalled' },
    { from: sakura, to: lin, text: '大丈夫？', secondsAgo: 6000 },
    { from: lin, to: sakura, text: 'うん、ありがとう', secondsAgo: 5900 },
  ]
}

/** The body of a picture is JSON, percent-encoded. */
function pictureBody(): string {
  return encodeURIComponent(JSON.stringify({ FileName: 'shot.png', DownloadUrl: '/pictures/shot.png' }))
}
