import { describe, expect, it } from 'vitest'
import { MESSAGES } from './messages.test-support.ts'

type Tree = string | { readonly [key: string]: Tree }

function texts(tree: Tree, path = ''): [path: string, text: string][] {
  if (typeof tree === 'string') return [[path, tree]]
  return Object.entries(tree).flatMap(([key, each]) => texts(each, `${path}.${key}`))
}

/** The names of what a text has filled in. */
const blanks = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort()

describe('the French', () => {
  const french = texts(MESSAGES.fr)

  it('says all that the English says, with the same blanks', () => {
    const english = new Map(texts(MESSAGES.en))
    expect(french.map(([path]) => path).sort()).toEqual([...english.keys()].sort())
    for (const [path, text] of french) {
      // Which count a plural is for may change with the language; what else it names may not.
      const expected = blanks(english.get(path) ?? '')
      expect([path, ...blanks(text)]).toEqual([path, ...expected])
    }
  })

  it('has narrow no-break spaces before its signs, and curly apostrophes', () => {
    for (const [path, text] of french) {
      expect([path, text]).not.toEqual([path, expect.stringMatching(/[ \u00a0][;:!?»]|«[ \u00a0]/)])
      expect([path, text]).not.toEqual([path, expect.stringMatching(/[\d}][ \u00a0]?%/)])
      expect([path, text]).not.toEqual([path, expect.stringMatching(/[a-z]'[a-z]/i)])
    }
  })
})
