import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { evidenceMessages } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startIntakeStage } from '@/lib/testing/intake-stage'
import { getCase } from './get'
import { getMessageFile } from './get-file'
import { hashOfMessage, takeDueEvidence } from './take-evidence'

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100, 7)])
const bodies = new Map<string, Buffer>([
  ['/pictures/ok.png', png],
  ['/pictures/page.html', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['/pictures/drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['/pictures/huge.png', Buffer.concat([png, Buffer.alloc(8 * 1_048_576)])],
])

async function listen() {
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    response.writeHead(200, { 'content-type': 'image/png' }).end(bodies.get(url) ?? png)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // a TCP address, as it was given a port
  return { origin: `http://127.0.0.1:${port}`, asked }
}

describeOnBothDatabases('the files of a kept message', (freshDb) => {
  test('are kept by their address, which no screen is told, and pictures alone are fetched from where they may be', async () => {
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
    const body = [...addresses.map(image), document]
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
    expect(fetched.map((picture) => picture?.type)).toEqual(['image/png', ...Array(7).fill(undefined)])
    expect(asked.toSorted()).toEqual([...bodies.keys()].toSorted())
    const [kept] = (await getCase(context, actor, { caseId: room.caseId })).transcript.messages
    const wish = { caseId: room.caseId, messageId: kept?.messageId ?? '', index: 0 }
    expect((await getMessageFile(context, actor, wish))?.type).toBe('image/png')

    for (const change of [{ index: 1 }, { messageId: '2' }, { caseId: crypto.randomUUID() }])
      expect(await getMessageFile(context, actor, { ...wish, ...change })).toBeNull()
    const viewer: Actor = { ...actor, role: 'viewer' }
    await expect(getMessageFile(context, viewer, wish)).rejects.toThrow('FORBIDDEN')
  })
})
