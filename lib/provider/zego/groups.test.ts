import { setUpZego } from '@/lib/testing/zego-stage'
import { describeGroupContract } from '../contract-groups'

describeGroupContract('ZEGO ZIM', setUpZego)
