// Owns the option that names the hub, the same for every command that has it.

export const HUB_OPTION = [
  '--hub <url>',
  'the hub to ask (VIGIE_HUB; with VIGIE_TOKEN), else the data directory on this machine',
] as const
