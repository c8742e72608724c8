// Hosts of which nobody can say that an advisory does not concern them.
import { MAX_PACKAGES } from '@vigie/shared/protocol/limits'
import { expect, it } from 'vitest'
import { uncomparedHosts } from './uncompared-hosts.ts'

it('P5: are those without a list, and those whose list was cut', () => {
  const hosts = [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]
  const lists = [
    { hostId: 1, packages: MAX_PACKAGES - 1 },
    { hostId: 2, packages: MAX_PACKAGES },
    { hostId: 4, packages: 0 },
  ]
  expect(uncomparedHosts(hosts, lists)).toEqual([{ id: 2 }, { id: 3 }])
})
