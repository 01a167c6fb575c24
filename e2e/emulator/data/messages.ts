import type { SeedMessage, SeedPeerMessage } from '../group-schemas'

const CHATTER = [
  '大家早上好',
  'おはようございます☀️',
  'Morning! Who is in for tonight?',
  '今晚八点老地方见',
  'いいね👍',
  'Could somebody share the link again?',
  '置顶里有',
  'ありがとう！',
  'sorry, wrong room 😅',
  '哈哈哈哈',
  'https://example.com/schedule',
  'See you there',
]

/** Small talk of some people, in turns, over the last day; more than one page of it. */
export function chatter(speakers: readonly string[]): SeedMessage[] {
  return Array.from({ length: 48 }, (_, at) => ({
    from: speakers[at % speakers.length] ?? '',
    text: CHATTER[(at * 5) % CHATTER.length] ?? '',
    secondsAgo: (48 - at) * 1800,
  }))
}

/** A conversation that ends in reports: insults, an advertisement, a recalled and a deleted message, a picture. */
export function quarrel(): SeedMessage[] {
  return [
    { from: 'sakura', text: '今日は味噌ラーメンの話をしましょう🍜', secondsAgo: 7200 },
    { from: 'lin88', text: '我昨天去的那家汤特别浓', secondsAgo: 7100 },
    { from: 'wang_xm_1996', text: '你懂什么拉面', secondsAgo: 7000 },
    { from: 'lin88', text: '只是分享一下而已……', secondsAgo: 6950 },
    { from: 'wang_xm_1996', text: '闭嘴吧，蠢货', secondsAgo: 6900 },
    { from: 'bob', text: 'lol get lost, both of you', secondsAgo: 6800 },
    { from: 'wang_xm_1996', text: '滚出这个群', secondsAgo: 6700, state: 'recalled' },
    { from: 'tanaka-taro', text: '落ち着いてください。', secondsAgo: 6600 },
    { from: 'adm1n_support', text: '🔥 FREE COINS 🔥 https://example.com/prize?id=1', secondsAgo: 6500 },
    { from: 'adm1n_support', text: '🔥 FREE COINS 🔥 https://example.com/prize?id=2', secondsAgo: 6490 },
    { from: 'adm1n_support', text: '🔥 FREE COINS 🔥', secondsAgo: 6480, state: 'deleted' },
    {
      from: 'yuki_0214',
      body: [
        {
          MsgType: 'TIMImageElem',
          MsgContent: {
            UUID: 'noodles-1',
            ImageFormat: 1,
            ImageInfoArray: [
              { Type: 1, Size: 120_000, Width: 1280, Height: 960, URL: 'https://example.com/noodles.jpg' },
            ],
          },
        },
      ],
      secondsAgo: 6000,
    },
    {
      from: 'emoji_only',
      body: [
        { MsgType: 'TIMTextElem', MsgContent: { Text: '@adm1n_support ' } },
        { MsgType: 'TIMFaceElem', MsgContent: { Index: 15, Data: '' } },
        { MsgType: 'TIMCustomElem', MsgContent: { Data: '{"sticker":"angry"}', Desc: 'sticker', Ext: '' } },
      ],
      secondsAgo: 5900,
    },
    { from: 'lin88', text: '管理员能处理一下吗？', secondsAgo: 5800 },
  ]
}

/** One-to-one messages: threats to one account, a long talk for paging, an advertisement. */
export function peerMessages(): SeedPeerMessage[] {
  const pair = ['lin88', 'sakura'] as const
  const talk = chatter(pair).map((message) => ({
    ...message,
    to: message.from === pair[0] ? pair[1] : pair[0],
  }))
  return [
    ...talk,
    { from: 'wang_xm_1996', to: 'lin88', text: '你等着', secondsAgo: 5000 },
    { from: 'wang_xm_1996', to: 'lin88', text: '我知道你住哪里', secondsAgo: 4990, state: 'recalled' },
    { from: 'lin88', to: 'wang_xm_1996', text: '请不要再给我发消息了', secondsAgo: 4900 },
    { from: 'wang_xm_1996', to: 'lin88', text: '😏', secondsAgo: 4800 },
    {
      from: 'adm1n_support',
      to: 'alice',
      text: 'Your account is locked: https://example.com/unlock',
      secondsAgo: 3600,
    },
    { from: 'alice', to: 'adm1n_support', text: 'Nice try.', secondsAgo: 3500 },
  ]
}
