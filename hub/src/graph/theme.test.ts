import { readFileSync } from 'node:fs'
import { GRAPH_THEMES } from '@vigie/shared/api/graph'
import { describe, expect, it } from 'vitest'
import { THEME } from './theme.ts'

const TOKENS = readFileSync(
  new URL('../../../ui/src/lib/styles/tokens.css', import.meta.url),
  'utf8',
)

function token(name: string): { light: string | undefined; dark: string | undefined } {
  const [, light, dark] =
    new RegExp(`--${name}: light-dark\\(\\s*(#\\w+),\\s*(#\\w+)\\s*\\)`).exec(TOKENS) ?? []
  return { light, dark }
}

describe('the colours of pictures', () => {
  it.each(GRAPH_THEMES)('are those of the page in the %s theme', (name) => {
    const { data, ...plain } = THEME[name]
    const page = (tokenName: string) => token(tokenName)[name]
    expect(plain).toEqual({
      panel: page('panel'),
      text: page('text'),
      text2: page('text-2'),
      text3: page('text-3'),
      grid: page('grid'),
      axis: page('axis'),
      hatch: page('hatch'),
      warning: page('warning'),
      warningFill: page('warning-fill'),
    })
    for (const [number, colour] of Object.entries(data)) {
      expect([number, colour]).toEqual([number, page(`data-${number}`)])
    }
  })
})
