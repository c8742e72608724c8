// What Debian's security data decides, on advisories and machines made for it. Tests carry the rules of docs/cert.md.
import type { AdvisoryDocument, AffectedSystem } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import { describe, expect, it } from 'vitest'
import type { HostSoftware, Match } from '../../ports.ts'
import { createMatcher } from '../match-hosts.ts'
import { advisory, aliases, DEBIAN_12, dpkg, linux, machine, told } from '../matching-fixtures.ts'
import { prepareAdvisories } from '../prepare.ts'
import type { DebianFix, DebianPackage, DebianPackages } from './debian-fix.ts'
import { DebianJudge } from './debian-judge.ts'

const DAY_MS = 86_400_000
const READ_MS = Date.UTC(2099, 5, 20)
const A = 'CVE-2099-10001'
const B = 'CVE-2099-10002'

const fixed = (version: string): DebianFix => ({ is: 'fixed', version })
const on12 = (stands: Record<string, DebianFix>, update?: string): DebianPackage => ({
  updates: update === undefined ? {} : { bookworm: update },
  fixes: Object.fromEntries(Object.entries(stands).map(([cve, fix]) => [cve, { bookworm: fix }])),
})

const OPENSSL: Partial<AdvisoryDocument> = { cves: [A], title: 'Vulnérabilité dans OpenSSL' }
const LINE = 'OpenSSL versions 3.0.x antérieures à 3.0.15'
const libssl = (version: string, more: Partial<Package> = {}) =>
  dpkg('libssl3', version, { source: 'openssl', ...more })

function matchesOf(
  documents: readonly AdvisoryDocument[],
  host: HostSoftware,
  packages: DebianPackages,
): Match[] {
  const judge = new DebianJudge(packages, { documents, readMs: READ_MS })
  return createMatcher(prepareAdvisories(documents, aliases), new Set(), judge).match(host)
}

/** What is told of libssl3 by an advisory on OpenSSL. */
function ofLibssl(
  one: Package | HostSoftware,
  stands: Record<string, DebianFix>,
  change: Partial<AdvisoryDocument> = {},
  lines: readonly string[] = [LINE],
) {
  const host = 'packages' in one ? one : machine([one])
  const document = advisory({ ...OPENSSL, ...change }, lines)
  const [found] = matchesOf([document], host, { openssl: on12(stands) })
  return found?.evidence[0]
}

