// Owns robots.txt (RFC 9309): whether its rules let Vigie read a path. The group of our own name counts, else that of everybody;
// the longest rule that fits decides, and an allowing one of the same length wins. `*` and `$` are known.

export interface RobotsRules {
  isAllowed(path: string): boolean
}

interface Rule {
  readonly isAllowing: boolean
  readonly pattern: string
}

const MAX_LINES = 5_000
const MAX_PATTERN_LENGTH = 500

export const EVERYTHING_ALLOWED: RobotsRules = { isAllowed: () => true }

export function robotsRulesOf(text: string, agent: string): RobotsRules {
  const groups = groupsOf(text)
  const own = groups.filter(({ agents }) => agents.includes(agent.toLowerCase()))
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'))
  const rules = chosen.flatMap(({ rules }) => rules)
  return {
    isAllowed(path) {
      const fitting = rules.filter(({ pattern }) => fits(pattern, path))
      const longest = Math.max(0, ...fitting.map(({ pattern }) => pattern.length))
      const deciding = fitting.filter(({ pattern }) => pattern.length === longest)
      return deciding.length === 0 || deciding.some(({ isAllowing }) => isAllowing)
    },
  }
}

function groupsOf(text: string): { agents: string[]; rules: Rule[] }[] {
  const groups: { agents: string[]; rules: Rule[] }[] = []
  let isNaming = false
  for (const line of text.split(/\r\n?|\n/, MAX_LINES)) {
    const [field = '', ...rest] = (line.split('#')[0] ?? '').split(':')
    const key = field.trim().toLowerCase()
    const value = rest.join(':').trim().slice(0, MAX_PATTERN_LENGTH)
    if (key === 'user-agent') {
      if (!isNaming) groups.push({ agents: [], rules: [] })
      groups.at(-1)?.agents.push(value.toLowerCase())
      isNaming = true
    } else if (key === 'allow' || key === 'disallow') {
      isNaming = false
      if (value !== '') groups.at(-1)?.rules.push({ isAllowing: key === 'allow', pattern: value })
    }
  }
  return groups
}

function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const [first = '', ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const [i, part] of parts.entries()) {
    // The last part of a pattern that ends with `$` is looked for from the end.
    const isLast = isWhole && i === parts.length - 1
    const found = isLast ? path.lastIndexOf(part) : path.indexOf(part, at)
    if (found < at) return false
    at = found + part.length
  }
  return !isWhole || at === path.length
}
