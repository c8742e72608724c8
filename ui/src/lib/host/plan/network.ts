// Owns the charts of one network interface, in above and out below, and of the machine's sockets.
import type { ChartPlan } from '../../chart/chart-plan.ts'
import { chooseAmong } from './busiest.ts'
import type { ChartGroup, Machine, Say } from './host-plan.ts'
import { linesOf } from './chart-lines.ts'

const NIC = 'network.interface.name'
const DIRECTION = 'network.io.direction'

export function planNetwork(machine: Machine, say: Say): ChartGroup {
  const group = { id: 'network', title: say('group.network'), note: '' } as const
  const choice = chooseAmong(machine, {
    group: 'network',
    metric: 'system.network.io',
    attribute: NIC,
    label: say('choose.interface'),
    last: 'lo',
  })
  if (!choice) return { ...group, charts: [sockets(machine, say)] }
  const charts = [
    inAndOut(machine, say, { id: 'network-io', metric: 'system.network.io', unit: 'By/s' }),
    inAndOut(machine, say, {
      id: 'network-packets',
      metric: 'system.network.packet.count',
      unit: '{packet}/s',
    }),
    trouble(machine, say),
    () => sockets(machine, say),
  ].map((chartOf) => chartOf(choice.chosen))
  return choice.options.length > 1
    ? { ...group, charts, choice }
    : { ...group, note: choice.chosen, charts }
}

type Subject = { id: string; metric: string; unit: ChartPlan['unit'] }

function inAndOut({ series }: Machine, say: Say, { id, metric, unit }: Subject) {
  return (nic: string): ChartPlan => {
    const line = (direction: string) => ({
      metric,
      attributes: { [NIC]: nic, [DIRECTION]: direction },
      label: say(`network.${direction}`),
    })
    return {
      id,
      title: say(`chart.${id}`),
      note: say('chart.inAboveOutBelow'),
      unit,
      shape: 'lines',
      series: linesOf(series, [
        { ...line('receive'), colour: 'data-1' },
        { ...line('transmit'), colour: 'data-2', below: true },
      ]),
    }
  }
}

function trouble({ series }: Machine, say: Say) {
  return (nic: string): ChartPlan => {
    const line = (what: 'errors' | 'dropped', direction: string) => ({
      metric: what === 'errors' ? 'system.network.errors' : 'system.network.packet.dropped',
      attributes: { [NIC]: nic, [DIRECTION]: direction },
      label: say(`trouble.${what}-${direction}`),
    })
    return {
      id: 'network-trouble',
      title: say('chart.networkTrouble'),
      note: say('perSecond'),
      unit: '{packet}/s',
      shape: 'lines',
      series: linesOf(series, [
        { ...line('errors', 'receive'), colour: 'data-6' },
        { ...line('errors', 'transmit'), colour: 'data-6', dashed: true },
        { ...line('dropped', 'receive'), colour: 'data-4' },
        { ...line('dropped', 'transmit'), colour: 'data-4', dashed: true },
        {
          metric: 'system.network.tcp.retransmits',
          label: say('trouble.retransmits'),
          colour: 'data-5',
        },
      ]),
    }
  }
}

function sockets({ series }: Machine, say: Say): ChartPlan {
  const line = (transport: string, state: string) => ({
    metric: 'system.network.connection.count',
    attributes: { 'network.connection.state': state, 'network.transport': transport },
    label: say(`sockets.${transport}-${state}`),
  })
  return {
    id: 'network-sockets',
    title: say('chart.sockets'),
    note: say('chart.socketsNote'),
    unit: '{connection}',
    shape: 'lines',
    series: linesOf(series, [
      { ...line('tcp', 'in_use'), colour: 'data-1' },
      { ...line('tcp', 'time_wait'), colour: 'data-5' },
      { ...line('udp', 'in_use'), colour: 'data-3' },
    ]),
  }
}
