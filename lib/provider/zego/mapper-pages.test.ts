import { describe, expect, test } from 'vitest'
import { parseExactly } from '../json'
import { toGroupPage, toJoinedGroupPage, toMemberPage, toMessagePage, toMutedGroupPage } from './mapper-pages'
import {
  fetchForbidGroupListSchema,
  messageListSchema,
  queryAppGroupListSchema,
  queryGroupMemberListSchema,
  queryGroupsInfoOfUserSchema,
} from './wire'

describe('a page', () => {
  test('of groups ends with 0, and its cursor keeps every digit', () => {
    const page = (Next: string) =>
      toGroupPage(
        queryAppGroupListSchema.parse(
          parseExactly(
            `{"Code":0,"TotalCount":3,"Next":${Next},"GroupIdList":[{"GroupId":"#1","GroupName":""}]}`,
          ),
        ),
      )
    expect(page('0')).toEqual({ items: [{ groupId: '#1', name: null }], next: null, total: 3 })
    expect(page('971503777289036701').next).toBe('971503777289036701')
  })

  test('of muted groups ends by FetchEnd alone', () => {
    const page = (FetchEnd: number, NextFlag: number) =>
      toMutedGroupPage(
        fetchForbidGroupListSchema.parse({
          FetchEnd,
          NextFlag,
          GroupList: [
            { GroupId: 'g', ForbidType: 5 },
            { GroupId: 'h', ForbidType: 2 },
          ],
        }),
      )
    expect(page(1, 100_000)).toEqual({
      items: [
        { groupId: 'g', everyone: true, roles: false, members: true },
        { groupId: 'h', everyone: false, roles: true, members: false },
      ],
      next: null,
      total: null,
    })
    expect(page(0, 0).next).toBe('0')
    expect(page(0, 7).next).toBe('7')
  })

  test('of members has the name in the group first, and a role for those without', () => {
    const answer = queryGroupMemberListSchema.parse({
      TotalCount: 3,
      Next: 2,
      MemberList: [
        { UserId: 'a', UserName: 'A', UserNickName: 'nick', Role: 1 },
        { UserId: 'b', UserName: 'B', UserNickName: '', Role: 120 },
        { UserId: 'c', UserName: '' },
      ],
    })
    expect(toMemberPage(answer)).toEqual({
      items: [
        { userId: 'a', name: 'nick', role: 1 },
        { userId: 'b', name: 'B', role: 120 },
        { userId: 'c', name: null, role: 3 },
      ],
      next: '2',
      total: 3,
    })
  })

  test('of the groups of an account has a text for a cursor', () => {
    const page = (NextRsp: string) =>
      toJoinedGroupPage(
        queryGroupsInfoOfUserSchema.parse({
          NextRsp,
          HasJoinGroupNum: 1,
          GroupInfoList: [{ GroupId: '#1', GroupName: 'One', GroupAvatar: '' }],
        }),
      )
    expect(page('0')).toEqual({
      items: [{ groupId: '#1', type: 'zim', name: 'One' }],
      next: null,
      total: 1,
    })
    expect(page('abc#1').next).toBe('abc#1')
  })

  test('of messages keeps ids beyond what a number holds, and says what was recalled or deleted', () => {
    const text = `{"Code":0,"Next":0,"List":[
      {"Sender":"a","MsgType":1,"MsgBody":"hi","MsgId":971503777289036701,"MsgSeq":3,"MsgTime":1705895412000,"IsEmpty":0},
      {"Sender":"b","MsgType":11,"MsgBody":"%7B%7D","MsgId":971503777289036699,"MsgSeq":2,"MsgTime":1705895411000},
      {"Sender":"c","MsgType":1,"MsgBody":"","MsgId":"971503777289036698","MsgSeq":1,"MsgTime":1705895410000,"IsEmpty":2},
      {"Sender":"d","MsgType":200,"MsgBody":"x","MsgId":5,"MsgSeq":0,"MsgTime":1705895409000,"IsEmpty":1}]}`
    const { items, next } = toMessagePage(messageListSchema.parse(parseExactly(text)))
    expect(next).toBeNull()
    expect(items[0]).toEqual({
      messageId: '971503777289036701',
      seq: '3',
      senderId: 'a',
      sentAt: 1_705_895_412_000,
      kind: 'text',
      text: 'hi',
      state: 'present',
    })
    expect(items.map(({ messageId, kind, text, state }) => [messageId, kind, text, state]).slice(1)).toEqual([
      ['971503777289036699', 'image', null, 'present'],
      ['971503777289036698', 'text', null, 'recalled'],
      ['5', 'custom', null, 'deleted'],
    ])
  })
})
