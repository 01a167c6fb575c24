import type { SeedGroup, SeedPeerMessage } from '../group-schemas'
import type { SeedAccount } from '../schemas'
import { DEFAULT_ZEGO_APP_ID } from '../zego/apps'
import type { ZegoSeedInput } from '../zego/schemas'
import { crowdAccounts, lifelikeGroups } from './groups'
import { lifelikeAccounts, secondAppAccounts } from './lifelike'
import { peerMessages } from './messages'
import { lifelikeZego } from './zego'

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
