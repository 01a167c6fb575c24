import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reasonSchema } from '@/lib/mutes/schemas'
import { defaultMutePresets } from '@/lib/settings/schemas'
import { type ComposerForm, emptyForm } from './composer-form'
import { reasonOf } from './composer-model'

const form = (changes: Partial<ComposerForm> = {}): ComposerForm => ({
  ...emptyForm(defaultMutePresets),
  ...changes,
})

describe('the reason', () => {
  it('is taken as the server takes it', () => {
    expect(reasonOf(form({ category: 'spam', reasonText: '  Ads in 12 groups. ' }))).toEqual({
      ok: true,
      reason: { category: 'spam', text: 'Ads in 12 groups.' },
    })
  })

  it.each([
    [
      { category: null, reasonText: '' },
      { category: 'required', text: 'required' },
    ],
    [{ category: 'spam', reasonText: '   ' }, { text: 'required' }],
    [{ category: 'spam', reasonText: 'x'.repeat(501) }, { text: 'too_long' }],
    [{ category: 'spam', reasonText: 'a\u0000b' }, { text: 'control_characters' }],
  ] as const)('says what is wrong with %j', (changes, fields) => {
    expect(reasonOf(form(changes))).toEqual({ ok: false, fields })
  })
})

describe('the rules of a reason', () => {
  it("are the server's own", () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.constant('x'.repeat(501)),
    )
    fc.assert(
      fc.property(texts, (reasonText) => {
        const told = reasonOf(form({ category: 'spam', reasonText }))
        const parsed = reasonSchema.safeParse({ category: 'spam', text: reasonText })
        expect(told.ok).toBe(parsed.success)
        if (told.ok) expect(told.reason).toEqual(parsed.data)
        else expect(told.fields.text).toBe(parsed.error?.issues[0]?.message)
      }),
    )
  })
})
