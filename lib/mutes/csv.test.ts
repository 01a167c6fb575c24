import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeCsv } from './csv'

const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r\n＝＋－＠'",; a]{0,6}$/))

test('any table is read back cell by cell, but for an apostrophe before what would be a formula', () => {
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }))
  fc.assert(
    fc.property(table, (rows) => {
      const csv = writeCsv(rows)
      const read: string[][] = parse(csv, { bom: true, recordDelimiter: '\r\n', skipEmptyLines: false })
      expect(read).toEqual(
        rows.map((cells) => cells.map((text) => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text))),
      )
    }),
  )
})

test('no cell begins as a formula does', () => {
  const csv = writeCsv([['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', 'a=1', '"=1']])
  expect(csv).toBe(`\ufeff'=1+1,'+1,'-1,'@SUM(A1),'\t=1,"'\r=1",'＝1,a=1,"""=1"\r\n`)
})
