import { expect, it } from 'vitest'
import { copyEmbedded } from '@/lib/testing/fresh-db'

let shared: ReturnType<typeof copyEmbedded> | undefined

async function engine() {
  shared ??= copyEmbedded()
  const client = await shared
  await client.exec(`drop table if exists people;
    create table people (id int primary key, name text, born timestamptz, is_in boolean)`)
  return client
}

async function keptTexts(client: Awaited<ReturnType<typeof engine>>): Promise<string[]> {
  const { rows } = await client.query<{ statement: string }>(
    `select statement from pg_prepared_statements where name like 'hushdesk%'`,
  )
  return rows.map(({ statement }) => statement)
}

it('gives the same rows whether a statement is kept or not', async () => {
  const client = await engine()
  const born = new Date('2026-11-21T01:02:03.004Z')
  const insert = 'insert into people values ($1, $2, $3, $4) returning id'
  for (const id of [1, 2, 3, 4, 5]) {
    const name = id === 4 ? null : `王${id}`
    expect(await client.query(insert, [id, name, born, true])).toMatchObject({
      rows: [{ id }],
      affectedRows: 1,
    })
  }
  const select = 'select id, name, born, is_in from people where id = any($1) order by id'
  const answers = []
  for (let use = 0; use < 8; use += 1)
    answers.push(await client.query(select, [[4, 5]], { rowMode: 'array' }))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers.at(-1)?.rows).toEqual([
    [4, null, born, true],
    [5, '王5', born, true],
  ])
  expect(await keptTexts(client)).toEqual(expect.arrayContaining([insert, select]))
})

it('goes on after a kept statement failed, alone and in a transaction', async () => {
  const client = await engine()
  const insert = 'insert into people (id) values ($1)'
  for (const id of [1, 2, 3, 4]) await client.query(insert, [id])
  await expect(client.query(insert, [4])).rejects.toMatchObject({ code: '23505' })
  await client.query(insert, [5])
  await expect(
    client.transaction(async (tx) => {
      await tx.query(insert, [6])
      await tx.query(insert, [6])
    }),
  ).rejects.toMatchObject({ code: '23505' })
  await expect(client.query(insert, ['seven'])).rejects.toMatchObject({ code: '22P02' })
  expect((await client.query('select id from people order by id')).rows).toHaveLength(5)
})

it('lets no kept statement into the transaction of another caller', async () => {
  const client = await engine()
  const count = 'select count(*)::int as n from people'
  for (let use = 0; use < 4; use += 1) await client.query(count)
  const { promise: isAsked, resolve: ask } = Promise.withResolvers<void>()
  const order: string[] = []
  const writing = client.transaction(async (tx) => {
    await tx.query('insert into people (id) values (1)')
    ask()
    for (let use = 0; use < 4; use += 1) await tx.query(count)
    order.push('written')
  })
  await isAsked
  const reading = client.query(count).then(({ rows }) => {
    order.push('read')
    return rows
  })
  await writing
  expect(await reading).toEqual([{ n: 1 }])
  expect(order).toEqual(['written', 'read'])
})

it('plans the first rows of an order for each value, and all others anew by and by', async () => {
  const client = await engine()
  const first = 'select id from people where name = $1 limit 1'
  const all = 'select id from people where name = $1'
  const firstByIndex = 'select id from people where id = $1 /* one plan */ limit 1'
  const plans = async (text: string) => {
    const { rows } = await client.query<{ own: number; shared: number }>(
      `select custom_plans::int as own, generic_plans::int as shared from pg_prepared_statements
        where name like 'hushdesk%' and statement = $1`,
      [text],
    )
    return rows[0]
  }
  for (let use = 0; use < 100; use += 1) for (const text of [first, all]) await client.query(text, ['x'])
  for (let use = 0; use < 100; use += 1) await client.query(firstByIndex, [use])
  expect(await plans(first)).toMatchObject({ shared: 0 })
  expect(await plans(firstByIndex)).toEqual({ own: 5, shared: 93 })
  expect(await plans(all)).toEqual({ own: 5, shared: 93 })
  for (let use = 0; use < 105; use += 1) await client.query(all, ['x'])
  expect(await plans(all)).toEqual({ own: 3, shared: 0 })
})
