/** The package has no types of its own. */
declare module 'tls-sig-api-v2' {
  export class Api {
    constructor(sdkAppId: number, secretKey: string)
    genUserSig(identifier: string, lifetimeSeconds: number): string
  }
}
