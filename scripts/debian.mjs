// Owns the Debian packages of agent and hub, built by `npm run package -- --deb`: what is in them, and where. The scripts of
// packaging/ run on the machine; here they get what every package with a service of systemd does.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { copyModule, neededModules } from './hub-modules.mjs'
import { root } from './install.mjs'

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' }
const architecture = ARCHITECTURES[process.arch]
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const MAINTAINER = 'Vigie <vigie@localhost>'
/** What is no part of a program that runs. */
const NOT_RUN =
  /\.test\.ts$|(^|\/)(fixtures|labelled|test|bench)(\/|$)|\.map$|\.d\.[cm]?ts$|test-support/

/** Builds both into dist/ and returns their paths. `step` tells of progress. */
export async function buildDebianPackages(step) {
  if (process.platform !== 'linux' || !architecture || !runs('dpkg-deb', ['--version'])) {
    throw new Error('Debian packages are built on a Debian, with dpkg-deb, on amd64 or arm64')
  }
  const made = [
    await step('vigie-agent.deb', () => packed('vigie-agent', agentTree)),
    await step('vigie.deb', () => packed('vigie', hubTree)),
  ]
  return made
}

function agentTree(tree) {
  const executable = join(dist, `vigie-agent-linux-${process.arch}`)
  place(tree, 'usr/bin/vigie-agent', readFileSync(executable), 0o755)
  place(tree, 'usr/lib/systemd/system/vigie-agent.service', agentUnit(executable))
  documents(tree, 'vigie-agent')
  return {
    folder: 'agent',
    description: `samples this machine every second and pushes to its hub
 The agent of Vigie. It takes one line to join: as the user vigie-agent,
 vigie-agent join URL TOKEN, with what "Add a host" of the hub shows.`,
    depends: 'libc6 (>= 2.28), libstdc++6, adduser, passwd',
    conffiles: [],
  }
}

/** The executable knows it; systemd-notify is there on every systemd. */
function agentUnit(executable) {
  const source = `import { systemdUnit } from ${JSON.stringify(join(root, 'agent/src/service/systemd-unit.ts'))}
    process.stdout.write(systemdUnit({ executable: '/usr/bin/vigie-agent', version: 250 }))`
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    encoding: 'utf8',
  })
  if (done.status !== 0)
    throw new Error(`the agent's unit cannot be written: ${done.stderr} (${executable})`)
  return done.stdout
    .replace(/^#.*\n/, '# Yours: systemctl edit vigie-agent\n')
    .replace('\n[Service]', 'ConditionPathExists=/var/lib/vigie-agent/identity.json\n\n[Service]')
}

function hubTree(tree) {
  const home = 'usr/lib/vigie'
  const at = (path) => join(tree, home, path)
  for (const path of [
    'hub/src',
    'hub/bin',
    'hub/package.json',
    'shared/src',
    'shared/package.json',
    'scripts/pinned-node.mjs',
    'ui/build',
    'package.json',
  ]) {
    copy(join(root, path), at(path))
  }
  for (const path of neededModules()) copyModule(path, at(path))
  mkdirSync(at('node_modules/@vigie'), { recursive: true })
  symlinkSync('../../shared', at('node_modules/@vigie/shared'))
  // So that "Add a host" has something to hand out.
  const agent = `vigie-agent-linux-${process.arch}.gz`
  if (existsSync(join(dist, agent))) copy(join(dist, agent), at(`dist/${agent}`))
  for (const name of ['vigie', 'vigie.env', 'vigie.service']) {
    const to = {
      vigie: 'usr/bin/vigie',
      'vigie.env': 'etc/vigie/vigie.env',
      'vigie.service': 'usr/lib/systemd/system/vigie.service',
    }[name]
    const mode = { vigie: 0o755, 'vigie.env': 0o640, 'vigie.service': 0o644 }[name]
    place(tree, to, readFileSync(join(root, 'packaging/hub', name)), mode)
  }
  documents(tree, 'vigie')
  return {
    folder: 'hub',
    description: `real-time monitoring: every second of every machine, kept ten days
 The hub of Vigie: agents push to it, it keeps what they send, shows it live in
 the browser, and mails when something is wrong.`,
    depends: 'libc6 (>= 2.28), libstdc++6, adduser, passwd',
    recommends: 'chromium',
    conffiles: ['/etc/vigie/vigie.env'],
  }
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, filter: (path) => !NOT_RUN.test(path.slice(root.length)) })
}

function place(tree, path, content, mode = 0o644) {
  const to = join(tree, path)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, content)
  chmodSync(to, mode)
}

function documents(tree, name) {
  const folder = `usr/share/doc/${name}`
  place(tree, `${folder}/copyright`, copyright())
  place(tree, `${folder}/changelog.gz`, gzipSync(changelog(name), { level: 9 }))
  place(tree, `usr/share/lintian/overrides/${name}`, overrides(name))
  if (name !== 'vigie') return
  for (const each of ['operations.md', 'reverse-proxy.md', 'licences.md']) {
    const path = join(root, 'docs', each)
    if (existsSync(path)) place(tree, `${folder}/${each}`, readFileSync(path))
  }
}

