// Owns the file that says what one machine has: what is left out is unknown, what is more is passed over.
import { Inventory } from '@vigie/shared/protocol/inventory'
import { Package, PackageManager } from '@vigie/shared/protocol/packages'
import { Type, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { HostSoftware } from '../cert/ports.ts'
import { CommandError } from './command-error.ts'

const text = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const HostFile = Type.Object({
  os: Type.Object({ id: text, name: text, version: text, kernel: text, architecture: text }),
  packages: Type.Array(Type.Object({})),
  cpu: Type.Optional(Type.Object({ model: text })),
})
const { os: Os } = Inventory.properties
const MANAGERS = PackageManager.anyOf.map((each) => each.const).join(', ')

/**
 * Reads `{ os: { id, name, version, kernel, architecture }, cpu: { model }, packages: [{ manager, name, version, ... }] }`, as
 * agents tell them. Throws a {@link CommandError} of one line for what cannot be understood.
 */
export function hostOf(json: unknown, file: string): Omit<HostSoftware, 'hostId'> {
  if (!Value.Check(HostFile, json)) throw fault(file, firstFault(HostFile, json))
  const { id, name, version, kernel, architecture } = json.os
  if (!id && !name) throw fault(file, '/os needs an id or a name, such as "debian"')
  const os = {
    id: id ?? '',
    name: name ?? id ?? '',
    version: version ?? '',
    kernel: kernel ?? '',
    architecture: architecture ?? 'x64',
  }
  if (!Value.Check(Os, os)) throw fault(file, `/os${firstFault(Os, os)}`)
  const packages = json.packages.map((one, index) => packageOf(one, file, index))
  const processor = json.cpu?.model
  return { os, packages, ...(processor && { processor }) }
}

function packageOf(written: object, file: string, index: number): Package {
  const said = Object.entries(written).filter(
    ([key, value]) => key in Package.properties && value !== null && value !== '',
  )
  const one: unknown = Object.fromEntries(said)
  if (Value.Check(Package, one)) return one
  const isManager = Value.Check(Type.Object({ manager: PackageManager }), one)
  const why = isManager ? firstFault(Package, one) : `/manager must be one of ${MANAGERS}`
  throw fault(file, `/packages/${index}${why}`)
}

function firstFault(schema: TSchema, value: unknown): string {
  const [first] = Value.Errors(schema, value)
  return `${first?.instancePath ?? ''} ${first?.message ?? 'is not what a host has'}`
}

function fault(file: string, why: string): CommandError {
  return new CommandError(`${file}: ${why.trim()}`)
}
