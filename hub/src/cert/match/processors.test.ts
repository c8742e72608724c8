// Advisories on processors, and those that only look so.
import { describe, expect, it } from 'vitest'
import { advisory, machine, match, told } from './matching-fixtures.ts'

const XEON = 'Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz'
const CORE_12 = '12th Gen Intel(R) Core(TM) i7-12700K'
const CORE_8 = 'Intel(R) Core(TM) i5-8500 CPU @ 3.00GHz'
const MOBILE_13 = 'Intel(R) Core(TM) i7-1365U'
const ULTRA = 'Intel(R) Core(TM) Ultra 7 155H'
const XEON_D = 'Intel(R) Xeon(R) D-2141I CPU @ 2.20GHz'
const EPYC = 'AMD EPYC 7543 32-Core Processor'
const RYZEN = 'AMD Ryzen 7 5800X 8-Core Processor'
const MODELS = {
  XEON,
  CORE_12,
  CORE_8,
  MOBILE_13,
  ULTRA,
  XEON_D,
  EPYC,
  RYZEN,
  VIRTUAL: 'QEMU Virtual CPU',
  ARM: 'Neoverse-N1',
}

const matched = (text: string, model: string | undefined, vendor = 'N/A') => {
  const affected = [{ text, vendor, product: 'N/A' }]
  return match(advisory({ affected }), { ...machine([]), ...(model && { processor: model }) })
}
const toCheck = (text: string, vendor?: string) =>
  Object.entries(MODELS)
    .filter(([, model]) => matched(text, model, vendor) !== undefined)
    .map(([name]) => name)

describe('C9: a line on processors', () => {
  it.each([
    [
      'les processeurs Intel sans le dernier correctif de sécurité',
      'Intel',
      ['XEON', 'CORE_12', 'CORE_8', 'MOBILE_13', 'ULTRA', 'XEON_D'],
    ],
    [
      'Famille de processeurs Intel Xeon 6 sans les derniers correctifs',
      'Intel',
      ['XEON', 'XEON_D'],
    ],
    ['Processeurs Xeon de 4e génération sans le dernier correctif', 'Intel', ['XEON', 'XEON_D']],
    ['Famille de processeurs Intel Core de 12e génération sans correctif', 'Intel', ['CORE_12']],
    ['Famille de processeurs Intel Core de 13e génération', 'Intel', ['MOBILE_13']],
    ['Famille de processeurs Intel Core Ultra sans correctif', 'Intel', ['ULTRA']],
    ['Famille de processeurs Intel Xeon D sans correctif', 'Intel', ['XEON_D']],
    [
      'Processeurs Intel Core et Intel Xeon',
      'N/A',
      ['XEON', 'CORE_12', 'CORE_8', 'MOBILE_13', 'ULTRA', 'XEON_D'],
    ],
    ['Microcode des processeurs AMD EPYC', 'AMD', ['EPYC']],
    ['Processeurs AMD', 'N/A', ['EPYC', 'RYZEN']],
    ['AMD Ryzen 5000 Series processors without the latest microcode', 'AMD', ['RYZEN']],
    ['Intel processors', 'Intel', ['XEON', 'CORE_12', 'CORE_8', 'MOBILE_13', 'ULTRA', 'XEON_D']],
  ])('%s', (text, vendor, hosts) => {
    expect(toCheck(text, vendor)).toEqual(hosts)
  })

  it.each([
    ['Intel Processor Identification Utility versions antérieures à 8.0.43', 'Intel'],
    ['Intel Processor Diagnostic Tool versions antérieures à 4.1.9', 'Intel'],
    ['Pilotes réseau Intel pour processeurs Intel', 'Intel'],
    ['Processeurs graphiques Intel Arc', 'Intel'],
    ['AMD Radeon Software versions antérieures à 24.6.1', 'AMD'],
    ['AMD Ryzen Master versions antérieures à 2.14', 'AMD'],
    ['Intel Xeon Server Board BIOS sans correctif', 'Intel'],
    ['XenServer 8.4 sur processeur AMD Zen 5 sans le microgiciel', 'Citrix'],
    ['Processeurs Intel des serveurs PowerEdge', 'Dell'],
    ['Processeurs Qualcomm Snapdragon', 'Qualcomm'],
    ['Cortex XDR Agent versions antérieures à 8.6.1', 'Palo Alto Networks'],
    ['Processeur de paiement versions antérieures à 2.1', 'AMD Payments'],
  ])('is not: %s', (text, vendor) => {
    expect(toCheck(text, vendor)).toEqual([])
  })

  it('is to be checked, never certain, with the processor that says so', () => {
    const found = matched('Processeurs Intel', XEON, 'Intel')
    expect(told(found)).toBe('check processor')
    expect(found?.evidence[0]).toMatchObject({ package: null, processor: XEON })
  })

  it('says nothing of a machine whose processor is not known', () => {
    expect(matched('Processeurs Intel', undefined, 'Intel')).toBeUndefined()
  })
})
