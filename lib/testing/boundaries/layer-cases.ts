import { clientStaysOnClient, emulatorStandsAlone, importsFollowLayers, leavesArePure } from './layers'
import type { RuleCases } from './project'

const server = "import 'server-only'\nexport const secret = 1"

/** For each rule on imports: sources that it must complain about, each beside the nearest that it must let pass. */
export const layerCases: RuleCases[] = [
  [
    importsFollowLayers,
    [
      {
        bad: {
          'lib/accounts/a.ts': "import { b } from '@/lib/mutes/b'",
          'lib/mutes/b.ts': 'export const b = 1',
        },
        says: /lib\/accounts\/a\.ts: must not import @\/lib\/mutes\/b/,
        good: {
          'lib/mutes/b.ts': "import { a } from '@/lib/accounts/a'",
          'lib/accounts/a.ts': 'export const a = 1',
        },
      },
      {
        bad: {
          'lib/db/a.ts': "import { b } from '../accounts/b'",
          'lib/accounts/b.ts': 'export const b = 1',
        },
        says: /lib\/db\/a\.ts: must not import/,
        good: {
          'lib/db/a.ts': "import { b } from '../accounts/schemas'",
          'lib/accounts/schemas.ts': 'export const b = 1',
        },
      },
      {
        bad: { 'lib/provider/a.ts': "export * from '@/lib/auth/b'", 'lib/auth/b.ts': 'export const b = 1' },
        says: /lib\/provider\/a\.ts: must not import/,
        good: {
          'lib/provider/a.ts': "export * from '@/lib/throttle/b'",
          'lib/throttle/b.ts': 'export const b = 1',
        },
      },
      {
        bad: {
          'lib/mutes/a.ts': "const b = await import('@/components/ui/b')",
          'components/ui/b.tsx': 'export const b = 1',
        },
        says: /lib\/mutes\/a\.ts: must not import/,
        good: {
          'app/a.tsx': "const b = await import('@/components/ui/b')",
          'components/ui/b.tsx': 'export const b = 1',
        },
      },
      {
        bad: {
          'components/mutes/a.tsx': "import { x } from '@/lib/mutes/apply'",
          'lib/mutes/apply.ts': server,
        },
        says: /components\/mutes\/a\.tsx: must not import/,
        good: {
          'components/mutes/a.tsx':
            "import { x } from '@/lib/mutes/actions'\nimport { y } from '@/lib/mutes/ends'",
          'lib/mutes/actions.ts': "'use server'\nimport { secret } from './apply'",
          'lib/mutes/apply.ts': server,
          'lib/mutes/ends.ts': "import type { secret } from './apply'\nexport const y = 1",
        },
      },
      {
        bad: {
          'components/mutes/a.tsx': "import { x } from '@/lib/mutes/ends'",
          'lib/mutes/ends.ts': "import './apply'",
          'lib/mutes/apply.ts': server,
        },
        says: /components\/mutes\/a\.tsx: must not import/,
        good: {
          'components/mutes/a.tsx': "import { x } from '@/lib/mutes/ends'",
          'lib/mutes/ends.ts': 'export const x = 1',
        },
      },
      {
        bad: { 'lib/mutes/a.ts': "import { defineAction } from '@/lib/action'", 'lib/action.ts': server },
        says: /lib\/mutes\/a\.ts: must not import @\/lib\/action/,
        good: {
          'lib/mutes/actions.ts': "import { defineAction } from '@/lib/action'",
          'lib/action.ts': server,
        },
      },
      {
        bad: { 'lib/mutes/a.ts': "import { startDemo } from '@/e2e/demo/start'" },
        says: /shipped code imports @\/e2e/,
        good: { 'lib/mutes/a.test.ts': "import { startDemo } from '@/e2e/demo/start'" },
      },
      {
        bad: { 'lib/mutes/a.ts': "import { freshDb } from '@/lib/testing/db'" },
        says: /shipped code imports @\/lib\/testing/,
        good: { 'lib/mutes/a.test.ts': "import { freshDb } from '@/lib/testing/db'" },
      },
      {
        bad: { 'lib/helpers/a.ts': 'export const a = 1' },
        says: /lib\/helpers\/a\.ts: stands in no layer/,
        good: { 'lib/groups/a.ts': 'export const a = 1' },
      },
    ],
  ],
  [
    leavesArePure,
    [
      {
        bad: { 'lib/mutes/schemas.ts': "import { db } from './store'", 'lib/mutes/store.ts': server },
        says: /lib\/mutes\/schemas\.ts: is for both sides but runs server code/,
        good: { 'lib/mutes/schemas.ts': "import type { db } from './store'", 'lib/mutes/store.ts': server },
      },
      {
        bad: { 'lib/mutes/schemas.ts': "import { useState } from 'react'" },
        says: /imports only zod, not react/,
        good: { 'lib/mutes/schemas.ts': "import * as z from 'zod'" },
      },
    ],
  ],
  [
    clientStaysOnClient,
    [
      {
        bad: {
          'components/ui/a.tsx': "'use client'\nimport './b'",
          'components/ui/b.tsx': "import '@/lib/env'",
          'lib/env.ts': server,
        },
        says: /components\/ui\/a\.tsx: 'use client' reaches the server: .*server-only/,
        good: {
          'components/ui/a.tsx': "import './b'",
          'components/ui/b.tsx': "import '@/lib/env'",
          'lib/env.ts': server,
        },
      },
    ],
  ],
  [
    emulatorStandsAlone,
    [
      {
        bad: { 'e2e/emulator/main.ts': "import type { Mute } from '../../lib/mutes/schemas'" },
        says: /the emulator imports/,
        good: {
          'e2e/emulator/main.ts':
            "import { createEmulatorClock } from './clock'\nimport http from 'node:http'",
        },
      },
      {
        bad: { 'e2e/emulator/main.ts': "import { codes } from '@/lib/provider/tencent/codes'" },
        says: /the emulator imports/,
        good: { 'e2e/emulator/tencent/codes.ts': "import { log } from '../log'" },
      },
    ],
  ],
]