describe('Debian’s security data', () => {
  it('D3: a package that has the fix, or never had the flaw, is not concerned', () => {
    const one = libssl('3.0.11-1~deb12u3')
    expect(ofLibssl(one, { [A]: fixed('3.0.11-1~deb12u3') })).toBeUndefined()
    expect(ofLibssl(one, { [A]: fixed('3.0.11-1~deb12u2') })).toBeUndefined()
    expect(ofLibssl(one, { [A]: fixed('0') })).toBeUndefined()
    expect(
      ofLibssl(one, { [A]: fixed('0'), [B]: fixed('3.0.9-1') }, { cves: [A, B] }),
    ).toBeUndefined()
  })

  it('D4: one that is older than the fix is concerned, with the highest of the fixes', () => {
    const stands = { [A]: fixed('3.0.11-1~deb12u2'), [B]: fixed('3.0.11-1~deb12u10') }
    expect(ofLibssl(libssl('3.0.11-1~deb12u1'), stands, { cves: [B, A] })).toEqual({
      verdict: 'concerned',
      rule: 'debian-older',
      line: LINE,
      package: { manager: 'dpkg', name: 'libssl3', version: '3.0.11-1~deb12u1' },
      fixedVersion: '3.0.11-1~deb12u10',
      distribution: { release: 'bookworm', cve: B, says: null },
    })
  })

  it('D4: one for which there is no fix yet is concerned', () => {
    expect(ofLibssl(libssl('3.0.11-1'), { [A]: { is: 'open' } })).toMatchObject({
      verdict: 'concerned',
      rule: 'debian-open',
      fixedVersion: null,
      distribution: { cve: A },
    })
  })

  it.each([
    ['debian-minor', { [A]: { is: 'minor', why: 'Minor issue' } }, [A]],
    ['debian-undetermined', { [A]: { is: 'undetermined' } }, [A]],
    // A CVE of which the data has nothing may be too new for it.
    ['debian-unknown', { [A]: fixed('0') }, [A, B]],
  ] as const)('D5: %s is to be checked', (rule, stands, cves) => {
    const evidence = ofLibssl(libssl('3.0.11-1'), stands, { cves: [...cves] })
    expect(evidence).toMatchObject({ verdict: 'check', rule })
    expect(evidence?.distribution?.says ?? null).toBe(
      rule === 'debian-minor' ? 'Minor issue' : null,
    )
  })

  it('D5: what is worst of several decides', () => {
    const minor: DebianFix = { is: 'minor', why: 'Minor issue' }
    const one = libssl('3.0.11-1')
    const both = { cves: [A, B] }
    expect(ofLibssl(one, { [A]: minor, [B]: { is: 'open' } }, both)?.rule).toBe('debian-open')
    expect(ofLibssl(one, { [A]: { is: 'open' }, [B]: fixed('3.0.12-1') }, both)?.rule).toBe(
      'debian-older',
    )
    expect(ofLibssl(one, { [A]: fixed('0'), [B]: minor }, both)?.rule).toBe('debian-minor')
  })

  it('D5: a CVE of another package decides nothing, and neither does a release that is not told', () => {
    const document = advisory({ ...OPENSSL, cves: [A, B] }, [LINE])
    const host = machine([libssl('3.0.11-1')])
    const other = on12({ [B]: { is: 'open' } })
    const of = (openssl: DebianPackage) =>
      matchesOf([document], host, { openssl, curl: other })[0]?.evidence[0]?.rule
    expect(of(on12({ [A]: fixed('0') }))).toBeUndefined()
    expect(of(on12({}))).toBe('backport')
    expect(of({ updates: {}, fixes: { [A]: { trixie: fixed('0') } } })).toBe('debian-undetermined')
  })

  it('D2: the source’s version decides, not the binary’s', () => {
    const stands = { [A]: fixed('3.0.11-1~deb12u2') }
    const older = libssl('3:9.9-1', { sourceVersion: '3.0.11-1~deb12u1' })
    const document = advisory({ ...OPENSSL }, ['OpenSSL toutes versions'])
    const [found] = matchesOf([document], machine([older]), { openssl: on12(stands) })
    expect(told(found)).toBe('concerned debian-older')
  })

  it('D2: a signed kernel is built from Linux', () => {
    const document = advisory({ cves: [A] }, ['Linux Kernel versions antérieures à 6.1.80'])
    const kernel = (version: string) =>
      machine([
        dpkg('linux-image-6.1.0-18-amd64', version, {
          source: 'linux-signed-amd64',
          sourceVersion: '6.1.76+1',
        }),
      ])
    const packages = { linux: on12({ [A]: fixed('6.1.76-1') }) }
    expect(matchesOf([document], kernel('6.1.76-1'), packages)).toEqual([])
    expect(told(matchesOf([document], kernel('6.1.69-1'), packages)[0])).toBe(
      'concerned debian-older',
    )
  })

  it('D2: a signed kernel of another series is built from that series’ source', () => {
    const document = advisory({ cves: [A] }, ['Linux Kernel versions antérieures à 6.1.120'])
    const onBullseye = (version: string): DebianPackage => ({
      updates: {},
      fixes: { [A]: { bullseye: fixed(version) } },
    })
    const packages = {
      linux: onBullseye('5.10.226-1'),
      'linux-6.1': onBullseye('6.1.119-1~deb11u1'),
    }
    const ruleOf = (uname: string, version: string, source: string) => {
      const os = linux('debian', 'Debian GNU/Linux', '11 (bullseye)', uname)
      const kernel = dpkg(`linux-image-${uname}`, version, { source })
      return told(matchesOf([document], machine([kernel], os), packages)[0])
    }
    const of61 = (version: string) =>
      ruleOf('6.1.0-0.deb11.17-amd64', version, 'linux-signed-6.1-amd64')
    expect(of61('6.1.69-1~deb11u1')).toBe('concerned debian-older')
    expect(of61('6.1.119-1~deb11u1')).toBeUndefined()
    expect(ruleOf('5.10.0-33-amd64', '5.10.226-1', 'linux-signed-amd64')).toBeUndefined()
  })

  it.each([
    ['Ubuntu', linux('ubuntu', 'Ubuntu', '22.04 LTS'), libssl('3.0.2-0ubuntu1')],
    ['Raspbian', linux('raspbian', 'Raspbian GNU/Linux', '12 (bookworm)'), libssl('3.0.11-1')],
    ['Mint', linux('linuxmint', 'Linux Mint Debian Edition', '12'), libssl('3.0.11-1')],
    ['backports', DEBIAN_12, libssl('3.0.14-1~bpo12+1')],
  ])('D2: what is of %s stays to be checked', (_, os, one) => {
    const evidence = ofLibssl(machine([one], os), { [A]: fixed('0') })
    expect(evidence).toMatchObject({ verdict: 'check', rule: 'backport' })
  })

  it('D2: what a product’s maker has built is not Debian’s', () => {
    const document = advisory({ cves: [A] }, ['nginx'])
    const packages = { nginx: on12({ [A]: fixed('1.22.1-9') }) }
    const of = (one: Package) => told(matchesOf([document], machine([one]), packages)[0])
    const makers = { origin: 'NGINX Packaging <nginx-packaging@f5.com>' }
    expect(of(dpkg('nginx', '1.24.0-1~bookworm', makers))).toBe('check no-version')
    expect(of(dpkg('nginx', '1.22.1-9'))).toBeUndefined()
  })

  it('D6: an advisory that says no version is answered', () => {
    const one = libssl('3.0.11-1~deb12u1')
    const lines = ['OpenSSL']
    expect(ofLibssl(one, { [A]: fixed('3.0.11-1~deb12u1') }, {}, lines)).toBeUndefined()
    expect(ofLibssl(one, { [A]: fixed('3.0.11-1~deb12u2') }, {}, lines)?.rule).toBe('debian-older')
  })

  it('D6: a condition remains to be checked, unless all is fixed', () => {
    const lines = [`${LINE} si le module FIPS est activé`]
    const rule = (stands: Record<string, DebianFix>) =>
      ofLibssl(libssl('3.0.11-1'), stands, {}, lines)?.rule
    expect(rule({})).toBe('condition')
    expect(rule({ [A]: { is: 'open' } })).toBe('condition')
    expect(rule({ [A]: fixed('0') })).toBeUndefined()
  })

  it('D6: versions that a notice names for Debian decide by themselves', () => {
    const document = advisory({ cves: [A], title: 'Vulnérabilité dans OpenSSL pour Debian' }, [
      'Debian bookworm versions antérieures à 3.0.11-1~deb12u2',
    ])
    const packages = { openssl: on12({ [A]: fixed('0') }) }
    expect(told(matchesOf([document], machine([libssl('3.0.11-1~deb12u1')]), packages)[0])).toBe(
      'concerned notice-older',
    )
  })
})

