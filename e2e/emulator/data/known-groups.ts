import type { SeedGroup } from '../group-schemas'
import { chatter, quarrel } from './messages'

const HOUR = 3600
const COMMUNITY = '@TGS#_@TGS#cLUMEN0001'

/**
 * The groups of the lifelike data set that documents and tests call by name, beside the plaza with its 10 000
 * members. Mutes are seconds from the moment of seeding.
 */
export const GROUPS = {
  /** Its topics are muted each in its own way. */
  lumen: {
    id: COMMUNITY,
    type: 'Community',
    name: 'Lumen City 🏙️ 流明城',
    owner: 'alice',
    members: [
      { id: 'lin88', role: 'Admin' },
      { id: 'sakura' },
      { id: 'wangxiaoming', muted: 3 * HOUR },
      { id: 'minjun' },
      { id: 'zoe', nameCard: 'Zoë 🎨' },
      { id: 'oleg77' },
      { id: 'layla' },
      { id: 'lina_2024' },
    ],
    topics: [
      { id: `${COMMUNITY}@TOPIC#_@TOPIC#cNEWS0001`, name: '公告 · News', muteAll: true },
      {
        id: `${COMMUNITY}@TOPIC#_@TOPIC#cARTS0002`,
        name: 'お絵描き',
        members: [
          { id: 'minjun', muted: 'forever' },
          { id: 'oleg77', muted: 40 * 60 },
        ],
        messages: chatter(['zoe', 'sakura', 'minjun']),
      },
      { id: `${COMMUNITY}@TOPIC#_@TOPIC#cTALK0003`, name: 'Off topic' },
    ],
    messages: chatter(['alice', 'lin88', 'layla']),
  },
  /** People who quarrel: the one for reports. */
  noodles: {
    id: '@TGS#2NOODLES01',
    type: 'Public',
    name: '深夜拉面研究所 🍜',
    owner: 'sakura',
    members: [
      { id: 'tanaka-taro', role: 'Admin' },
      { id: 'lin88' },
      { id: 'wang_xm_1996' },
      { id: 'bob', muted: 24 * HOUR },
      { id: 'adm1n_support' },
      { id: 'yuki_0214' },
      { id: 'emoji_only' },
      { id: '13800000042', muted: 'forever' },
    ],
    messages: quarrel(),
  },
  /** Nobody but the owner and the admins may speak. */
  standUp: {
    id: '@TGS#3STANDUP01',
    type: 'ChatRoom',
    name: '毎朝スタンドアップ',
    owner: 'tanaka-taro',
    muteAll: true,
    members: [{ id: 'alice', role: 'Admin' }, { id: 'lin88' }, { id: 'noam' }, { id: 'zoe' }],
    messages: chatter(['tanaka-taro', 'alice']),
  },
  /** Its members have no profiles; only the list of the muted is there. */
  concert: {
    id: '@TGS#aCONCERT01',
    type: 'AVChatRoom',
    name: '🎤 さくらの生配信',
    owner: 'sakura',
    members: [
      { id: 'lin88' },
      { id: 'bob', muted: 15 * 60 },
      { id: 'zalgo', muted: 'forever' },
      { id: 'minjun' },
    ],
  },
  /** Nobody can be muted here. */
  family: {
    id: '@TGS#1FAMILY001',
    type: 'Private',
    name: '相亲相爱一家人',
    owner: 'chen.yl',
    members: [{ id: 'lin88' }, { id: 'family_account' }],
    messages: chatter(['chen.yl', 'family_account']),
  },
  /** A custom id, awkward in addresses. */
  oddId: {
    id: 'room 7/#1?x=100%&y',
    type: 'Public',
    name: 'Room 7',
    owner: 'alice',
    members: [{ id: 'lin88' }, { id: ' two  spaces ', muted: 12 * HOUR }, { id: 'user#1' }],
  },
  /** An id of 48 bytes. */
  longId: {
    id: 'custom-group-id-that-is-as-long-as-ids-may-be-48',
    type: 'ChatRoom',
    name: 'Longest id',
    owner: 'noam',
    members: [{ id: 'zoe' }],
  },
  /** Without an owner, and with a name that deceives. */
  deceptive: {
    id: '@TGS#2OFFICIAL1',
    type: 'Public',
    name: 'Off\u0456cial\u200b Support \u202ededoc',
    members: [{ id: 'adm1n_support', role: 'Admin' }, { id: 'invoice_bot' }, { id: 'lin88' }],
  },
  /** A community that has no topics yet. */
  newCommunity: {
    id: '@TGS#_@TGS#cNEW000001',
    type: 'Community',
    name: '新社区',
    owner: 'lina_2024',
    members: [{ id: 'lin88' }, { id: 'alice' }],
    topics: [],
  },
} satisfies Record<string, SeedGroup>
