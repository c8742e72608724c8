// Owns the hub's own figures of what comes in.
import { Counter, Gauge, type Registry } from 'prom-client'

export function createIngestMetrics(registry: Registry) {
  const registers = [registry]
  return {
    connections: new Gauge({
      name: 'vigie_agent_connections',
      help: 'Agents that are connected and welcome',
      registers,
    }),
    handshakes: new Gauge({
      name: 'vigie_agent_handshakes',
      help: 'Connections of agents that are not welcome yet',
      registers,
    }),
    frames: new Counter({
      name: 'vigie_agent_frames_total',
      help: 'Frames that agents sent',
      labelNames: ['kind'],
      registers,
    }),
    bytes: new Counter({
      name: 'vigie_agent_bytes_total',
      help: 'Bytes in frames that agents sent',
      registers,
    }),
    ticks: new Counter({
      name: 'vigie_agent_ticks_total',
      help: 'Ticks taken from agents, resent ones among them',
      registers,
    }),
    values: new Counter({
      name: 'vigie_agent_values_total',
      help: 'Values in the ticks taken from agents',
      registers,
    }),
    overQuota: new Counter({
      name: 'vigie_agent_over_quota_total',
      help: 'Connections of agents that were closed because their host had sent too much, by what of',
      labelNames: ['what'],
      registers,
    }),
    closes: new Counter({
      name: 'vigie_agent_closes_total',
      help: 'Connections of agents that ended, by the name of the close code and the side that closed',
      labelNames: ['close', 'by'],
      registers,
    }),
  }
}

export type IngestMetrics = ReturnType<typeof createIngestMetrics>
