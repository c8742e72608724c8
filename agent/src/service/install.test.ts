// What installing writes and removes, on trees of files beside this machine's own; the programs of service managers, which
// are not here, are asked for and answer that it is done. A systemd that has booted is in test/systemd-soak.test.ts.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { writeIdentity } from '../identity/identity-file.ts'
import { generateKeyPair } from '../identity/keys.ts'
import { install } from './install.ts'
import type { Machine } from './machine.ts'
import { launchdPlist } from './launchd.ts'
import { openRcScript } from './openrc.ts'
import { taskDefinition } from './task-scheduler.ts'
import { uninstall } from './uninstall.ts'

/** A machine with that manager, which has joined a hub or not. */
function machine(platform: NodeJS.Platform, manager: string, { hasJoined = true } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'vigie-install-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const directory of [manager, 'etc', 'usr/local', 'var/lib', 'opt']) {
    mkdirSync(join(root, directory), { recursive: true })
  }
  const program = join(root, 'opt/agent')
  writeFileSync(program, 'first')
  chmodSync(program, 0o755)
  if (hasJoined) {
    const hubFingerprint = 'A'.repeat(43)
    const hub = { hubUrl: 'ws://127.0.0.1:1/agent', hubFingerprint, hostId: 1, name: 'm' }
    writeIdentity(join(root, 'var/lib/vigie-agent'), { ...hub, ...generateKeyPair() })
  }
  const asked: string[] = []
  const of: Machine = {
    platform,
    root,
    isAdministrator: true,
    ask(name, args) {
      asked.push([name, ...args].join(' '))
      return Promise.resolve({ status: name === 'id' ? 1 : 0, out: '', err: '' })
    },
  }
  return { root, program, asked, of, tree: () => treeOf(root) }
}

function treeOf(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .sort()
}

describe.each<[string, NodeJS.Platform, string, string]>([
  ['OpenRC', 'linux', 'run/openrc', 'etc/init.d/vigie-agent'],
  ['launchd', 'darwin', 'Library', 'Library/LaunchDaemons/vigie-agent.plist'],
  ['systemd', 'linux', 'run/systemd/system', 'etc/systemd/system/vigie-agent.service'],
])('install with %s', (_, platform, manager, definition) => {
  it('writes its service, upgrades in place, and leaves nothing', async () => {
    const { root, program, asked, of, tree } = machine(platform, manager)
    const environment = { VIGIE_AGENT_INTERVAL: '5s', VIGIE_AGENT_DATA: '/elsewhere' }
    await install({ machine: of, program, environment })
    const installed = tree()
    expect(installed).toEqual(
      [
        definition,
        'etc/vigie-agent.env',
        'opt/agent',
        'usr/local/bin/vigie-agent',
        'var/lib/vigie-agent/identity.json',
      ].sort(),
    )
    expect(readFileSync(join(root, 'etc/vigie-agent.env'), 'utf8')).toBe(
      'VIGIE_AGENT_INTERVAL=5s\n',
    )
    expect(readFileSync(join(root, definition), 'utf8')).toContain('/usr/local/bin/vigie-agent')
    expect(asked.length).toBeGreaterThan(2)

    const identity = readFileSync(join(root, 'var/lib/vigie-agent/identity.json'), 'utf8')
    writeFileSync(program, 'second')
    await install({ machine: of, program, environment: {} })
    expect(readFileSync(join(root, 'usr/local/bin/vigie-agent'), 'utf8')).toBe('second')
    expect(readFileSync(join(root, 'var/lib/vigie-agent/identity.json'), 'utf8')).toBe(identity)
    expect(tree()).toEqual(installed)

    await uninstall({ machine: of, keepData: true })
    expect(tree()).toEqual([
      'etc/vigie-agent.env',
      'opt/agent',
      'var/lib/vigie-agent/identity.json',
    ])
    await uninstall({ machine: of })
    await uninstall({ machine: of })
    expect(tree()).toEqual(['opt/agent'])
  })
})

