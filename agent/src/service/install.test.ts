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
import { startHub } from '../../test/agent-process.ts'
import { readIdentity, writeIdentity } from '../identity/identity-file.ts'
import { generateKeyPair } from '../identity/keys.ts'
import { install } from './install.ts'
import { at, type Answer, type Machine } from './machine.ts'
import { launchdPlist } from './launchd.ts'
import { openRcScript } from './openrc.ts'
import { uninstall } from './uninstall.ts'
import { createWindowsService } from './windows-service.ts'

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

it('an upgrade changes the settings that it is given, and no other line', async () => {
  const { root, program, of } = machine('linux', 'run/openrc')
  const file = join(root, 'etc/vigie-agent.env')
  const kept = '# of our own authority\nNODE_EXTRA_CA_CERTS=/etc/ours.pem\n'
  writeFileSync(file, `${kept}VIGIE_LOG_LEVEL=warn\n\nHTTPS_PROXY="http://u:p@proxy"`)
  chmodSync(file, 0o600)
  const environment = { VIGIE_LOG_LEVEL: 'debug', VIGIE_AGENT_INTERVAL: '5s' }
  for (const again of [environment, environment, {}]) {
    await install({ machine: of, program, environment: again })
    expect(readFileSync(file, 'utf8')).toBe(
      `${kept}VIGIE_LOG_LEVEL=debug\n\nHTTPS_PROXY="http://u:p@proxy"\nVIGIE_AGENT_INTERVAL=5s\n`,
    )
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  }
})

