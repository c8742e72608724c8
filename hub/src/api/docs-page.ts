// Owns the page that shows the API to people: every operation, its parameters, and every kind of problem.
import { PROBLEMS } from '../http/problem.ts'

/** What the page reads of an OpenAPI document. */
export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly description?: string
    readonly schema?: { readonly description?: string }
  }[]
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema?: unknown }>>
  }
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> }>
  >
}

export const DOCS_STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem }
h2 { margin-top: 2.5rem; text-transform: capitalize }
article { border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); padding: .75rem 0 }
h3 { font-size: 1rem; margin: 0 }
h3 code { font-weight: 600 }
pre { overflow: auto; font-size: .8rem; padding: .75rem; background: color-mix(in srgb, currentColor 6%, transparent) }
dt { font-family: ui-monospace, monospace; font-size: .85rem }
dd { margin: 0 0 .4rem 1.5rem }
p, summary { opacity: .85 }
`

export function docsPage({ info, paths }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'other'))]
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => (operation.tags?.[0] ?? 'other') === tag)
    return `<section><h2>${escaped(tag)}</h2>${own.map(article).join('')}</section>`
  })
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(info.title)} API</title><style>${DOCS_STYLE}</style></head>
<body><h1>${escaped(info.title)} API <small>${escaped(info.version)}</small></h1>
<p>${escaped(info.description ?? '')} The same for programs: <a href="api/v1/openapi.json">openapi.json</a>.</p>
<main>${sections.join('')}${problemsSection()}</main></body></html>`
}

function article(entry: { path: string; method: string; operation: Operation }): string {
  const { path, method, operation } = entry
  const parameters = (operation.parameters ?? []).map((parameter) => {
    const where = `${parameter.in}${parameter.required ? ', needed' : ''}`
    const said = parameter.description ?? parameter.schema?.description ?? ''
    return `<dt>${escaped(parameter.name)} <small>${escaped(where)}</small></dt><dd>${escaped(said)}</dd>`
  })
  const isOpen = operation.security === undefined
  return `<article><h3><code>${escaped(method.toUpperCase())} ${escaped(path)}</code>${isOpen ? ' <small>open</small>' : ''}</h3>
<p>${escaped(operation.summary ?? '')}. ${escaped(operation.description ?? '')}</p>
<dl>${parameters.join('')}</dl>${schemas(operation)}</article>`
}

function schemas({ requestBody, responses = {} }: Operation): string {
  const bodies = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) =>
    details(`Body, ${type}`, schema),
  )
  const answers = Object.entries(responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content)
      .slice(0, 1)
      .map(([, { schema }]) => details(`Answer ${status}`, schema)),
  )
  return [...bodies, ...answers].join('')
}

function details(title: string, schema: unknown): string {
  const json = escaped(JSON.stringify(schema, null, 2))
  return `<details><summary>${escaped(title)}</summary><pre>${json}</pre></details>`
}

function problemsSection(): string {
  const entries = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      `<dt id="${code}">${code} <small>${status}</small></dt><dd>${escaped(title)}.</dd>`,
  )
  return `<section><h2>problems</h2><p>The type of a problem document ends in one of these.</p><dl>${entries.join('')}</dl></section>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char)
}
