import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { layerCases } from './boundaries/layer-cases'
import { projectOf, readProject } from './boundaries/project'
import { ruleCases } from './boundaries/rule-cases'

const root = path.resolve(import.meta.dirname, '../..')
const project = readProject(root, sourceFiles())

function sourceFiles(): string[] {
  const inFolders = ['app', 'components', 'e2e', 'lib']
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file}`,
      ),
    )
  return [...readdirSync(root), ...inFolders]
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file) && file !== 'next-env.d.ts')
}

it('reads the whole repository', () => {
  expect(project.has('lib/env.ts')).toBe(true)
  expect(project.has('lib/testing/boundaries.test.ts')).toBe(true)
})

describe.each([...layerCases, ...ruleCases].map(([rule, cases]) => ({ name: rule.name, rule, cases })))(
  '$name',
  ({ rule, cases }) => {
    it('holds everywhere', () => {
      expect(rule(project)).toEqual([])
    })

    it.each(cases)('says $says', ({ bad, says, good }) => {
      expect(rule(projectOf(bad)).join('\n')).toMatch(says)
      expect(rule(projectOf(good))).toEqual([])
    })
  },
)
