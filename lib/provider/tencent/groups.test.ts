import { setUpTencent } from '@/lib/testing/tencent-stage'
import { describeGroupContract } from '../contract-groups'

describeGroupContract('Tencent Chat', setUpTencent)
