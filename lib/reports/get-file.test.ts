import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { evidenceMessages } from '@/lib/db/schema'
import { statusByCode } from '@/lib/status'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startIntakeStage } from '@/lib/testing/intake-stage'
import { answerFile } from './answer-file'
import { getCase } from './get'
import { getMessageFile } from './get-file'
import { hashOfMessage } from './keep-evidence'
import { takeDueEvidence } from './take-evidence'

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100, 7)])
const sound = Buffer.from('4f67675300020000', 'hex')
const film = Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('isom')])
const bodies = new Map<string, Buffer>([
  ['/pictures/ok.png', png],
  ['/pictures/page.html', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['/pictures/drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['/pictures/sound.ogg', sound],
  ['/pictures/film.mp4', film],
  ['/pictures/huge.mp4', Buffer.concat([film, Buffer.alloc(32 * 1_048_576)])],
  ['/pictures/huge.png', Buffer.concat([png, Buffer.alloc(8 * 1_048_576)])],
])

async function listen() {
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    // Never answered: whoever asks for it waits.
    if (url === '/pictures/slow.mp4') return
    response.writeHead(200, { 'content-type': 'image/png' }).end(bodies.get(url) ?? png)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const end = () => {
    server.close()
    server.closeAllConnections()
  }
  onTestFinished(end)
  const { port } = server.address() as AddressInfo // a TCP address, as it was given a port
  return { origin: `http://127.0.0.1:${port}`, asked, end }
}

describeOnBothDatabases('the files of a kept message', (freshDb) => {
  test('are kept by their address, which no screen is told, and are fetched from where they may be, each as what it is', async () => {
    const { origin, asked } = await listen()
    const stage = await startIntakeStage(await freshDb())
    onTestFinished(() => stage.world.close())
    const { db, file, actor, control, world } = stage
    const provider = (key: string) => ({ ...stage.context.provider(key), pictureOrigin: origin })
    const context = { ...stage.context, provider }
    const addresses = [
      `${origin}/pictures/ok.png`,
      `${origin}/pictures/page.html`,
      `${origin}/pictures/drawing.svg`,
      `${origin}/pictures/huge.png`,
      `${origin}/elsewhere/ok.png`,
      'http://169.254.169.254/latest/meta-data',
      'https://[::1]/ok.png',
    ]
    const image = (URL: string) => ({
      MsgType: 'TIMImageElem',
      MsgContent: { ImageInfoArray: [{ Type: 1, URL }] },
    })
    const document = {
      MsgType: 'TIMFileElem',
      MsgContent: { Url: `${origin}/pictures/ok.png`, FileName: 'a\u0000b.png', FileSize: 7 },
    }
    const played = (kind: 'Sound' | 'VideoFile', name: string) => ({
      MsgType: `TIM${kind}Elem`,
      MsgContent: { [kind === 'Sound' ? 'Url' : 'VideoUrl']: `${origin}/pictures/${name}` },
    })
    const playable = [played('Sound', 'sound.ogg'), played('VideoFile', 'film.mp4')]
    const unplayable = [played('Sound', 'page.html'), played('VideoFile', 'huge.mp4')]
    const body = [...addresses.map(image), ...playable, ...unplayable, document]
    const members = [{ id: 'lin88' }, { id: 'ann' }]
    await world.addGroups({
      ...{ id: 'party', name: 'Party', members },
      messages: [{ from: 'lin88', body, secondsAgo: 9 }],
    })
    await world.addRoom('#room', 'ann', 'lin88')
    const said = encodeURIComponent(JSON.stringify({ FileName: 'shot.png', DownloadUrl: addresses[0] }))
    await control.seed({
      zego: {
        users: members,
        groups: [
          {
            ...{ id: '#room', members: [{ id: 'ann', role: 1 }, { id: 'lin88' }] },
            messages: [{ from: 'lin88', text: said, type: 11, secondsAgo: 9 }],
          },
        ],
      },
    })
    const { caseId } = await file({ messageIds: ['1'] })
    const room = await file({ connection: 'zim', groupId: '#room', messageIds: ['1'] })
    await takeDueEvidence(context, AbortSignal.timeout(60_000))

    const { messages: transcript } = (await getCase(context, actor, { caseId })).transcript
    expect(transcript[0]?.files.at(-1)).toEqual({ kind: 'file', name: 'a\ufffdb.png', sizeBytes: 7 })
    expect(JSON.stringify(transcript)).not.toContain(origin)
    const [row] = await db.select().from(evidenceMessages).where(eq(evidenceMessages.caseId, caseId))
    expect(hashOfMessage(row?.message)).toBe(row?.hash)

    const fetched = await Promise.all(
      body.map((_, index) => getMessageFile(context, actor, { caseId, messageId: '1', index })),
    )
    expect(fetched.map((found) => found?.type)).toEqual([
      ...['image/png', ...Array(6).fill(undefined), 'audio/ogg', 'video/mp4', undefined, undefined],
      null,
    ])
    expect([...new Set(asked)].toSorted()).toEqual([...bodies.keys()].toSorted())
    expect(fetched.at(-1)).toMatchObject({ name: 'a\ufffdb.png', bytes: { byteLength: png.length } })
    // The parts of a film are of one download.
    const before = asked.length
    await getMessageFile(context, actor, { caseId, messageId: '1', index: addresses.length + 1 })
    expect(asked).toHaveLength(before)
    const [kept] = (await getCase(context, actor, { caseId: room.caseId })).transcript.messages
    const wish = { caseId: room.caseId, messageId: kept?.messageId ?? '', index: 0 }
    expect((await getMessageFile(context, actor, wish))?.type).toBe('image/png')

    for (const change of [{ index: 1 }, { messageId: '2' }, { caseId: crypto.randomUUID() }])
      expect(await getMessageFile(context, actor, { ...wish, ...change })).toBeNull()
    const viewer: Actor = { ...actor, role: 'viewer' }
    await expect(getMessageFile(context, viewer, wish)).rejects.toThrow('FORBIDDEN')
  })

  test('are said to come another time, not to be none, while as many are on the way as may be', async () => {
    const { origin, asked, end } = await listen()
    const stage = await startIntakeStage(await freshDb())
    onTestFinished(() => stage.world.close())
    const provider = (key: string) => ({ ...stage.context.provider(key), pictureOrigin: origin })
    const slow = { MsgType: 'TIMVideoFileElem', MsgContent: { VideoUrl: `${origin}/pictures/slow.mp4` } }
    const body = Array.from({ length: 11 }, () => slow)
    const members = [{ id: 'lin88' }, { id: 'ann' }]
    await stage.world.addGroups({
      ...{ id: 'party', name: 'Party', members },
      messages: [{ from: 'lin88', body, secondsAgo: 9 }],
    })
    const { caseId } = await stage.file({ messageIds: ['1'] })
    const context = { ...stage.context, provider }
    await takeDueEvidence(context, AbortSignal.timeout(60_000))
    const get = (index: number) => getMessageFile(context, stage.actor, { caseId, messageId: '1', index })
    const waiting = body.slice(1).map((_, index) => get(index))
    await vi.waitUntil(() => asked.length === 2)
    await expect(get(10)).rejects.toMatchObject({ code: 'FILES_BUSY' })
    expect(statusByCode.FILES_BUSY).toBe(503)
    end()
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => null))
  })
})

