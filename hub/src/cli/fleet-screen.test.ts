import type { HostSummary } from '@vigie/shared/api/host'
import { describe, expect, it } from 'vitest'
import { FleetScreen } from './fleet-screen.ts'

const NOW_MS = 1_795_400_000_000

function host(id: number, change: Partial<HostSummary> = {}): HostSummary {
  return {
    id,
    name: `web-${id}`,
    status: 'up',
    statusReason: 'reporting',
    statusSinceMs: NOW_MS,
    lastSeenMs: NOW_MS,
    intervalMs: 1000,
    agentVersion: '0.1.0',
    system: null,
    tags: [],
    duplicate: null,
    figures: {
      timeMs: NOW_MS,
      cpuRatio: 0.5,
      memoryRatio: 0.25,
      fullestFilesystem: { mountpoint: '/var/lib/machines/data', usedRatio: 0.95 },
      receiveBytesPerS: 123_456,
      transmitBytesPerS: 1000,
      loadPerCore: 0,
      temperatureCel: null,
    },
    ...change,
  }
}

function screen(width: number, locale: 'en' | 'fr' = 'en'): string[] {
  const fleet = new FleetScreen(locale)
  const gone = { status: 'down', statusReason: 'silent', lastSeenMs: NOW_MS - 86_400_000 } as const
  fleet.onHosts([host(1), host(2, gone), host(3, { name: 'a'.repeat(64) })])
  return fleet.lines(width, NOW_MS).map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .replaceAll('\u00a0', ' '),
  )
}

describe('the fleet on a terminal', () => {
  it.each([40, 60, 80, 100, 120, 200])('fits in %i columns', (width) => {
    for (const locale of ['en', 'fr'] as const) {
      for (const line of screen(width, locale))
        expect(Array.from(line).length).toBeLessThanOrEqual(width)
    }
  })

  it('keeps what matters most where there is little room, and nothing is half there', () => {
    expect(screen(40)[0]?.trim()).toMatch(/^STATUS +NAME +CPU$/)
    expect(screen(200)[0]?.trim()).toMatch(
      /^STATUS +NAME +CPU +MEMORY +FULLEST DISK +RECEIVED +SENT$/,
    )
    expect(screen(200)[1]).toMatch(/^■ down 1 d .*95 % .*data +123 kB\/s +1\.0 kB\/s$/)
    expect(screen(200, 'fr')[2]).toContain('● en bonne santé')
  })
})
