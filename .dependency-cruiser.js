// The import arrows of docs/architecture.md: agent, hub and ui import shared and never each other; no cycles; an
// outside library that shapes a room is imported in that room only.
const only = (name, library, rooms) => ({
  name,
  severity: 'error',
  from: { path: '^(agent|hub|ui|shared)/src', pathNot: rooms },
  to: { path: `node_modules/${library}(/|$)` },
})

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      // Imports of types are gone at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-imports-nobody',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(agent|hub|ui)/' },
    },
    {
      name: 'shared-runs-in-a-browser',
      severity: 'error',
      from: { path: '^shared/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'packages-meet-in-shared',
      severity: 'error',
      from: { path: '^(agent|hub|ui)/src' },
      to: { path: '^(agent|hub|ui)/src', pathNot: '^$1/' },
    },
    {
      name: 'hub-rooms-meet-in-app',
      severity: 'error',
      from: {
        path: '^hub/src/(ingest|fleet|live|store|gaps|graph|alerts|mail|cert|api|auth|audit|web|tls|service|agent-download|status-pages)/',
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: '^hub/src/(ingest|fleet|live|store|gaps|graph|alerts|mail|cert|api|auth|audit|web|tls|service|agent-download|status-pages)/',
        pathNot: '^hub/src/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    only('sqlite-in-the-store', 'better-sqlite3', '^hub/src/store/'),
    only('echarts-in-pictures', '(echarts|zrender)', '^hub/src/graph/'),
    only('resvg-in-pictures', '@resvg', '^hub/src/graph/'),
    only('relays-in-mail', 'nodemailer', '^hub/src/mail/'),
    only('cron-where-times-come-again', 'croner', '^hub/src/((alerts|mail|cert)/|setting\\.ts$)'),
    only('playwright-in-the-cert-browser', 'playwright(-core)?', '^hub/src/cert/browser/'),
    only('openid-in-auth', 'openid-client', '^hub/src/auth/'),
    only('qr-codes-in-auth', 'uqr', '^hub/src/auth/'),
    only('xml-of-sources', 'saxes', '^(hub/src/cert/sources/|.*\\.test\\.ts$)'),
    only('systeminformation-in-one-probe', 'systeminformation', '^agent/src/(inventory|collect)/'),
    only('uplot-in-the-chart', 'uplot', '^ui/src/lib/chart/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    exclude: { path: '(\\.svelte-kit|/build/)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'svelte', 'types'],
    },
  },
}