it('--force joins anew, and the service starts with that', async () => {
  const hub = await startHub()
  const { root, program, asked, of } = machine('linux', 'run/openrc')
  const before = readIdentity(join(root, 'var/lib/vigie-agent'))
  const joining = { url: hub.address, token: hub.token, force: true }
  await install({ machine: of, program, environment: {}, ...joining })
  const after = readIdentity(join(root, 'var/lib/vigie-agent'))
  expect(after?.hubFingerprint).toBe(hub.fingerprint)
  expect(after?.publicKey).not.toBe(before?.publicKey)
  expect(asked.slice(-3)).toEqual([
    'chown -R vigie-agent: /var/lib/vigie-agent',
    'rc-update --quiet add vigie-agent default',
    'rc-service vigie-agent restart',
  ])
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

describe.skipIf(!hasPython)('what launchd is told', () => {
  // By a parser of Python's library: none of Node's own reads XML.
  const told = (executable: string) =>
    JSON.parse(
      execFileSync(
        'python3',
        [
          '-c',
          'import json, plistlib, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))',
        ],
        { input: launchdPlist(executable), encoding: 'utf8' },
      ),
    ) as { ProgramArguments: string[] }

  it('is a property list', () => {
    expect(told('/usr/local/bin/vigie-agent')).toEqual({
      Label: 'vigie-agent',
      ProgramArguments: ['/bin/sh', '-c', expect.stringContaining('/usr/local/bin/vigie-agent')],
      UserName: '_vigieagent',
      EnvironmentVariables: { VIGIE_AGENT_DATA: '/var/lib/vigie-agent' },
      RunAtLoad: true,
      KeepAlive: true,
      ThrottleInterval: 10,
      Umask: 0o77,
      StandardErrorPath: '/var/log/vigie-agent.log',
    })
  })

  it('starts the agent with the settings that install kept, or without any', async () => {
    const { root, program, of } = machine('darwin', 'Library')
    const file = join(root, 'etc/vigie-agent.env')
    writeFileSync(program, '#!/bin/sh\necho "$1,$VIGIE_AGENT_SPOOL,$NODE_EXTRA_CA_CERTS"\n')
    const [shell = '', option = '', command = ''] = told(program).ProgramArguments
    const started = () =>
      execFileSync(shell, [option, command.replaceAll('/etc/vigie-agent.env', file)], {
        env: {},
        encoding: 'utf8',
      })
    expect(started()).toBe('run,,\n')
    const authority = "/Library/Ops' own/$HOME.pem"
    const environment = { VIGIE_AGENT_SPOOL: '36h', NODE_EXTRA_CA_CERTS: authority }
    await install({ machine: of, program, environment })
    expect(started()).toBe(`run,36h,${authority}\n`)
  })
})

describe('a service of Windows', () => {
  // Its control manager is asked for real in test/windows-soak.test.ts.
  function windows(answers: (command: string) => Partial<Answer>) {
    const made = machine('win32', 'ProgramData')
    const of: Machine = {
      ...made.of,
      ask(name, args) {
        const command = [name, ...args].join(' ')
        made.asked.push(command)
        return Promise.resolve({ status: 0, out: '', err: '', ...answers(command) })
      },
    }
    return { ...made, of, manager: createWindowsService(of, () => new ArrayBuffer(2)) }
  }

  it.each([
    ['English', 'STATE              : 4  RUNNING'],
    ['French', 'ÉTAT               : 4  RUNNING'],
    ['German', 'STATUS             : 4  RUNNING'],
  ])('is known to run from what a Windows in %s says', async (_, line) => {
    const out = `\r\nSERVICE_NAME: vigie-agent\r\n        TYPE : 10  WIN32_OWN_PROCESS\r\n        ${line}\r\n`
    const { manager } = windows(() => ({ out }))
    expect(await manager.state()).toEqual({ isInstalled: true, isRunning: true, word: 'RUNNING' })
  })

  it('is not installed where Windows knows none', async () => {
    const { manager } = windows(() => ({ status: 1060, out: '[SC] OpenService 1060' }))
    expect(await manager.state()).toMatchObject({ isInstalled: false, isRunning: false })
  })

  it('is of a user of its own, and its path is quoted', async () => {
    let word: string | undefined
    const { manager, asked } = windows((command) => {
      const [, verb] = command.split(' ')
      if (!word && /query|stop/.test(command)) return { status: 1060 }
      if (verb === 'create' || verb === 'stop') word = 'STOPPED'
      if (verb === 'start') word = 'RUNNING'
      return { out: ` STATE : 1  ${word} \r\n` }
    })
    await manager.start(manager.executable)
    expect(asked).toContain(
      String.raw`sc.exe create vigie-agent binPath= "C:\Program Files\Vigie\vigie-agent-service.exe" start= auto obj= NT SERVICE\vigie-agent DisplayName= Vigie agent`,
    )
    const again = asked.length
    await manager.start(manager.executable)
    expect(asked.slice(again).join()).not.toContain('create')
  })

  it.each([
    ['is kept, where it is installed', 0, true],
    ['is not asked for, where Windows does not know it', 1060, false],
  ])('has its right to the data that a refused --force closed: %s', async (_, status, hasRight) => {
    const hub = await startHub()
    hub.faults = { refuse: 'tokenRefused' }
    const { of, program, asked, manager } = windows((command) =>
      command.startsWith('sc.exe query') ? { status } : {},
    )
    mkdirSync(at(of, manager.dataDirectory))
    const joining = { url: hub.address, token: hub.token, force: true }
    await expect(install({ machine: of, program, environment: {}, ...joining })).rejects.toThrow(
      /did not agree/,
    )
    const closed = asked.filter((command) => command.startsWith('icacls.exe')).at(-1)
    expect(closed).toContain('/inheritance:r')
    expect(closed?.includes(String.raw`/grant:r NT SERVICE\vigie-agent:(OI)(CI)M`)).toBe(hasRight)
  })

  it('is refused with what Windows said', async () => {
    const said = '[SC] OpenSCManager 5:\r\n\r\nAccess is denied.\r\n'
    const { manager } = windows((command) =>
      command.startsWith('sc.exe') ? { status: 5, out: said } : {},
    )
    await expect(manager.start(manager.executable)).rejects.toThrow(
      /^sc\.exe create failed \(Access is denied\.\)$/,
    )
  })
})
