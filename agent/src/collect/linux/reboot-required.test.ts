import { afterEach, describe, expect, it } from 'vitest'
import { copyMachine } from '../../../fixtures/copy-machine.ts'
import { rebootSearch } from './reboot-required.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

const RUNNING = 'lib/modules/6.12.0-1/modules.builtin'
const NEWER = 'lib/modules/6.12.0-2/modules.builtin'
/** Files of this test are older than this boot. */
const BOOTED_LATER = 'btime 4000000000'

function fixture(booted = 'btime 1700000000') {
  const machine = copyMachine()
  closing.push(() => machine.remove(''))
  machine.replace('proc/stat', 'btime 1700000000', booted)
  const look = async () => {
    const { keys, values } = await rebootSearch(machine.root)()
    return Object.fromEntries(keys.map((key, index) => [key, values[index]]))
  }
  return { machine, look }
}

const required = (value: 0 | 1) => ({ 'system.linux.reboot_required': value })

describe('a machine', () => {
  it('waits for a reboot when a kernel came since it booted, whether or not it took the place of what runs', async () => {
    const { machine, look } = fixture()
    machine.write(NEWER, '')
    expect(await look()).toEqual(required(1))
  })

  it('waits for none when its kernels were there as it booted', async () => {
    const { machine, look } = fixture(BOOTED_LATER)
    machine.write(RUNNING, '')
    machine.write(NEWER, '')
    expect(await look()).toEqual(required(0))
  })

  it.each(['run/reboot-required', 'var/run/reboot-required', 'run/reboot-needed'])(
    'waits for a reboot when its distribution says so in /%s, and no longer when that is gone',
    async (flag) => {
      const { machine, look } = fixture(BOOTED_LATER)
      machine.write(RUNNING, '')
      expect(await look()).toEqual(required(0))
      machine.write(flag, '*** System restart required ***\n')
      expect(await look()).toEqual(required(1))
      machine.remove(flag)
      expect(await look()).toEqual(required(0))
    },
  )

  it('without anything to tell it by says nothing', async () => {
    const { machine, look } = fixture()
    expect(await look()).toEqual({})
    machine.write('lib/modules/6.12.0-2/build', 'headers are no kernel')
    expect(await look()).toEqual({})
  })

  it.each(['.dockerenv', 'run/.containerenv', 'run/systemd/container'])(
    'that is a container, with its /%s, says nothing of its host’s kernel',
    async (mark) => {
      const { machine, look } = fixture()
      machine.write(NEWER, '')
      machine.write('run/reboot-required', '')
      machine.write(mark, '')
      expect(await look()).toEqual({})
    },
  )
})

it('a kernel that cannot be looked at is no kernel that is not there', async () => {
  const { machine, look } = fixture()
  machine.write(RUNNING, '')
  machine.replace('proc/stat', 'btime', 'time')
  await expect(look()).rejects.toThrow('/proc/stat has no btime')
})
