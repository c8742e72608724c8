// Every package manager's list as it is on a machine; the fixtures are our own, in the true form of each.
import { Package } from '@vigie/shared/protocol/packages'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { machineOf, type Tree } from '../../../test/machine-tree.ts'
import { readApk } from './apk.ts'
import { readDpkg } from './dpkg.ts'
import { readHomebrew } from './homebrew.ts'
import type { PackageReader } from './package-reader.ts'
import { readPacman } from './pacman.ts'
import { readPackages } from './read-packages.ts'
import { readRpm } from './rpm.ts'
import { readWindows } from './windows.ts'

async function packagesBy(read: PackageReader, tree: Tree): Promise<readonly Package[]> {
  const packages = (await read(await machineOf(tree)))?.packages ?? []
  for (const one of packages) expect([...Value.Errors(Package, one)]).toEqual([])
  return packages
}

const DEBIAN_12 = `Package: openssh-server
Status: install ok installed
Priority: optional
Section: net
Installed-Size: 1960
Maintainer: Debian OpenSSH Maintainers <ssh@lists.invalid>
Architecture: amd64
Multi-Arch: foreign
Source: openssh
Version: 1:9.2p1-2+deb12u3
Conffiles:
 /etc/default/ssh 500e3cf069fe9a7b9936108eb9d9c035
 /etc/pam.d/sshd 8b4c7a12b031424b2a9946881da59812
Description: secure shell server
 Package: this line is of the description
 .
 Version: and so is this

Package: bash
Essential: yes
Status: install ok installed
Maintainer: A Person <person@debian.invalid>
Architecture: amd64
Source: bash (5.2.15-2)
Version: 5.2.15-2+b2

Package: nginx
Status: deinstall ok config-files
Architecture: amd64
Version: 1.22.1-9

Package: exim4-base
Status: install ok half-configured
Architecture: amd64
Source: exim4
Version: 4.96-15+deb12u4

Package: tzdata
Status: hold ok installed
Architecture: all
Version: 2024a-0+deb12u1

`

describe('dpkg', () => {
  it('tells what is on the disk, whatever its state, and not what is gone', async () => {
    const packages = await packagesBy(readDpkg, { 'var/lib/dpkg/status': DEBIAN_12 })
    expect(packages).toEqual([
      {
        manager: 'dpkg',
        name: 'openssh-server',
        version: '1:9.2p1-2+deb12u3',
        architecture: 'amd64',
        source: 'openssh',
        origin: 'Debian OpenSSH Maintainers <ssh@lists.invalid>',
      },
      {
        manager: 'dpkg',
        name: 'bash',
        version: '5.2.15-2+b2',
        architecture: 'amd64',
        sourceVersion: '5.2.15-2',
        origin: 'A Person <person@debian.invalid>',
      },
      {
        manager: 'dpkg',
        name: 'exim4-base',
        version: '4.96-15+deb12u4',
        architecture: 'amd64',
        source: 'exim4',
      },
      { manager: 'dpkg', name: 'tzdata', version: '2024a-0+deb12u1', architecture: 'all' },
    ])
  })

  it('tells of an image without dpkg what its directory holds', async () => {
    const base = 'Package: base-files\nVersion: 12.4+deb12u5\nArchitecture: amd64\n'
    const tree = {
      'var/lib/dpkg/status.d/base-files': base,
      'var/lib/dpkg/status.d/base-files.md5sums': 'Package: no\nVersion: 1\n',
      'var/lib/dpkg/status.d/ssl': 'Package: libssl3\nVersion: 3.0.11-1~deb12u2\n',
    }
    expect((await packagesBy(readDpkg, tree)).map(({ name }) => name)).toEqual([
      'base-files',
      'libssl3',
    ])
  })

  it('watches what changes with the packages', async () => {
    const root = await machineOf({ 'var/lib/dpkg/status': '' })
    expect(await readDpkg(root)).toEqual({ packages: [], watched: [`${root}var/lib/dpkg/status`] })
    expect(await readDpkg(await machineOf({}))).toBeUndefined()
  })
})

const ALPINE = `C:Q1nOtOUrS0+fakefakefakefakefake=
P:busybox-binsh
V:1.36.1-r15
A:x86_64
S:1537
I:8192
T:busybox ash /bin/sh
U:https://busybox.invalid/
L:GPL-2.0-only
o:busybox
m:A Person <person@alpine.invalid>
t:1699383189
c:d1b6f274f29076967826e0ecf6ebcaa5d360272f
D:/bin/sh
F:bin
R:sh
a:0:0:777

P:musl
V:1.2.4_git20230717-r4
A:x86_64
o:musl

`

