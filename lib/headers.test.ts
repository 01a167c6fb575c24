import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, isForeignPost, securityHeaders } from './headers'

const directives = (policy: string) =>
  new Map(
    policy.split('; ').map((directive): [string, string[]] => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources]
    }),
  )

describe('the content security policy', () => {
  const policy = directives(contentSecurityPolicy({ nonce: 'abc', isDevelopment: false }))

  it('runs scripts only by their nonce', () => {
    expect(policy.get('script-src')).toEqual(["'nonce-abc'", "'strict-dynamic'"])
  })

  it('allows nothing unsafe', () => {
    expect([...policy.values()].flat().filter((source) => /unsafe|\*|^https?:$/.test(source))).toEqual([])
  })

  it('forbids what is not named, framing, and other bases', () => {
    for (const name of ['default-src', 'object-src', 'base-uri', 'frame-ancestors']) {
      expect(policy.get(name)).toEqual(["'none'"])
    }
    expect(policy.get('form-action')).toEqual(["'self'"])
  })

  it('gives way in development alone', () => {
    expect(contentSecurityPolicy({ nonce: 'abc', isDevelopment: true })).toContain("'unsafe-eval'")
  })
})

describe('the security headers', () => {
  it('pin https only where the console is served by it', () => {
    expect(securityHeaders({ isSecure: true })['strict-transport-security']).toBe(
      'max-age=63072000; includeSubDomains',
    )
    expect(securityHeaders({ isSecure: false })).not.toHaveProperty('strict-transport-security')
  })

  it('keep other sites out', () => {
    expect(securityHeaders({ isSecure: true })).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
  })
})

describe('the powers of the browser', () => {
  const policy = securityHeaders({ isSecure: true })['permissions-policy'] ?? ''

  it('are denied by name, and translating on the machine itself is not among them', () => {
    expect(policy.split(', ')).toContain('camera=()')
    // Not named, they are the console's own and nobody else's; older browsers would complain of the names.
    expect(policy).not.toMatch(/translator|language-detector/)
  })
})

describe('a POST from another site', () => {
  const isForeign = (headers: Record<string, string>, method = 'POST') =>
    isForeignPost(
      { method, headers: new Headers({ host: 'mod.example.com', ...headers }) },
      'https://mod.example.com',
    )

  it('is told by its Origin', () => {
    const foreign = ['https://evil.example', 'null', '', 'https://mod.example.com.evil.example']
    expect(foreign.filter((origin) => !isForeign({ origin }))).toEqual([])
    expect(isForeign({ origin: 'https://evil.example', 'x-forwarded-host': 'mod.example.com' })).toBe(true)
  })

  it('is not what an action can refuse in words, or a read', () => {
    expect(isForeign({})).toBe(false)
    expect(isForeign({ origin: 'https://mod.example.com', host: '10.0.0.7:3000' })).toBe(false)
    expect(isForeign({ origin: 'http://10.0.0.7:3000', host: '10.0.0.7:3000' })).toBe(false)
    expect(isForeign({ origin: 'http://second.name', 'x-forwarded-host': 'second.name, x' })).toBe(false)
    expect(isForeign({ origin: 'https://evil.example' }, 'GET')).toBe(false)
  })
})
