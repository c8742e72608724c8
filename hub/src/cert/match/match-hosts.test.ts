// Single rules beside the labelled fleet, and machines told in unusual ways.
import { describe, expect, it } from 'vitest'
import type { Package } from '@vigie/shared/protocol/packages'
import { advisory, dpkg, linux, machine, match, rpm, told } from './matching-fixtures.ts'

describe('a release that a notice names', () => {
  const kernel = 'Multiples vulnérabilités dans le noyau Linux'
  const image = dpkg('linux-image-6.1.0-18-amd64', '6.1.76-1')

  it.each([
    ['GNU/Linux Debian bookworm versions antérieures à 6.1.90-1', 'concerned kernel-older'],
    ['Debian 12 versions antérieures à 6.1.90-1', 'concerned kernel-older'],
    ['Debian GNU/Linux 12 (bookworm) versions antérieures à 6.1.90-1', 'concerned kernel-older'],
    ['Debian bookworm', 'concerned kernel-unfixed'],
    ['Debian bookworm versions antérieures à 6.1.76-1', undefined],
    ['Debian bookworm versions antérieures à 6.12.48-1', 'check kernel-series'],
    ['Debian trixie versions antérieures à 6.12.48-1', undefined],
    ['Ubuntu 22.04 LTS', undefined],
  ])('%s: %s', (line, verdict) => {
    expect(told(match(advisory({ title: `${kernel} de Debian` }, [line]), machine([image])))).toBe(
      verdict,
    )
  })

  it.each([
    [linux('debian', 'Debian', '12'), true],
    [linux('debian', 'Debian', '12.5 (bookworm)'), true],
    [linux('debian', 'Debian GNU/Linux', 'bookworm/sid'), true],
    [linux('debian', 'Debian', '11 (bullseye)'), false],
    [linux('ubuntu', 'Ubuntu', '12.04'), false],
  ])('is read from what the agent says (%#)', (os, isConcerned) => {
    const document = advisory({ title: `${kernel} de Debian` }, ['Debian bookworm'])
    expect(match(document, machine([image], os)) !== undefined).toBe(isConcerned)
  })

  it('does not concern a container, whose kernel is another machine’s', () => {
    const document = advisory({ title: `${kernel} de Debian` }, ['Debian bookworm'])
    expect(match(document, machine([dpkg('bash', '5.2-1')]))).toBeUndefined()
    expect(told(match(document, machine([])))).toBe('check kernel-unknown')
  })

  it.each([
    ['Red Hat Enterprise Linux for x86_64 9 x86_64', 'concerned kernel-unfixed'],
    ['Red Hat Enterprise Linux 9', 'concerned kernel-unfixed'],
    ['Red Hat Enterprise Linux for ARM 64 9 aarch64', undefined],
    ['Red Hat Enterprise Linux for x86_64 8 x86_64', undefined],
    ['Red Hat Enterprise Linux for x86_64 - Extended Update Support 9.4 x86_64', 'check edition'],
    ['Red Hat Enterprise Linux for x86_64 - 4 years of updates 9.4 x86_64', 'check edition'],
    ['Red Hat Enterprise Linux for x86_64 - Extended Update Support 9.2 x86_64', undefined],
    ['Red Hat Enterprise Linux for Real Time 9 x86_64', undefined],
    [
      'Red Hat Enterprise Linux 9 versions antérieures à 5.14.0-427.20.1.el9_4',
      'concerned kernel-older',
    ],
    ['Red Hat Enterprise Linux 9 versions antérieures à 5.14.0-427.13.1.el9_4', undefined],
    ['Red Hat OpenShift Container Platform 4.15', undefined],
  ])('%s: %s', (line, verdict) => {
    const os = linux(
      'redhat',
      'Red Hat Enterprise Linux',
      '9.4 (Plow)',
      '5.14.0-427.13.1.el9_4.x86_64',
    )
    const packages = [
      rpm('kernel-core', '0:5.14.0-427.13.1.el9_4'),
      rpm('kernel-core', '0:5.14.0-427.33.1.el9_4'),
    ]
    expect(
      told(match(advisory({ title: `${kernel} de Red Hat` }, [line]), machine(packages, os))),
    ).toBe(verdict)
  })

  it.each([
    ['SUSE Linux Enterprise Server 15 SP6', '15-SP6', 'SLES'],
    ['SUSE Linux Enterprise Server 15 SP6', '15.6', 'SLES'],
    ['openSUSE Leap 15.6', '15.6', 'openSUSE Leap'],
    ['SUSE Linux Enterprise Server for SAP Applications 15 SP6', '15-SP6', 'SLES_SAP'],
  ])('%s is %s of %s', (line, version, name) => {
    const os = linux('suse', name, version, '6.4.0-150600.21-default')
    const host = machine([rpm('kernel-default', '6.4.0-150600.21.3')], os)
    const found = match(advisory({ title: `${kernel} de SUSE` }, [line]), host)
    expect(told(found)).toBe('concerned kernel-unfixed')
    expect(found?.evidence[0]?.package?.name).toBe('kernel-default')
  })

  it('without a package that can be read is to be checked', () => {
    const document = advisory({ title: 'Vulnérabilité dans Debian' }, ['Debian bookworm'])
    expect(told(match(document, machine([image])))).toBe('check notice-no-package')
  })

  it('of Debian’s own feed is about the source package that the title names', () => {
    const document = advisory({ source: 'debian', title: 'DSA-9999-1 curl - security update' }, [
      'Debian bookworm versions antérieures à 7.88.1-10+deb12u9',
    ])
    const host = machine([dpkg('libcurl4', '7.88.1-10+deb12u5', { source: 'curl' })])
    expect(told(match(document, host))).toBe('concerned notice-older')
    const fixed = machine([dpkg('libcurl4', '7.88.1-10+deb12u9', { source: 'curl' })])
    expect(match(document, fixed)).toBeUndefined()
  })
})

