import { createHmac } from 'node:crypto'

/**
 * What shows a receiver that a body comes from this console and when: HMAC-SHA256 over `timestamp.body` under the secret
 * that both know, as hex. `timestamp`: epoch seconds.
 */
export function signDelivery(secret: string, timestamp: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
}
