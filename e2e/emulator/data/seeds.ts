import type { SeedGroup, SeedPeerMessage } from '../group-schemas'
import type { SeedAccount } from '../schemas'
import { crowdAccounts, lifelikeGroups } from './groups'
import { lifelikeAccounts, secondAppAccounts } from './lifelike'
import { peerMessages } from './messages'

/** The data sets that the emulator can start with. */
export type DataName = 'lifelike' | 'empty'

/** What a data set puts into one app. */
type AppData = {
  appId: number
  accounts: readonly SeedAccount[]
  groups: readonly SeedGroup[]
  peerMessages: readonly SeedPeerMessage[]
}

/** A data set, by app. */
export function seedOf(data: DataName): AppData[] {
  switch (data) {
    case 'empty':
      return []
    case 'lifelike': {
      const accounts = lifelikeAccounts()
      return [
        {
          appId: 1400000000,
          accounts: [...accounts, ...crowdAccounts()],
          groups: lifelikeGroups(accounts),
          peerMessages: peerMessages(),
        },
        { appId: 1400000001, accounts: secondAppAccounts(), groups: [], peerMessages: [] },
      ]
    }
    default:
      return data satisfies never
  }
}