it('apk tells what is in its database', async () => {
  expect(await packagesBy(readApk, { 'lib/apk/db/installed': ALPINE })).toEqual([
    {
      manager: 'apk',
      name: 'busybox-binsh',
      version: '1.36.1-r15',
      architecture: 'x86_64',
      source: 'busybox',
      origin: 'A Person <person@alpine.invalid>',
    },
    { manager: 'apk', name: 'musl', version: '1.2.4_git20230717-r4', architecture: 'x86_64' },
  ])
})

it('pacman tells what is in its directories', async () => {
  const desc = (name: string, version: string, base: string) =>
    `%NAME%\n${name}\n\n%VERSION%\n${version}\n\n%BASE%\n${base}\n\n%DESC%\n%NAME% is\nnot a name here\n\n%ARCH%\nx86_64\n\n%PACKAGER%\nA Person <person@arch.invalid>\n\n%DEPENDS%\nglibc\nzlib\n\n`
  const tree = {
    'var/lib/pacman/local/ALPM_DB_VERSION': '9\n',
    'var/lib/pacman/local/openssh-9.7p1-2/desc': desc('openssh', '9.7p1-2', 'openssh'),
    'var/lib/pacman/local/openssh-9.7p1-2/files': '%FILES%\nusr/\n',
    'var/lib/pacman/local/gcc-libs-13.2.1-5/desc': desc('gcc-libs', '13.2.1-5', 'gcc'),
  }
  const arch = {
    manager: 'pacman',
    architecture: 'x86_64',
    origin: 'A Person <person@arch.invalid>',
  }
  expect(await packagesBy(readPacman, tree)).toEqual([
    { ...arch, name: 'gcc-libs', version: '13.2.1-5', source: 'gcc' },
    { ...arch, name: 'openssh', version: '9.7p1-2' },
  ])
})

const RHEL_9 = [
  [
    'openssh-server',
    '(none)',
    '8.7p1',
    '38.el9_4.4',
    'x86_64',
    'openssh-8.7p1-38.el9_4.4.src.rpm',
    'Red Hat, Inc.',
  ],
  [
    'bind-libs',
    '32',
    '9.16.23',
    '18.el9_4.6',
    'x86_64',
    'bind-9.16.23-18.el9_4.6.src.rpm',
    'Red Hat, Inc.',
  ],
  [
    'kernel-core',
    '(none)',
    '5.14.0',
    '427.13.1.el9_4',
    'x86_64',
    'kernel-5.14.0-427.13.1.el9_4.src.rpm',
    'Red Hat, Inc.',
  ],
  [
    'kernel-core',
    '(none)',
    '5.14.0',
    '427.16.1.el9_4',
    'x86_64',
    'kernel-5.14.0-427.16.1.el9_4.src.rpm',
    'Red Hat, Inc.',
  ],
  ['perl-libs', '4', '5.32.1', '481.el9', 'x86_64', 'perl-5.32.1-481.el9.src.rpm', 'Red Hat, Inc.'],
  [
    'perl-IO',
    '(none)',
    '1.43',
    '481.el9',
    'x86_64',
    'perl-5.32.1-481.el9.src.rpm',
    'Red Hat, Inc.',
  ],
  [
    'agent-of-a-vendor',
    '(none)',
    '7.1',
    '1',
    'x86_64',
    'agent-of-a-vendor-7.1-1.nosrc.rpm',
    '(none)',
  ],
  ['gpg-pubkey', '(none)', 'fd431d51', '4ae0493b', '(none)', '(none)', '(none)'],
].map((fields) => fields.join('\t'))

/** rpm that checks how it is asked. */
const rpm = (lines: readonly string[], exit = 0) => ({
  program: `[ "$1" = -qa ] && [ "$2" = --qf ] || exit 9\ncat <<'EOF'\n${lines.join('\n')}\nEOF\nexit ${exit}\n`,
})