describe('install refuses, and changes nothing', () => {
  const refusals: [string, RegExp, () => ReturnType<typeof machine>, object][] = [
    [
      'without root',
      /^only root can do that; run: sudo vigie-agent install$/,
      () => {
        const made = machine('linux', 'run/openrc')
        return { ...made, of: { ...made.of, isAdministrator: false } }
      },
      {},
    ],
    [
      'without a manager',
      /^no service manager that Vigie knows/,
      () => machine('linux', 'run'),
      {},
    ],
    [
      'without a hub',
      /^this machine has joined no hub/,
      () => machine('linux', 'run/openrc', { hasJoined: false }),
      {},
    ],
    [
      'a bad token',
      /^that is not a join token/,
      () => machine('linux', 'run/openrc', { hasJoined: false }),
      { url: 'http://127.0.0.1:1', token: 'x' },
    ],
    [
      'another hub',
      /^this machine has joined ws:.* as m; use --force/,
      () => machine('linux', 'run/openrc'),
      { url: 'http://127.0.0.1:1', token: 'x' },
    ],
  ]
  it.each(refusals)('%s', async (_, words, make, joining) => {
    const { of, program, asked, tree } = make()
    const before = tree()
    await expect(install({ machine: of, program, environment: {}, ...joining })).rejects.toThrow(
      words,
    )
    expect(tree()).toEqual(before)
    expect(asked).toEqual([])
  })
})

it.skipIf(process.platform === 'win32')('the script of OpenRC is a script', () => {
  execFileSync('sh', ['-n'], { input: openRcScript('/usr/local/bin/vigie-agent') })
})

const hasPython = spawnSync('python3', ['--version']).status === 0

/** What a parser of Python's library makes of a definition: none of Node's own reads XML. */
function parsed(program: string, definition: string): unknown {
  const script = `import json, plistlib, sys\nimport xml.etree.ElementTree as tree\n${program}`
  return JSON.parse(
    execFileSync('python3', ['-c', script], { input: definition, encoding: 'utf8' }),
  )
}

describe.skipIf(!hasPython)('what this machine cannot run is read by a parser', () => {
  it('launchd: a property list', () => {
    const plist = parsed(
      'print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))',
      launchdPlist('/usr/local/bin/vigie-agent'),
    )
    expect(plist).toEqual({
      Label: 'vigie-agent',
      ProgramArguments: ['/usr/local/bin/vigie-agent', 'run'],
      UserName: '_vigieagent',
      EnvironmentVariables: { VIGIE_AGENT_DATA: '/var/lib/vigie-agent' },
      RunAtLoad: true,
      KeepAlive: true,
      ThrottleInterval: 10,
      Umask: 0o77,
      StandardErrorPath: '/var/log/vigie-agent.log',
    })
  })

  it('Windows: a task, whose elements its schema knows where they are', () => {
    const elements = parsed(
      `found = []
def walk(node, path):
    path = path + node.tag.replace('{http://schemas.microsoft.com/windows/2004/02/mit/task}', '/')
    found.append(path)
    for child in node: walk(child, path)
walk(tree.fromstring(sys.stdin.read().split('?>', 1)[1]), '')
print(json.dumps(found))`,
      taskDefinition('C:\\Program Files\\Vigie\\vigie-agent.exe'),
    )
    // Each of them is an xs:all of the schema, but for a trigger, of which there is one element.
    expect(elements).toEqual([
      '/Task',
      '/Task/Triggers',
      '/Task/Triggers/BootTrigger',
      '/Task/Triggers/BootTrigger/Enabled',
      '/Task/Principals',
      '/Task/Principals/Principal',
      '/Task/Principals/Principal/UserId',
      '/Task/Principals/Principal/RunLevel',
      '/Task/Settings',
      '/Task/Settings/MultipleInstancesPolicy',
      '/Task/Settings/DisallowStartIfOnBatteries',
      '/Task/Settings/StopIfGoingOnBatteries',
      '/Task/Settings/ExecutionTimeLimit',
      '/Task/Settings/RestartOnFailure',
      '/Task/Settings/RestartOnFailure/Interval',
      '/Task/Settings/RestartOnFailure/Count',
      '/Task/Actions',
      '/Task/Actions/Exec',
      '/Task/Actions/Exec/Command',
      '/Task/Actions/Exec/Arguments',
    ])
  })
})