describe('a machine told in a few words', () => {
  const windows = (name: string, version: string, kernel: string) => ({
    id: 'windows',
    name,
    version,
    kernel,
    architecture: 'x64',
  })
  const lines = ['Windows Server 2022 versions antérieures à 10.0.20348.2322']

  it.each([
    [
      windows('Microsoft Windows Server 2022 Datacenter', '10.0.20348 (21H2)', '10.0.20348'),
      'check windows-updates',
    ],
    [
      windows('Windows_NT', 'Windows Server 2022 Datacenter', '10.0.20348'),
      'check windows-updates',
    ],
    [
      windows('Microsoft Windows Server 2022 Standard', '10.0.20348.2300', '10.0.20348'),
      'concerned system-older',
    ],
    [windows('Microsoft Windows Server 2022 Standard', '10.0.20348', '10.0.20348.2322'), undefined],
    [windows('Microsoft Windows Server 2019 Standard', '10.0.17763', '10.0.17763'), undefined],
    [windows('Microsoft Windows 11 Pro', '10.0.22631', '10.0.22631'), undefined],
  ])('is Windows of this kind (%#)', (os, verdict) => {
    expect(told(match(advisory({}, lines), machine([], os)))).toBe(verdict)
  })

  it.each([
    ['macOS', '14.5 (Sonoma)', 'concerned system-older'],
    ['macOS', '14.6 (Sonoma)', undefined],
    ['macOS', '13.6 (Ventura)', undefined],
    ['Darwin', 'Darwin Kernel Version 23.5.0', undefined],
  ])('is %s %s', (name, version, verdict) => {
    const os = { id: 'apple', name, version, kernel: '23.5.0', architecture: 'arm64' }
    const document = advisory({}, ['macOS Sonoma versions antérieures à 14.6'])
    expect(told(match(document, machine([], os)))).toBe(verdict)
  })
})

