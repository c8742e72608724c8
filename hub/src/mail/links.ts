// Owns where a mail's buttons and names lead.
import type { ActionTokens } from './action-tokens.ts'
import type { MailLinks } from './ports.ts'

/** `hubUrl` is the address that people reach the hub at, to which paths are put. */
export function createMailLinks(hubUrl: () => string, tokens: ActionTokens): MailLinks {
  const at = (path: string): string => new URL(hubUrl() + path).href
  return {
    host: (id, range) =>
      at(range ? `/hosts/${id}?from=${range.fromMs}&to=${range.toMs}` : `/hosts/${id}`),
    incident: (id) => at(`/incidents?incident=${id}`),
    incidents: () => at('/incidents'),
    advisory: (reference) => at(`/cert/${encodeURIComponent(reference)}`),
    advisories: () => at('/cert'),
    // In the fragment, which browsers send to nobody; the page asks before it does anything.
    acknowledge: (incidentId, recipient) =>
      at(`/act#${tokens.write({ action: 'acknowledge', incidentId, recipient })}`),
    silence: (incidentId, recipient) =>
      at(`/act#${tokens.write({ action: 'silence', incidentId, recipient })}`),
    settings: () => at('/settings/mail'),
  }
}
