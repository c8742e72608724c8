// Owns the vocabulary of what is measured. One table; agent, hub, CLI, mail and page read it and nobody repeats it.
// Names and attributes follow OpenTelemetry's system and hardware semantic conventions where they have one
// (https://opentelemetry.io/docs/specs/semconv/system/), units are UCUM (https://ucum.org/ucum).

/** UCUM units in use. `1` is a ratio, shown as a percentage; annotations in braces count things. */
export type Unit =
  '1' | 'By' | 'By/s' | 'bit/s' | 's' | 'Cel' | 'bit' | `{${string}}` | `{${string}}/s`

/** Where the dashboard draws a metric unless told otherwise. */
export type ChartGroup =
  'cpu' | 'memory' | 'pressure' | 'disk' | 'filesystem' | 'network' | 'sensors' | 'system' | 'agent'

export interface Metric {
  readonly name: string
  readonly unit: Unit
  /** The precision that is kept, in `unit`: a stored integer times `step` is the value. */
  readonly step: number
  readonly attributes: readonly string[]
  readonly label: { readonly en: string; readonly fr: string }
  /** Which way is better for the machine; `none` where neither is. */
  readonly better: 'lower' | 'higher' | 'none'
  readonly group: ChartGroup
}

const RATIO = 1e-4
const KIB = 1024

const direction = { disk: 'disk.io.direction', network: 'network.io.direction' } as const
const device = 'system.device'
const mount = 'system.filesystem.mountpoint'
const nic = 'network.interface.name'

type Row = [
  name: string,
  unit: Unit,
  step: number,
  better: Metric['better'],
  group: ChartGroup,
  en: string,
  fr: string,
  attributes?: string[],
]