describe('a product', () => {
  it.each([
    // Another line is the fix of this branch.
    ['4.4.11', undefined],
    ['4.4.10', 'concerned in-range'],
    ['4.1.22', undefined],
    ['4.3.2', 'concerned in-range'],
    ['4.5.7', undefined],
  ])('of several branches, at %s: %s', (version, verdict) => {
    const lines = ['4.1.21', '4.4.11', '4.5.7'].map((fix) => `Moodle versions antérieures à ${fix}`)
    const moodle: Package = { manager: 'homebrew', name: 'moodle', version }
    expect(told(match(advisory({}, lines), machine([moodle])))).toBe(verdict)
  })

  it.each([
    ['2.426.2', 'concerned in-range'],
    ['2.426.3', undefined],
    ['2.440.1', 'concerned in-range'],
    ['2.442', undefined],
  ])('of two lines of releases, at %s: %s', (version, verdict) => {
    const lines = [
      'Jenkins weekly versions antérieures à 2.442',
      'Jenkins LTS versions antérieures à 2.426.3',
    ]
    expect(told(match(advisory({}, lines), machine([dpkg('jenkins', version)])))).toBe(verdict)
  })

  it('that no alias knows is a package of just that name', () => {
    const document = advisory({}, ['Frobnicator versions antérieures à 2.0'])
    expect(told(match(document, machine([dpkg('frobnicator', '1.9-1')])))).toBe('check backport')
    expect(match(document, machine([dpkg('python3-frobnicator', '1.9-1')]))).toBeUndefined()
    expect(match(document, machine([dpkg('frobnicator', '2.0-1')]))).toBeUndefined()
    expect(told(match(document, machine([dpkg('frobnicator-server', '1.9-1')])))).toBe(
      'check backport',
    )
    expect(match(document, machine([dpkg('frobnicator-agent', '1.9-1')]))).toBeUndefined()
    const server = advisory({}, ['Frobnicator Server versions antérieures à 2.0'])
    expect(told(match(server, machine([dpkg('frobnicator', '1.9-1')])))).toBe('check backport')
  })

  it('that no alias knows is its vendor’s build only where the vendor is named', () => {
    const affected = [
      { vendor: 'Acme', product: 'Agent', text: 'Frobnicator versions antérieures à 2.0' },
    ]
    const one = (manager: Package['manager'], origin: string) =>
      told(
        match(
          advisory({ affected }),
          machine([{ manager, name: 'frobnicator', version: '1.9-1', origin }]),
        ),
      )
    expect(one('rpm', 'Acme Corporation')).toBe('concerned in-range')
    expect(one('rpm', 'Somebody Else')).toBe('check backport')
    expect(one('windows', 'Acme Corporation')).toBe('concerned in-range')
    expect(one('windows', 'Somebody Else')).toBeUndefined()
  })

  it.each([
    // Name and number in the registry, publisher; what the advisory writes; the verdict.
    [
      'Acme Networks Frob Agent 1.9.1',
      '1.9.1',
      'Frob Agent versions antérieures à 2.0',
      'concerned in-range',
    ],
    [
      'Frob Agent for Windows',
      'v1.9',
      'Acme Frob Agent pour Windows Server versions antérieures à 2.0',
      'concerned in-range',
    ],
    [
      'Frob 2024.2.3',
      '242.1',
      'Frob versions 2024.2.x antérieures à 2024.2.4',
      'concerned in-range',
    ],
    ['Frob 4.1.14', '4.114.98', 'Frob versions antérieures à 4.1.15', 'check own-numbering'],
    ['Frob', '4.10.8029', 'Frob versions antérieures à 4.10MR9', 'check unclear-version'],
    ['Frob Reader', '1.0', 'Frob versions antérieures à 2.0', undefined],
  ])('that is %s %s, by “%s”: %s', (name, version, text, verdict) => {
    const affected = [{ vendor: 'Acme', product: 'N/A', text }]
    const one: Package = { manager: 'windows', name, version, origin: 'Acme Networks, Inc.' }
    const windows = linux('windows', 'Microsoft Windows Server 2022', '10.0.20348')
    expect(told(match(advisory({ affected }), machine([one], windows)))).toBe(verdict)
  })

  it.each([
    ['Debian Nginx Maintainers', 'check backport'],
    ['Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>', 'check backport'],
    ['NGINX Packaging <nginx-packaging@f5.com>', 'concerned in-range'],
  ])('that is built by %s: %s', (origin, verdict) => {
    const document = advisory({}, ['nginx versions antérieures à 1.24.1'])
    expect(told(match(document, machine([dpkg('nginx', '1.22.1-9', { origin })])))).toBe(verdict)
  })

  it.each([
    // Grafana's own package of 11.2.2+security-01 is 11.2.2-01.
    ['11.2.2-01', 'check own-numbering'],
    ['11.2.2', 'concerned in-range'],
    ['11.2.1-01', 'concerned in-range'],
    ['11.2.3-01', undefined],
    ['11.2.2-01', 'check backport', 'Ubuntu Developers'],
    ['11.3.0-02', 'concerned in-range'],
    ['11.3.1', undefined],
  ])('of its maker as Debian’s package %s: %s', (version, verdict, origin = 'Grafana Labs') => {
    const document = advisory({}, [
      'Grafana versions 11.3.x antérieures à 11.3.1',
      'Grafana versions antérieures à 11.2.2+security-01',
    ])
    expect(told(match(document, machine([dpkg('grafana', version, { origin })])))).toBe(verdict)
  })

  it('of its maker as an rpm, whose release says nothing of the number, is concerned', () => {
    const document = advisory({}, ['Grafana versions antérieures à 11.2.2+security-01'])
    const verdictOf = (version: string) =>
      told(match(document, machine([{ ...rpm('grafana', version), origin: 'Grafana Labs' }])))
    expect(verdictOf('11.2.2-1')).toBe('concerned in-range')
    expect(verdictOf('11.2.2^security_01-1')).toBeUndefined()
  })

  it('of another maker of the same name is not it', () => {
    const text = 'OpenSSL versions antérieures à 3.0.16 pour DSM 7.2'
    const document = advisory({ affected: [{ vendor: 'Synology', product: 'DSM', text }] })
    expect(match(document, machine([dpkg('openssl', '3.0.11-1')]))).toBeUndefined()
  })

  it('has its fixed version in the evidence', () => {
    const found = match(
      advisory({}, [
        'OpenSSL versions 3.0.x antérieures à 3.0.16',
        'OpenSSL versions 3.1.x antérieures à 3.1.8',
      ]),
      machine([{ manager: 'windows', name: 'OpenSSL 3.1.4 (64-bit)', version: '3.1.4' }]),
    )
    expect(found?.evidence).toEqual([
      {
        verdict: 'concerned',
        line: 'OpenSSL versions 3.1.x antérieures à 3.1.8',
        package: { manager: 'windows', name: 'OpenSSL 3.1.4 (64-bit)', version: '3.1.4' },
        rule: 'in-range',
        fixedVersion: '3.1.8',
      },
    ])
  })
})