function changelog(name) {
  const date = new Date(epoch() * 1000).toUTCString().replace('GMT', '+0000')
  return `${name} (${version}) unstable; urgency=medium\n\n  * As CHANGELOG.md of the sources has it.\n\n -- ${MAINTAINER}  ${date}\n`
}

/** What Debian asks of its own packages and this one cannot give: Node comes as its makers build it, and commands have --help. */
function overrides(name) {
  return [
    'bogus-mail-host',
    'bogus-mail-host-in-debian-changelog',
    'embedded-library',
    'unstripped-binary-or-object',
    'hardening-no-pie',
    'missing-dep-for-interpreter',
    'no-manual-page',
    ...(name === 'vigie'
      ? ['non-standard-file-perm', 'national-encoding', 'duplicate-font-file']
      : []),
  ]
    .map((tag) => `${name}: ${tag}\n`)
    .join('')
}

function copyright() {
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8').trim()
  const indented = licence
    .split('\n')
    .map((line) => ` ${line.trim() || '.'}`)
    .join('\n')
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Vigie

Files: *
Copyright: the authors of Vigie
License: MIT
${indented}
`
}

function packed(name, fill) {
  const tree = join(dist, 'work', name)
  rmSync(tree, { recursive: true, force: true })
  mkdirSync(tree, { recursive: true })
  const about = fill(tree)
  const control = join(tree, 'DEBIAN')
  mkdirSync(control)
  const sizeKib = Math.ceil(sizeOf(tree) / 1024)
  writeFileSync(
    join(control, 'control'),
    `Package: ${name}
Version: ${version}
Architecture: ${architecture}
Maintainer: ${MAINTAINER}
Section: admin
Priority: optional
Installed-Size: ${sizeKib}
Depends: ${about.depends}
${about.recommends ? `Recommends: ${about.recommends}\n` : ''}Description: ${about.description}
`,
  )
  if (about.conffiles.length > 0)
    writeFileSync(join(control, 'conffiles'), `${about.conffiles.join('\n')}\n`)
  scripts(control, about.folder, name)
  settle(tree)
  // gzip: xz saves a third, and takes minutes.
  const file = join(dist, `${name}_${version}_${architecture}.deb`)
  const options = {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch()) },
  }
  const done = spawnSync(
    'dpkg-deb',
    ['--root-owner-group', '-Zgzip', '-z6', '--build', tree, file],
    options,
  )
  if (done.status !== 0)
    throw new Error(`dpkg-deb failed: ${done.stderr.trim().split('\n').at(-1)}`)
  rmSync(tree, { recursive: true })
  return file
}

/** The package's own scripts, and after them what starts and stops its service. */
function scripts(control, folder, name) {
  const unit = `${name}.service`
  const ends = {
    preinst: '',
    postinst: `
if [ "$1" = configure ]; then
  deb-systemd-helper unmask ${unit} > /dev/null || true
  if deb-systemd-helper --quiet was-enabled ${unit}; then
    deb-systemd-helper enable ${unit} > /dev/null || true
  else
    deb-systemd-helper update-state ${unit} > /dev/null || true
  fi
  if [ -d /run/systemd/system ]; then
    systemctl --system daemon-reload > /dev/null || true
    if [ -n "$2" ]; then action=restart; else action=start; fi
    deb-systemd-invoke $action ${unit} > /dev/null || true
  fi
fi`,
    prerm: `
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  deb-systemd-invoke stop ${unit} > /dev/null || true
fi`,
    postrm: `
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl --system daemon-reload > /dev/null || true
fi
if command -v deb-systemd-helper > /dev/null; then
  if [ "$1" = remove ]; then deb-systemd-helper mask ${unit} > /dev/null || true; fi
  if [ "$1" = purge ]; then
    deb-systemd-helper purge ${unit} > /dev/null || true
    deb-systemd-helper unmask ${unit} > /dev/null || true
  fi
fi`,
  }
  for (const [script, end] of Object.entries(ends)) {
    const own = join(root, 'packaging', folder, script)
    const begin = existsSync(own) ? readFileSync(own, 'utf8') : '#!/bin/sh\nset -e\n'
    if (end === '' && !existsSync(own)) continue
    // A script that is done early may not leave the rest out.
    writeFileSync(join(control, script), `${begin.trimEnd()}${end}\n`)
    chmodSync(join(control, script), 0o755)
  }
}

/** Modes and times that depend on nothing but what is packed. */
function settle(folder) {
  const seconds = epoch()
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile() && !path.includes('/etc/')) {
      chmodSync(path, isProgram(path) ? 0o755 : 0o644)
    }
    lutimesSync(path, seconds, seconds)
  }
  chmodSync(folder, 0o755)
}

/** A binary, or a script that names what runs it: packages of npm have modes of any kind. */
function isProgram(path) {
  // A library for Node.
  if (path.endsWith('.node')) return false
  const begin = Buffer.alloc(4)
  const file = openSync(path)
  readSync(file, begin)
  closeSync(file)
  return begin.toString('latin1') === '\x7fELF' || begin.toString('latin1', 0, 2) === '#!'
}

/** Of the sources as they are, unless it is given: two builds of the same give the same bytes. */
function epoch() {
  const given = Number(process.env.SOURCE_DATE_EPOCH)
  if (given > 0) return given
  const said = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' })
  return Number(said.stdout) || Math.floor(statSync(join(root, 'package.json')).mtimeMs / 1000)
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
