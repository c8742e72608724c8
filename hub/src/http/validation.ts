// Owns how requests are checked against their TypeBox schemas, and how a fault is told to people.
import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { Value } from 'typebox/value'
import type { FieldFault } from './problem.ts'

/** Numbers and lists arrive as text everywhere but in a body. Nothing unknown is removed: it is a fault. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema)
  return (value: unknown) => {
    const converted = httpPart === 'body' ? value : Value.Convert(schema, value)
    if (check.Check(converted)) return { value: converted }
    return { error: check.Errors(converted) as unknown as FastifySchemaValidationError[] }
  }
}

/** The faults of a request's `part` (body, querystring, params), one a field. */
export function faultsOf(
  part: string,
  errors: readonly FastifySchemaValidationError[],
): FieldFault[] {
  const place = part === 'querystring' ? 'query' : part
  const faults = new Map<string, FieldFault>()
  for (const error of errors as unknown as readonly TLocalizedValidationError[]) {
    const fault = faultOf(place, error)
    // The first of a field is the plainest; the rest are alternatives of the same union.
    if (fault && !faults.has(fault.field)) faults.set(fault.field, fault)
  }
  return [...faults.values()]
}

function faultOf(place: string, error: TLocalizedValidationError): FieldFault | undefined {
  switch (error.keyword) {
    case 'required':
      return field(
        `${place}${error.instancePath}/${error.params.requiredProperties[0] ?? ''}`,
        'is missing',
      )
    case 'additionalProperties':
      return field(
        `${place}${error.instancePath}/${error.params.additionalProperties[0] ?? ''}`,
        'is not known here',
      )
    // What an unknown property's schema, `false`, says; the keyword above says it better.
    case 'boolean':
      return undefined
    case 'pattern':
      return field(`${place}${error.instancePath}`, `must match ${String(error.params.pattern)}`)
    default:
      return field(`${place}${error.instancePath}`, error.message)
  }
}

function field(path: string, message: string): FieldFault {
  return { field: path, message }
}