test('a file that is only saved is none that a browser opens, whatever its name is', () => {
  const answer = (name: string | null) =>
    answerFile({ type: null, bytes: new ArrayBuffer(3), name }, null).headers
  expect(answer('a.html').get('content-type')).toBe('application/octet-stream')
  const names = ['../a"; b\r\nX: y.exe', '.bashrc', 'cod\u202egpj.exe', '报告 1.pdf', null]
  expect(names.map((name) => answer(name).get('content-disposition'))).toEqual([
    "attachment; filename*=UTF-8''__a_%3B_b_X_y.exe",
    "attachment; filename*=UTF-8''_bashrc",
    "attachment; filename*=UTF-8''cod_gpj.exe",
    "attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A_1.pdf",
    "attachment; filename*=UTF-8''file",
  ])
})

test.each([
  [null, 200, null, '0123456789'],
  ['bytes=0-', 206, 'bytes 0-9/10', '0123456789'],
  ['bytes=2-4', 206, 'bytes 2-4/10', '234'],
  ['bytes=8-99', 206, 'bytes 8-9/10', '89'],
  ['bytes=-3', 206, 'bytes 7-9/10', '789'],
  ['bytes=10-', 416, 'bytes */10', ''],
  ['bytes=4-2', 200, null, '0123456789'],
  ['bytes=0-1,4-5', 200, null, '0123456789'],
  ['lines=1-2', 200, null, '0123456789'],
])('a sound is given by parts: %s', async (range, status, contentRange, text) => {
  const bytes = new TextEncoder().encode('0123456789').buffer
  const response = answerFile({ type: 'audio/ogg', bytes, name: null }, range)
  expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
    ...[status, contentRange, text],
  ])
  expect(response.headers.get('content-disposition')).toBeNull()
})
