import { afterEach, describe, expect, it } from 'vitest'
import { copyMachine } from '../../../fixtures/copy-machine.ts'
import { parseUnits } from './failed-units.ts'
import { readUsers, recordsUsers } from './users.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

function fixture() {
  const machine = copyMachine()
  closing.push(() => machine.remove(''))
  return machine
}

// The structures of man 5 utmp, the second with a time of 64 bits.
const LAYOUTS = {
  x64: { recordBytes: 384, timeAt: 340 },
  arm64: { recordBytes: 400, timeAt: 344 },
} as const
type Architecture = keyof typeof LAYOUTS

function record(of: Architecture, type: number, pid: number, user: string, host = ''): Buffer {
  const { recordBytes, timeAt } = LAYOUTS[of]
  const bytes = Buffer.alloc(recordBytes)
  bytes.writeInt16LE(type, 0)
  bytes.writeInt32LE(pid, 4)
  bytes.write('pts/0', 8)
  bytes.write(user, 44)
  bytes.write(host, 76)
  bytes.writeUInt32LE(1_700_000_000, timeAt)
  return bytes
}

describe('logged-in users', () => {
  it.each<Architecture>(['x64', 'arm64'])(
    'are read from utmp as %s has it, without those whose process is gone',
    async (of) => {
      const machine = fixture()
      const records = [
        record(of, 2, 0, 'reboot'),
        record(of, 7, 4321, 'ada', '192.0.2.7'),
        record(of, 7, 99, 'gone'),
      ]
      machine.write('run/utmp', Buffer.concat(records))
      expect(await readUsers(machine.root, of)).toEqual([
        { name: 'ada', terminal: 'pts/0', from: '192.0.2.7', sinceMs: 1_700_000_000_000 },
      ])
    },
  )

  it('are read from the sessions of systemd where there is no utmp', async () => {
    const machine = fixture()
    machine.write('run/systemd/system/.keep', '')
    machine.write(
      'run/systemd/sessions/1',
      'USER=ada\nCLASS=user\nSTATE=active\nTTY=tty1\nREALTIME=1700000000000001\n',
    )
    machine.write('run/systemd/sessions/2', 'USER=gdm\nCLASS=greeter\nSTATE=active\n')
    expect(await readUsers(machine.root)).toEqual([
      { name: 'ada', terminal: 'tty1', sinceMs: 1_700_000_000_000 },
    ])
  })

  it('are unknown, not none, where nobody keeps a record', async () => {
    const machine = fixture()
    expect(recordsUsers(machine.root)).toBe(false)
    expect(await readUsers(machine.root)).toBeUndefined()
  })
})

describe('failed units', () => {
  it('are the first field of each line', () => {
    const listed =
      'nginx.service loaded failed failed A web server\nbackup.timer  not-found failed failed x\n'
    expect(parseUnits(listed)).toEqual(['backup.timer', 'nginx.service'])
    expect(parseUnits('')).toEqual([])
  })
})