describe('rpm', () => {
  it('is asked, and tells versions with their epoch', async () => {
    const tree = { 'usr/bin/rpm': rpm(RHEL_9), 'var/lib/rpm/rpmdb.sqlite': '' }
    const red = { manager: 'rpm', architecture: 'x86_64', origin: 'Red Hat, Inc.' }
    expect(await packagesBy(readRpm, tree)).toEqual([
      { ...red, name: 'openssh-server', version: '0:8.7p1-38.el9_4.4', source: 'openssh' },
      { ...red, name: 'bind-libs', version: '32:9.16.23-18.el9_4.6', source: 'bind' },
      { ...red, name: 'kernel-core', version: '0:5.14.0-427.13.1.el9_4', source: 'kernel' },
      { ...red, name: 'kernel-core', version: '0:5.14.0-427.16.1.el9_4', source: 'kernel' },
      { ...red, name: 'perl-libs', version: '4:5.32.1-481.el9', source: 'perl' },
      {
        ...red,
        name: 'perl-IO',
        version: '0:1.43-481.el9',
        source: 'perl',
        sourceVersion: '5.32.1-481.el9',
      },
      { manager: 'rpm', name: 'agent-of-a-vendor', version: '0:7.1-1', architecture: 'x86_64' },
    ])
  })

  it('is not asked where it has no database, which it would make', async () => {
    expect(await readRpm(await machineOf({ 'usr/bin/rpm': rpm(RHEL_9) }))).toBeUndefined()
    expect(await readRpm(await machineOf({ 'usr/bin/own': '' }))).toBeUndefined()
  })

  it('gives no list where its database is there and nothing can read it', async () => {
    const root = await machineOf({ 'var/lib/rpm/Packages': '' })
    await expect(readRpm(root)).rejects.toThrow('no rpm to read it')
    // Not to be looked into is not to be empty.
    const closed = await machineOf({ 'var/lib/rpm': { link: 'rpm' }, 'usr/bin/rpm': rpm(RHEL_9) })
    await expect(readRpm(closed)).rejects.toThrow('ELOOP')
  })

  it('gives no list when it fails in the middle of one', async () => {
    const tree = { 'usr/bin/rpm': rpm(RHEL_9, 1), 'var/lib/rpm/Packages': '' }
    await expect(readRpm(await machineOf(tree))).rejects.toThrow('gave no list')
  })
})

it('Homebrew tells its formulae and casks, with the tap where a receipt says it', async () => {
  const receipt = (tap: string) => JSON.stringify({ homebrew_version: '4.3.1', source: { tap } })
  const tree: Tree = {
    'opt/homebrew/Cellar/openssl@3/3.3.1_1/INSTALL_RECEIPT.json': receipt('homebrew/core'),
    'opt/homebrew/Cellar/openssl@3/3.3.0/INSTALL_RECEIPT.json': receipt('homebrew/core'),
    'opt/homebrew/Cellar/own/1.0/INSTALL_RECEIPT.json': '{"source":',
    'opt/homebrew/Cellar/bare/2.0/bin/bare': '',
    'opt/homebrew/Cellar/.keepme': '',
    'opt/homebrew/Caskroom/firefox/127.0.2/Firefox.app/Contents/Info.plist': '',
    'opt/homebrew/Caskroom/firefox/.metadata/INSTALL_RECEIPT.json': receipt('homebrew/cask'),
    'opt/homebrew/Caskroom/renamed': { link: 'firefox' },
    'home/linuxbrew/.linuxbrew/Cellar/jq/1.7.1/INSTALL_RECEIPT.json': receipt('homebrew/core'),
  }
  const manager = 'homebrew'
  expect(await packagesBy(readHomebrew, tree)).toEqual([
    { manager, name: 'bare', version: '2.0' },
    { manager, name: 'openssl@3', version: '3.3.0', origin: 'homebrew/core' },
    { manager, name: 'openssl@3', version: '3.3.1_1', origin: 'homebrew/core' },
    { manager, name: 'own', version: '1.0' },
    { manager, name: 'firefox', version: '127.0.2', origin: 'homebrew/cask' },
    { manager, name: 'jq', version: '1.7.1', origin: 'homebrew/core' },
  ])
  // Somebody's own directory is not Homebrew.
  expect(await readHomebrew(await machineOf({ 'usr/local/bin/own': '' }))).toBeUndefined()
})

