// The real agent's process and what it says of packages on the wire.
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BIN, place, SLOW_MACHINE_MS, startHub, startProgram } from './agent-process.ts'
import { machineOf } from './machine-tree.ts'

const HASTY_AGENT = join(import.meta.dirname, 'hasty-agent.ts')
const paragraph = (name: string, version: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: a-source\nVersion: ${version}\nMaintainer: A Team <team@debian.invalid>\n\n`
const status = (version: string) =>
  Array.from({ length: 1500 }, (_, index) =>
    paragraph(`package-${index}`, index === 700 ? version : '1.0-1'),
  ).join('')

it(
  'P1, P3: of 1,500 packages a new version of one is told in half a kilobyte',
  { timeout: SLOW_MACHINE_MS },
  async () => {
    const hub = await startHub()
    const directory = await place()
    await startProgram(directory, [BIN, 'join', hub.address, hub.token], {}).exit
    const root = await machineOf({
      proc: { link: '/proc' },
      sys: { link: '/sys' },
      'var/lib/dpkg/status': status('1.0-1'),
    })
    startProgram(directory, [HASTY_AGENT, root], { VIGIE_LOG_LEVEL: 'error' })
    const whole = () => hub.ofType('packages').filter(({ isLast }) => isLast)
    await hub.until(() => whole().length === 1)
    const messages = hub.ofType('packages')
    expect(messages.flatMap(({ put }) => put)).toHaveLength(1500)

    const path = `${root}var/lib/dpkg/status`
    await writeFile(`${path}-new`, status('1.0-2'))
    await rename(`${path}-new`, path)
    await hub.until(() => whole().length === 2)
    expect(hub.ofType('packages')).toHaveLength(messages.length + 1)
    const change = hub.ofType('packages').at(-1)
    expect(change).toMatchObject({ put: [{ version: '1.0-2' }], removed: [{ version: '1.0-1' }] })
    expect(Buffer.byteLength(JSON.stringify(change))).toBeLessThan(512)

    // It looks five times a second; nothing that has not changed is told by any of them.
    const { length } = hub.frames
    await hub.until(() => hub.frames.length > length + 3)
    expect(whole()).toHaveLength(2)
  },
)
