// Owns the hub's own figures of alerts.
import { Counter, Gauge, type Registry } from 'prom-client'

export function createAlertMetrics(registry: Registry) {
  const registers = [registry]
  return {
    open: new Gauge({
      name: 'vigie_incidents_open',
      help: 'Incidents that are firing, acknowledged ones among them',
      labelNames: ['severity'],
      registers,
    }),
    transitions: new Counter({
      name: 'vigie_incident_transitions_total',
      help: 'Incidents that became pending, fired, resolved, or were pending and came to nothing',
      labelNames: ['to'],
      registers,
    }),
    evaluation: new Counter({
      name: 'vigie_alert_evaluation_seconds_total',
      help: 'Time spent on judging ticks by the rules',
      registers,
    }),
  }
}

export type AlertMetrics = ReturnType<typeof createAlertMetrics>
