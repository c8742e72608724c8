// Owns which sections the settings have, in their order.

export const SETTINGS = [
  { route: '/settings/hub', title: 'hub:title' },
  { route: '/settings/rules', title: 'rules:title' },
  { route: '/settings/mail', title: 'mail:title' },
  { route: '/settings/silences', title: 'silences:title' },
  { route: '/settings/people', title: 'people:title' },
  { route: '/settings/tokens', title: 'tokens:title' },
  { route: '/settings/status-pages', title: 'statusPages:title' },
  { route: '/settings/audit', title: 'audit:title' },
  { route: '/settings/account', title: 'account:title' },
] as const