const KEY = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall'
const WINDOWS_64 = `
${KEY}\\7-Zip
    DisplayName    REG_SZ    7-Zip 23.01 (x64)
    DisplayVersion    REG_SZ    23.01
    Publisher    REG_SZ    A Person
    NoModify    REG_DWORD    0x1

${KEY}\\{23170F69-40C1-2702-2301-000001000000}
    AuthorizedCDFPrefix    REG_SZ    
    DisplayName    REG_SZ    Contoso    Server, edition 3
    DisplayVersion    REG_SZ    10.0.4
    UninstallString    REG_EXPAND_SZ    MsiExec.exe /X{23170F69-40C1-2702-2301-000001000000}
    Publisher    REG_SZ    Contoso

${KEY}\\Connection Manager
    SystemComponent    REG_DWORD    0x1

${KEY}\\NoVersion
    DisplayName    REG_SZ    A thing without a version
`.replaceAll('\n', '\r\n')
const WINDOWS_32 = `
${KEY.replace('SOFTWARE', 'SOFTWARE\\WOW6432Node')}\\Notepad++
    DisplayName    REG_SZ    Notepad++ (32-bit x86)
    DisplayVersion    REG_SZ    8.6.8
    Publisher    REG_SZ    Notepad++ Team
`.replaceAll('\n', '\r\n')
const WINDOWS_PERSON = `
HKEY_USERS\\S-1-5-21-1-2-3-1001\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Talk
    DisplayName    REG_SZ    Contoso Talk (User)
    DisplayVersion    REG_SZ    1.97.2
`.replaceAll('\n', '\r\n')

describe('Windows', () => {
  it('tells the programs that the registry names, of 64 and of 32 bits and of people', async () => {
    const program = `case "$1 $2 $3" in
'query HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall /s') cat <<'EOF'\n${WINDOWS_64}\nEOF\n;;
'query HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall /s') cat <<'EOF'\n${WINDOWS_32}\nEOF\n;;
'query HKU ') printf 'HKEY_USERS\\%s\r\n' .DEFAULT S-1-5-18 S-1-5-21-1-2-3-1001 S-1-5-21-1-2-3-1001_Classes;;
'query HKU\\S-1-5-21-1-2-3-1001\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall /s') cat <<'EOF'\n${WINDOWS_PERSON}\nEOF\n;;
*) exit 9;; esac`
    expect(await packagesBy(readWindows, { 'Windows/System32/reg.exe': { program } })).toEqual([
      { manager: 'windows', name: '7-Zip 23.01 (x64)', version: '23.01', origin: 'A Person' },
      {
        manager: 'windows',
        name: 'Contoso    Server, edition 3',
        version: '10.0.4',
        origin: 'Contoso',
      },
      {
        manager: 'windows',
        name: 'Notepad++ (32-bit x86)',
        version: '8.6.8',
        architecture: 'x86',
        origin: 'Notepad++ Team',
      },
      { manager: 'windows', name: 'Contoso Talk (User)', version: '1.97.2' },
    ])
  })

  it('of 32 bits has one list; without the first there is none', async () => {
    const program = `case "$2" in *WOW6432Node*) exit 1;; *) echo;; esac`
    const root = await machineOf({ 'Windows/System32/reg.exe': { program } })
    expect(await readWindows(root)).toEqual({ packages: [], watched: [] })
    const tree = { 'Windows/System32/reg.exe': { program: 'exit 1' } }
    await expect(readWindows(await machineOf(tree))).rejects.toThrow('gave no list')
  })

  // With nobody's keys but a person's, and a system of 64 bits.
  const refusing = (refused: string): string => `case "$2" in ${refused}) exit 1;; esac
case "$2 $3" in
'HKLM\\SOFTWARE '*) echo 'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node';;
'HKU ') echo 'HKEY_USERS\\S-1-5-21-1-2-3-1001';;
*) cat <<'EOF'\n${WINDOWS_PERSON}\nEOF\n;; esac`

  it('P8: says that it is not all where it refuses the list of 32 bits', async () => {
    const program = refusing(`'HKLM\\SOFTWARE\\WOW6432Node\\'*`)
    const root = await machineOf({ 'Windows/System32/reg.exe': { program } })
    expect((await readWindows(root))?.unread).toContain('WOW6432Node')
    const read = await readPackages(root)
    expect(read.incomplete).toEqual({ unread: ['windows'], isCut: false })
    expect(read.failed).toEqual([])
  })

  it.each([
    ['a person’s list', `'HKU\\S-1'*`],
    ['who is signed in', 'HKU'],
  ])('lacks nothing of the machine’s where it is not shown %s', async (_, refused) => {
    const tree = { 'Windows/System32/reg.exe': { program: refusing(refused) } }
    const found = await readWindows(await machineOf(tree))
    expect(found?.packages).not.toEqual([])
    expect(found?.unread).toBeUndefined()
  })
})
