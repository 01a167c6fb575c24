import type { RuleCases } from './project'
import {
  actionsAreDefined,
  changesAreRecorded,
  environmentIsReadOnce,
  filesAreShort,
  maxLines,
  pagesRequireActor,
  partsOfVerbsStayInside,
  routesAreDefined,
  verbsCheckPermission,
} from './rules'

const verb = (body: string, params = 'context: Context, actor: Actor, input: Input') =>
  `export async function apply(${params}) {\n${body}\n}`
const check = "requirePermission(actor, 'mutes:apply')"

/** For each rule on what files hold: sources that it must complain about, each beside the nearest that it must let pass. */
export const ruleCases: RuleCases[] = [
  [
    verbsCheckPermission,
    [
      {
        bad: { 'lib/mutes/apply.ts': verb('await context.db.select()') },
        says: /apply must begin with requirePermission/,
        good: { 'lib/mutes/apply.ts': verb(`${check}\nawait context.db.select()`) },
      },
      {
        bad: { 'lib/mutes/apply.ts': verb(`const row = await context.db.select()\n${check}`) },
        says: /apply must begin with/,
        good: { 'lib/mutes/apply.ts': verb(`${check}\nconst row = await context.db.select()`) },
      },
      {
        bad: { 'lib/mutes/apply.ts': verb(`if (input.end) ${check}`) },
        says: /apply must begin with/,
        good: { 'lib/mutes/apply.ts': verb(`${check}\nif (input.end) ${check}`) },
      },
      {
        bad: { 'lib/audit/list.ts': 'export const list = async (db: Db, actor: Actor) => db.select()' },
        says: /list must begin with/,
        good: { 'lib/audit/list.ts': 'const list = async (db: Db, actor: Actor) => db.select()' },
      },
    ],
  ],
  [
    partsOfVerbsStayInside,
    [
      {
        bad: { 'app/page.tsx': "import { runCommand } from '@/lib/mutes/run'", 'lib/mutes/run.ts': '' },
        says: /app\/page\.tsx: only the verbs of its feature/,
        good: { 'lib/mutes/apply.ts': "import { runCommand } from './run'", 'lib/mutes/run.ts': '' },
      },
      {
        bad: { 'lib/mutes/actions.ts': "import { runCommand } from './run'", 'lib/mutes/run.ts': '' },
        says: /lib\/mutes\/actions\.ts: only the verbs/,
        good: { 'lib/mutes/actions.ts': "import { applyMute } from './apply'", 'lib/mutes/apply.ts': '' },
      },
    ],
  ],
  [
    changesAreRecorded,
    [
      {
        bad: { 'lib/mutes/a.ts': 'db.transaction(async (tx) => { await tx.update(mutes).set({}) })' },
        says: /lib\/mutes\/a\.ts:1: a transaction that changes state must call record/,
        good: {
          'lib/mutes/a.ts':
            'db.transaction(async (tx) => { await tx.update(mutes).set({}); await record(tx, {}) })',
        },
      },
      {
        bad: {
          'lib/auth/a.ts':
            'db.transaction((tx) => save(tx))\nasync function save(tx: Tx) { await tx.delete(rows) }',
        },
        says: /must call record/,
        good: {
          'lib/auth/a.ts':
            'db.transaction((tx) => load(tx))\nasync function load(tx: Tx) { await tx.select() }',
        },
      },
      {
        bad: { 'lib/mutes/a.ts': "import { save } from './b'\ndb.transaction((tx) => save(tx))" },
        says: /must call record/,
        good: { 'lib/db/a.ts': "import { save } from './b'\ndb.transaction((tx) => save(tx))" },
      },
    ],
  ],
  [
    actionsAreDefined,
    [
      {
        bad: { 'lib/mutes/actions.ts': "'use server'\nexport async function applyMuteAction() {}" },
        says: /applyMuteAction must be made by defineAction/,
        good: { 'lib/mutes/actions.ts': "'use server'\nexport const applyMuteAction = defineAction({})" },
      },
      {
        bad: { 'lib/mutes/actions.ts': "'use server'\nexport { applyMute } from './apply'" },
        says: /applyMute must be made by defineAction/,
        good: { 'lib/mutes/actions.ts': "'use server'\nexport type { Mute } from './apply'" },
      },
      {
        bad: { 'lib/mutes/actions.ts': 'export const applyMuteAction = defineAction({})' },
        says: /must begin with 'use server'/,
        good: { 'lib/mutes/actions.ts': "'use server'" },
      },
      {
        bad: { 'lib/mutes/apply.ts': "'use server'\nexport async function applyMute() {}" },
        says: /belongs in lib\/<feature>\/actions\.ts/,
        good: { 'lib/mutes/apply.ts': 'export async function applyMute() {}' },
      },
      {
        bad: { 'app/page.tsx': "export default function Page() { async function save() { 'use server' } }" },
        says: /'use server' stands at the top/,
        good: { 'app/page.tsx': 'export default function Page() { async function save() {} }' },
      },
    ],
  ],
  [
    routesAreDefined,
    [
      {
        bad: { 'app/api/mutes/route.ts': 'export async function GET() {}' },
        says: /GET must be made by defineRoute/,
        good: { 'app/api/mutes/route.ts': 'export const GET = defineRoute({})' },
      },
      {
        bad: { 'app/api/healthy/route.ts': 'export async function GET() {}' },
        says: /GET must be made by defineRoute/,
        good: { 'app/api/health/route.ts': 'export async function GET() {}' },
      },
      {
        bad: { 'app/api/v1/mutes/route.ts': 'export const GET = defineRoute({})' },
        says: /GET must be made by defineApi/,
        good: { 'app/api/v1/mutes/route.ts': 'export const GET = defineApi({})' },
      },
      {
        bad: { 'app/api/callbacks/tencent/route.ts': 'export async function POST() {}' },
        says: /POST must be made by defineCallback/,
        good: { 'app/api/callbacks/tencent/route.ts': 'export const POST = defineCallback({})' },
      },
      {
        bad: { 'app/api/mutes/route.ts': 'export const GET = defineApi({})' },
        says: /GET must be made by defineRoute/,
        good: { 'app/api/v1/openapi.json/route.ts': 'export function GET() {}' },
      },
    ],
  ],
  [
    pagesRequireActor,
    [
      {
        bad: { 'app/(console)/audit/page.tsx': 'export default async function Page() {}' },
        says: /must call requireActor/,
        good: {
          'app/(console)/audit/page.tsx': 'export default async function Page() { await requireActor() }',
        },
      },
    ],
  ],
  [
    environmentIsReadOnce,
    [
      {
        bad: { 'lib/log.ts': 'const level = process.env.LOG_LEVEL' },
        says: /process\.env \(LOG_LEVEL\)/,
        good: { 'lib/env.ts': 'const level = process.env.LOG_LEVEL' },
      },
      {
        bad: { 'lib/log.ts': 'const { LOG_LEVEL } = process.env' },
        says: /process\.env \(everything\)/,
        good: { 'lib/log.ts': '// process.env is read elsewhere\nconst stage = process.env.NODE_ENV' },
      },
      {
        bad: { 'lib/log.ts': "import { env } from 'node:process'" },
        says: /process\.env/,
        good: { 'lib/testing/log.ts': "import { env } from 'node:process'" },
      },
    ],
  ],
  [
    filesAreShort,
    [
      {
        bad: { 'lib/mutes/a.ts': `${'\n'.repeat(maxLines)}export {}` },
        says: /251 lines, at most 250/,
        good: { 'lib/mutes/a.ts': `${'\n'.repeat(maxLines - 1)}export {}\n` },
      },
    ],
  ],
]
