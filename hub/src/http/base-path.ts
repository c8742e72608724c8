// Owns the path that the hub lives under behind a proxy, such as `/vigie` of https://example.org/vigie/.

/** Names at the root that are the hub's own: under one of them it could not tell a path with its prefix from one without. */
const OWN_NAMES = ['_app', 'agent', 'api', 'docs', 'healthz', 'live', 'metrics', 'status']

/** '' for the root, else without a slash at its end. Undefined for a path that the hub cannot live under. */
export function basePathOf(publicUrl: URL | undefined): string | undefined {
  let path = publicUrl?.pathname ?? '/'
  while (path.endsWith('/')) path = path.slice(0, -1)
  if (path === '') return ''
  // It stands in a page, a cookie and a shell's line.
  if (!/^(\/[A-Za-z0-9][A-Za-z0-9._~-]*)+$/.test(path)) return undefined
  return OWN_NAMES.includes(path.split('/')[1] ?? '') ? undefined : path
}

/** The address of a path, as the hub knows it, at a hub that may live under one. */
export function addressAt(hubUrl: URL, path: string): URL {
  return new URL(hubUrl.origin + (basePathOf(hubUrl) ?? '') + path)
}

/** For Fastify's `rewriteUrl`: proxies pass the path as it came; one that has taken the prefix off is served as well. */
export function withoutBase(url: string, basePath: string): string {
  if (basePath === '' || !url.startsWith(basePath)) return url
  const rest = url.slice(basePath.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : url
}
