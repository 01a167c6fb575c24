import type { SeedAccount } from '../schemas'
import { lifelikeAccounts, secondAppAccounts } from './lifelike'

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
