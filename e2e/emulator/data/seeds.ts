import type { SeedAccount } from '../schemas'
import { DEFAULT_ZEGO_APP_ID } from '../zego/apps'
import type { ZegoSeedInput } from '../zego/schemas'
import { lifelikeAccounts, secondAppAccounts } from './lifelike'
import { lifelikeZego } from './zego'

/** The data sets that the emulator can start with. */
export type DataName = 'lifelike' | 'empty'

/** The accounts of a data set, by app. */
export function seedOf(data: DataName): { appId: number; accounts: readonly SeedAccount[] }[] {
  switch (data) {
    case 'empty':
      return []
    case 'lifelike':
      return [
        { appId: 1400000000, accounts: lifelikeAccounts() },
        { appId: 1400000001, accounts: secondAppAccounts() },
      ]
    default:
      return data satisfies never
  }
}

/** What a data set has of ZEGO, by app. */
export function zegoSeedOf(data: DataName): { appId: number; seed: ZegoSeedInput }[] {
  switch (data) {
    case 'empty':
      return []
    case 'lifelike':
      return [{ appId: DEFAULT_ZEGO_APP_ID, seed: lifelikeZego() }]
    default:
      return data satisfies never
  }
}
