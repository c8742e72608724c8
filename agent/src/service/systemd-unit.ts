// Owns the agent's systemd unit: what of the machine the service can do, which is little (docs/decisions/0011-daemon.md).

/** `OpenFile=` came with systemd 253: before it, READY and the watchdog are told by the program systemd-notify. */
export const OPEN_FILE_SINCE = 253

export interface UnitOptions {
  readonly executable: string
  /** That of systemd. */
  readonly version: number
}

/** The text of vigie-agent.service. */
export function systemdUnit({ executable, version }: UnitOptions): string {
  const notifying =
    version >= OPEN_FILE_SINCE
      ? ['NotifyAccess=main', 'OpenFile=/run/systemd/notify:notify']
      : ['NotifyAccess=all']
  return `${[
    '# Written by vigie-agent install, which writes it anew. Yours: systemctl edit vigie-agent',
    '[Unit]',
    'Description=Vigie agent: samples this machine and pushes to its hub',
    'After=network.target time-sync.target',
    '',
    '[Service]',
    'Type=notify',
    ...notifying,
    `ExecStart=${executable} run`,
    'Environment=VIGIE_AGENT_DATA=/var/lib/vigie-agent',
    'EnvironmentFile=-/etc/vigie-agent.env',
    'WatchdogSec=2min',
    'Restart=always',
    'RestartSec=5s',
    '# What is set wrongly stays wrong until somebody sets it right.',
    'RestartPreventExitStatus=2',
    'TimeoutStopSec=20s',
    'StateDirectory=vigie-agent',
    'StateDirectoryMode=0700',
    'RuntimeDirectory=vigie-agent',
    'UMask=0077',
    'TasksMax=64',
    '# The agent keeps to VIGIE_AGENT_MAX_MEMORY by itself; this is for when it does not, and counts what it starts, too.',
    'MemoryMax=1G',
    '',
    ...CONFINEMENT,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ].join('\n')}\n`
}

const CONFINEMENT = [
  '# A user who may do nothing that not everybody may.',
  'User=vigie-agent',
  'CapabilityBoundingSet=',
  'AmbientCapabilities=',
  'NoNewPrivileges=yes',
  'ProtectSystem=strict',
  'ProtectHome=read-only',
  'PrivateTmp=yes',
  'PrivateMounts=yes',
  'PrivateDevices=yes',
  'DevicePolicy=closed',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'RemoveIPC=yes',
  'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'KeyringMode=private',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallFilter=~@privileged @resources',
  'SystemCallErrorNumber=EPERM',
]
