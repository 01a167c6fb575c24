import type { EmulatorControl } from '../control'

/** One group of each type, by what it is for. */
export const GROUP = {
  public: '@TGS#2PUBLIC',
  meeting: '@TGS#3MEETING',
  work: '@TGS#1WORK',
  live: '@TGS#aLIVE',
  community: '@TGS#_@TGS#cTOPICS',
  plain: '@TGS#_@TGS#cPLAIN',
} as const

/** The topics of the community that has some. */
export const TOPIC = {
  news: `${GROUP.community}@TOPIC#_@TOPIC#cNEWS`,
  talk: `${GROUP.community}@TOPIC#_@TOPIC#cTALK`,
} as const

/** Puts a group of each type into the first app. alice owns, bob administers, carol and dave are members; eve is none. */
export async function seedGroupWorld(control: EmulatorControl): Promise<void> {
  const members = [{ id: 'bob', role: 'Admin' as const, nameCard: 'B' }, { id: 'carol' }, { id: 'dave' }]
  const common = { owner: 'alice', members }
  await control.reset()
  await control.seed({
    accounts: ['alice', 'bob', 'carol', 'dave', 'eve'].map((id) => ({ id })),
    groups: [
      { ...common, id: GROUP.public, type: 'Public', name: '公开群' },
      { ...common, id: GROUP.meeting, type: 'ChatRoom', name: 'Meeting' },
      { ...common, id: GROUP.work, type: 'Private', name: 'Work' },
      { ...common, id: GROUP.live, type: 'AVChatRoom', name: 'Live' },
      {
        ...common,
        id: GROUP.community,
        type: 'Community',
        name: 'Topics',
        topics: [
          { id: TOPIC.news, name: 'News', muteAll: true },
          { id: TOPIC.talk, name: 'Talk', members: [{ id: 'carol', muted: 600 }] },
        ],
      },
      { ...common, id: GROUP.plain, type: 'Community', name: 'Plain' },
    ],
  })
}