describe('an advisory of Debian’s own', () => {
  const affected: AffectedSystem[] = [{ text: 'Debian curl', vendor: 'Debian', product: 'curl' }]
  const dsa = (number: number, change: Partial<AdvisoryDocument> = {}) =>
    advisory({
      source: 'debian',
      kind: 'notice',
      reference: `DSA-${number}-1`,
      title: `DSA-${number}-1 curl - security update`,
      publishedMs: READ_MS - 10 * DAY_MS,
      affected,
      ...change,
    })
  const host = (version: string) =>
    machine([dpkg('libcurl4', version, { source: 'curl' }), dpkg('curl', version)])
  const rules = (documents: AdvisoryDocument[], version: string, one = on12({}, '7.88.1-10')) =>
    matchesOf(documents, host(version), { curl: one }).map(
      ({ reference, evidence }) => `${reference} ${evidence[0]?.rule ?? ''}`,
    )

  it('D7: without CVEs the newest update of its package decides', () => {
    expect(rules([dsa(9001)], '7.88.1-10')).toEqual([])
    expect(matchesOf([dsa(9001)], host('7.88.1-9'), { curl: on12({}, '7.88.1-10') })).toMatchObject(
      [
        {
          verdict: 'concerned',
          evidence: [{ rule: 'debian-update', fixedVersion: '7.88.1-10' }],
        },
      ],
    )
  })

  it('D7: of an earlier one, an older package may have the fix: it stays as it is', () => {
    expect(rules([dsa(9001), dsa(9002)], '7.88.1-9')).toEqual([
      'DSA-9001-1 notice-unfixed',
      'DSA-9002-1 debian-update',
    ])
    expect(rules([dsa(9001), dsa(9002)], '7.88.1-10')).toEqual([])
  })

  it('D7: data that may be older than the advisory decides nothing', () => {
    const fresh = dsa(9001, { publishedMs: READ_MS - DAY_MS })
    expect(rules([fresh], '7.88.1-10')).toEqual(['DSA-9001-1 notice-unfixed'])
  })

  it('D3, D4: with CVEs these decide', () => {
    const one = on12({ [A]: fixed('7.88.1-10') })
    expect(rules([dsa(9001, { cves: [A] })], '7.88.1-10', one)).toEqual([])
    expect(rules([dsa(9001, { cves: [A] })], '7.88.1-9', one)).toEqual(['DSA-9001-1 debian-older'])
  })
})
