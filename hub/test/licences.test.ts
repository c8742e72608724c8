// What is installed to run Vigie, by its licence and by what it may run while it is installed (scripts/licences.mjs, which
// `npm run lint` asks about the lockfile): what nobody has agreed to is named, with what to do.
import { expect, it } from 'vitest'

interface Licences {
  readonly licencesOf: (lock: unknown) => { problems: string[]; document: string }
}

const script = new URL('../../scripts/licences.mjs', import.meta.url).href
const { licencesOf } = (await import(script)) as Licences

function problemsOf(entry: Record<string, unknown>, path = 'node_modules/some'): string[] {
  return licencesOf({ packages: { '': {}, [path]: { version: '1.0.0', ...entry } } }).problems
}

it.each([
  [{ license: 'MIT' }, null],
  [{ license: '(MIT OR GPL-3.0-only)' }, null],
  [{ license: 'MIT AND ISC' }, null],
  [{ license: 'GPL-3.0-only', dev: true }, null],
  [{ license: 'GPL-3.0-only' }, 'some 1.0.0 has the licence "GPL-3.0-only"'],
  [{ license: 'MIT AND GPL-3.0-only' }, 'has the licence'],
  [{ license: 'SEE LICENSE IN LICENSE' }, 'has the licence'],
  [{}, 'has the licence "none"'],
  [{ license: 'MIT', hasInstallScript: true }, 'some 1.0.0 runs a script while it is installed'],
  [{ license: 'MIT', hasInstallScript: true, dev: true }, 'runs a script'],
])('%j: %s', (entry, problem) => {
  for (const path of ['node_modules/some', 'hub/node_modules/other/node_modules/some']) {
    const problems = problemsOf(entry, path)
    if (problem === null) expect(problems).toEqual([])
    else expect(problems.join()).toContain(problem)
  }
})

it('the document names each package once, in order', () => {
  const { document } = licencesOf({
    packages: {
      'node_modules/b': { version: '2.0.0', license: 'ISC' },
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/c/node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/d': { version: '1.0.0', license: 'MIT', dev: true },
    },
  })
  expect(document.match(/^\| [abd] .*$/gm)).toEqual(['| a | 1.0.0 | MIT |', '| b | 2.0.0 | ISC |'])
})