// prettier-ignore
const rows: Row[] = [
  ['system.cpu.utilization', '1', RATIO, 'lower', 'cpu', 'CPU', 'Processeur', ['cpu.logical_number', 'cpu.mode']],
  ['system.cpu.load_average.1m', '{run_queue_item}', 0.01, 'lower', 'cpu', 'Load, 1 min', 'Charge, 1 min'],
  ['system.cpu.load_average.5m', '{run_queue_item}', 0.01, 'lower', 'cpu', 'Load, 5 min', 'Charge, 5 min'],
  ['system.cpu.load_average.15m', '{run_queue_item}', 0.01, 'lower', 'cpu', 'Load, 15 min', 'Charge, 15 min'],
  ['system.cpu.context_switches', '{switch}/s', 1, 'none', 'system', 'Context switches', 'Changements de contexte'],
  ['system.cpu.interrupts', '{interrupt}/s', 1, 'none', 'system', 'Interrupts', 'Interruptions'],
  ['system.process.created', '{process}/s', 1, 'none', 'system', 'Processes created', 'Processus créés'],
  ['system.process.count', '{process}', 1, 'none', 'system', 'Processes', 'Processus', ['process.state']],

  ['system.memory.limit', 'By', KIB, 'none', 'memory', 'Memory installed', 'Mémoire installée'],
  ['system.memory.usage', 'By', KIB, 'none', 'memory', 'Memory', 'Mémoire', ['system.memory.state']],
  ['system.linux.memory.available', 'By', KIB, 'higher', 'memory', 'Memory available', 'Mémoire disponible'],
  ['system.linux.memory.slab.usage', 'By', KIB, 'none', 'memory', 'Kernel slab', 'Slab du noyau'],
  ['system.linux.memory.dirty', 'By', KIB, 'none', 'memory', 'Dirty pages', 'Pages à écrire'],
  ['system.linux.memory.zfs_arc', 'By', KIB, 'none', 'memory', 'ZFS ARC', 'ARC de ZFS'],
  ['system.paging.usage', 'By', KIB, 'lower', 'memory', 'Swap', 'Espace d’échange', ['system.paging.state']],
  ['system.paging.operations', '{page}/s', 1, 'lower', 'memory', 'Swap activity', 'Activité d’échange', ['system.paging.direction']],
  ['system.paging.faults', '{fault}/s', 1, 'lower', 'memory', 'Page faults', 'Défauts de page', ['system.paging.fault.type']],
  ['system.linux.oom_kills', '{kill}/s', 0.01, 'lower', 'memory', 'Out-of-memory kills', 'Processus tués faute de mémoire'],

  ['system.linux.pressure.stall', '1', RATIO, 'lower', 'pressure', 'Pressure', 'Pression', ['system.linux.pressure.resource', 'system.linux.pressure.type']],

  ['system.disk.io', 'By/s', 1, 'none', 'disk', 'Disk throughput', 'Débit disque', [direction.disk, device]],
  ['system.disk.operations', '{operation}/s', 1, 'none', 'disk', 'Disk operations', 'Opérations disque', [direction.disk, device]],
  ['system.disk.utilization', '1', RATIO, 'lower', 'disk', 'Disk busy', 'Disque occupé', [device]],
  ['system.disk.await', 's', 1e-5, 'lower', 'disk', 'Disk await', 'Attente disque', [direction.disk, device]],
  ['system.disk.queue', '{operation}', 0.01, 'lower', 'disk', 'Disk queue', 'File du disque', [device]],

  ['system.filesystem.usage', 'By', KIB, 'none', 'filesystem', 'Filesystem', 'Système de fichiers', [mount, 'system.filesystem.state']],
  ['system.filesystem.inodes', '{inode}', 1, 'none', 'filesystem', 'Inodes', 'Inodes', [mount, 'system.filesystem.state']],
  ['system.filesystem.read_only', '{bool}', 1, 'lower', 'filesystem', 'Read-only', 'Lecture seule', [mount]],

  ['system.network.io', 'By/s', 1, 'none', 'network', 'Network throughput', 'Débit réseau', [nic, direction.network]],
  ['system.network.packet.count', '{packet}/s', 1, 'none', 'network', 'Packets', 'Paquets', [nic, direction.network]],
  ['system.network.errors', '{error}/s', 0.01, 'lower', 'network', 'Network errors', 'Erreurs réseau', [nic, direction.network]],
  ['system.network.packet.dropped', '{packet}/s', 0.01, 'lower', 'network', 'Packets dropped', 'Paquets rejetés', [nic, direction.network]],
  ['system.network.speed', 'bit/s', 1e6, 'none', 'network', 'Link speed', 'Vitesse du lien', [nic]],
  ['system.network.up', '{bool}', 1, 'higher', 'network', 'Link up', 'Lien actif', [nic]],
  ['system.network.connection.count', '{connection}', 1, 'none', 'network', 'Sockets', 'Sockets', ['network.connection.state', 'network.transport']],
  ['system.network.tcp.retransmits', '{segment}/s', 0.01, 'lower', 'network', 'TCP retransmits', 'Retransmissions TCP'],

  ['hw.temperature', 'Cel', 0.1, 'lower', 'sensors', 'Temperature', 'Température', ['hw.name', 'hw.sensor_location']],
  ['hw.fan.speed', '{revolution}/s', 0.1, 'none', 'sensors', 'Fan speed', 'Vitesse du ventilateur', ['hw.name', 'hw.sensor_location']],

  ['system.linux.file_descriptors', '{file_descriptor}', 1, 'lower', 'system', 'File descriptors', 'Descripteurs de fichiers', ['system.linux.file_descriptors.state']],
  ['system.linux.entropy', 'bit', 1, 'higher', 'system', 'Entropy', 'Entropie'],
  ['system.uptime', 's', 1, 'none', 'system', 'Uptime', 'Durée de fonctionnement'],
  ['system.users', '{user}', 1, 'none', 'system', 'Logged-in users', 'Utilisateurs connectés'],
  ['systemd.units', '{unit}', 1, 'none', 'system', 'systemd units', 'Unités systemd', ['systemd.unit.state']],
  ['system.linux.reboot_required', '{bool}', 1, 'lower', 'system', 'Reboot required', 'Redémarrage requis'],

  ['vigie.clock.offset', 's', 1e-3, 'none', 'agent', 'Clock offset', 'Décalage d’horloge'],
  ['vigie.agent.cpu.utilization', '1', RATIO, 'lower', 'agent', 'Agent CPU', 'Processeur de l’agent'],
  ['vigie.agent.memory.usage', 'By', KIB, 'lower', 'agent', 'Agent memory', 'Mémoire de l’agent'],
  ['vigie.agent.collect.duration', 's', 1e-5, 'lower', 'agent', 'Time spent collecting', 'Temps de collecte'],
  ['vigie.agent.slowdown', '{level}', 1, 'lower', 'agent', 'Agent slowed down', 'Ralentissement de l’agent'],
]

/** Every metric that Vigie knows, in the order a person reads them. */
export const METRICS: readonly Metric[] = rows.map(
  ([name, unit, step, better, group, en, fr, attributes = []]) => ({
    name,
    unit,
    step,
    attributes,
    label: { en, fr },
    better,
    group,
  }),
)

const byName = new Map(METRICS.map((metric) => [metric.name, metric]))

/** The entry of a metric; one that is not in the table is custom: unitless, kept to a thousandth. */
export function findMetric(name: string): Metric {
  return byName.get(name) ?? custom(name)
}

/** Whether the table has a metric of this name. */
export function isListed(name: string): boolean {
  return byName.has(name)
}

function custom(name: string): Metric {
  return {
    name,
    unit: '{value}',
    step: 1e-3,
    attributes: [],
    label: { en: name, fr: name },
    better: 'none',
    group: 'system',
  }
}

/** Rounds a value in the metric’s unit to the nearest whole step; NaN when it cannot be held. */
export function toSteps(metric: Metric, value: number): number {
  const steps = Math.round(value / metric.step)
  return Number.isSafeInteger(steps) ? steps : NaN
}

/** The value in the metric's unit that a number of steps stands for, without the noise of binary fractions. */
export function fromSteps(metric: Metric, steps: number): number {
  return metric.step < 1 ? steps / Math.round(1 / metric.step) : steps * metric.step
}
