// Owns the sealed form of a sequence of numbers, such as one series of an hour: integers that are often the same as
// before, small, or multiples of one number take few bits.
import { CodecError } from '@vigie/shared/codec/codec-error'
import { bitModel, forget, type RangeDecoder, type RangeEncoder } from './range-coder.ts'

/** How a sequence is written; the better one is estimated. */
const FORMS = { constant: 0, offsets: 1, differences: 2, floats: 3 } as const

const MANTISSA_BITS = 3
/** Where each kind of decision has its contexts: by the lengths in bits of the two numbers before. */
const ZERO = 0
const LENGTH = ZERO + 32
const SIGN = LENGTH + 32 * 64
const MANTISSA = SIGN + 3 * 64
const CONTEXTS = MANTISSA + 54 * 2 ** MANTISSA_BITS

// Both are as large as a sequence's knowledge, and one thread works on one sequence at a time.
const model = bitModel(CONTEXTS)
const floatBytes = new DataView(new ArrayBuffer(8))

/** Writes numbers, of which a reader must know how many there are. -0 is written as 0 where all are integers. */
export function writeSequence(encoder: RangeEncoder, values: Float64Array): void {
  const { form, base, factor, residuals } = formOf(values)
  encoder.bits(form, 2)
  if (form === FORMS.floats) {
    for (const value of values) writeFloat(encoder, value)
    return
  }
  writeInteger(encoder, base)
  if (form === FORMS.constant) return
  writeInteger(encoder, factor)
  writeResiduals(encoder, residuals, form === FORMS.differences)
}

/** Reads as many numbers as `values` has room for. Throws a {@link CodecError} for what {@link writeSequence} cannot have written. */
export function readSequence(decoder: RangeDecoder, values: Float64Array): void {
  const form = decoder.bits(2)
  if (form === FORMS.floats) {
    for (let index = 0; index < values.length; index++) values[index] = readFloat(decoder)
    return
  }
  const base = readInteger(decoder)
  if (form === FORMS.constant) {
    values.fill(base)
    return
  }
  const factor = readInteger(decoder)
  readResiduals(decoder, values, form === FORMS.differences)
  let previous = base
  let greatest = 0
  for (let index = 0; index < values.length; index++) {
    const value = (form === FORMS.differences ? previous : base) + (values[index] ?? 0) * factor
    const magnitude = Math.abs(value)
    if (magnitude > greatest) greatest = magnitude
    values[index] = value
    previous = value
  }
  if (greatest > Number.MAX_SAFE_INTEGER)
    throw new CodecError('out-of-range', 'an integer of a sequence')
}

interface Form {
  readonly form: number
  readonly base: number
  readonly factor: number
  readonly residuals: Float64Array
}

function formOf(values: Float64Array): Form {
  const first = values[0] ?? 0
  let least = first
  let greatest = first
  let isInteger = true
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0
    if (value !== Math.floor(value)) isInteger = false
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  const isSafe = Number.isSafeInteger(least) && Number.isSafeInteger(greatest)
  if (!isInteger || !isSafe || greatest - least > Number.MAX_SAFE_INTEGER) {
    return { form: FORMS.floats, base: 0, factor: 1, residuals: values }
  }
  if (least === greatest) {
    return { form: FORMS.constant, base: least + 0, factor: 1, residuals: values }
  }
  const factor = commonFactor(values)
  const residuals = new Float64Array(values.length)
  if (estimatedBits(values, least, 0) < estimatedBits(values, first, 1)) {
    for (let index = 0; index < values.length; index++) {
      residuals[index] = ((values[index] ?? 0) - least) / factor
    }
    return { form: FORMS.offsets, base: least, factor, residuals }
  }
  for (let index = 1; index < values.length; index++) {
    residuals[index] = ((values[index] ?? 0) - (values[index - 1] ?? 0)) / factor
  }
  return { form: FORMS.differences, base: first, factor, residuals }
}

/** The greatest number of which all differences are multiples; they are not all 0. */
function commonFactor(values: Float64Array): number {
  let factor = 0
  for (let index = 1; index < values.length && factor !== 1; index++) {
    let rest = Math.abs((values[index] ?? 0) - (values[index - 1] ?? 0))
    while (rest > 0) [factor, rest] = [rest, factor % rest]
  }
  return factor
}

const POWERS = Float64Array.from({ length: 54 }, (_, exponent) => 2 ** exponent)
const lengths = new Uint32Array(54)

/** About what residuals to `base`, or to the value before (`lag` 1), would take: the entropy of their lengths and the digits below. */
function estimatedBits(values: Float64Array, base: number, lag: 0 | 1): number {
  lengths.fill(0)
  let bits = 0
  let previous = base
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0
    const length = bitLength(Math.abs(value - previous))
    if (lag === 1) previous = value
    lengths[length] = (lengths[length] ?? 0) + 1
    // A difference has a sign beside the digits below its highest.
    bits += length === 0 ? 0 : length - 1 + lag
  }
  for (const count of lengths) if (count > 0) bits -= count * Math.log2(count / values.length)
  return bits
}

/** How many binary digits a magnitude below 2^53 has: none for 0. */
function bitLength(magnitude: number): number {
  return magnitude < 2 ** 32
    ? 32 - Math.clz32(magnitude)
    : 64 - Math.clz32(Math.floor(magnitude / 2 ** 32))
}

function writeResiduals(encoder: RangeEncoder, residuals: Float64Array, isSigned: boolean): void {
  forget(model)
  let greatest = 0
  for (let index = 0; index < residuals.length; index++) {
    const magnitude = Math.abs(residuals[index] ?? 0)
    if (magnitude > greatest) greatest = magnitude
  }
  const width = bitLength(bitLength(greatest) - 1)
  encoder.bits(width, 3)
  let previous = 0
  let wasZero = 1
  let sign = 0
  for (let index = 0; index < residuals.length; index++) {
    const residual = residuals[index] ?? 0
    const magnitude = Math.abs(residual)
    const length = bitLength(magnitude)
    const before = Math.min(previous, 15) * 2 + wasZero
    wasZero = previous === 0 ? 1 : 0
    previous = length
    encoder.bit(model, ZERO + before, length === 0 ? 0 : 1)
    if (length === 0) continue
    writeTree(encoder, LENGTH + before * 64, length - 1, width)
    if (isSigned) {
      const isNegative = residual < 0 ? 1 : 0
      encoder.bit(model, SIGN + sign * 64 + length, isNegative)
      sign = 1 + isNegative
    }
    const below = length - 1
    const learned = Math.min(below, MANTISSA_BITS)
    const rest = below - learned
    const high = rest === 0 ? magnitude : Math.floor(magnitude / (POWERS[rest] ?? 1))
    writeTree(encoder, MANTISSA + length * 2 ** MANTISSA_BITS, high - (1 << learned), learned)
    encoder.bits(magnitude, rest)
  }
}

function readResiduals(decoder: RangeDecoder, residuals: Float64Array, isSigned: boolean): void {
  forget(model)
  const width = decoder.bits(3)
  let previous = 0
  let wasZero = 1
  let sign = 0
  for (let index = 0; index < residuals.length; index++) {
    const before = Math.min(previous, 15) * 2 + wasZero
    wasZero = previous === 0 ? 1 : 0
    previous = 0
    residuals[index] = 0
    if (decoder.bit(model, ZERO + before) === 0) continue
    const length = 1 + readTree(decoder, LENGTH + before * 64, width)
    if (length > 53) throw new CodecError('out-of-range', 'an integer over 2^53-1')
    previous = length
    if (isSigned) sign = 1 + decoder.bit(model, SIGN + sign * 64 + length)
    const below = length - 1
    const learned = Math.min(below, MANTISSA_BITS)
    const rest = below - learned
    const high = (1 << learned) + readTree(decoder, MANTISSA + length * 2 ** MANTISSA_BITS, learned)
    const magnitude = rest === 0 ? high : high * (POWERS[rest] ?? 1) + decoder.bits(rest)
    residuals[index] = sign === 2 ? -magnitude : magnitude
  }
}

/** A number of `width` bits, highest first, each in the context of those above it. */
function writeTree(encoder: RangeEncoder, contexts: number, value: number, width: number): void {
  let node = 1
  for (let place = width - 1; place >= 0; place--) {
    const bit = (value >> place) & 1
    encoder.bit(model, contexts + node, bit)
    node = node * 2 + bit
  }
}

function readTree(decoder: RangeDecoder, contexts: number, width: number): number {
  let node = 1
  for (let place = 0; place < width; place++) {
    node = node * 2 + decoder.bit(model, contexts + node)
  }
  return node - (1 << width)
}

function writeInteger(encoder: RangeEncoder, value: number): void {
  const magnitude = Math.abs(value)
  const length = bitLength(magnitude)
  encoder.bits(length, 6)
  if (length > 0) encoder.bits(value < 0 ? 1 : 0, 1)
  encoder.bits(magnitude, length)
}

function readInteger(decoder: RangeDecoder): number {
  const length = decoder.bits(6)
  if (length > 53) throw new CodecError('out-of-range', 'an integer over 2^53-1')
  const isNegative = length > 0 && decoder.bits(1) === 1
  const magnitude = decoder.bits(length)
  return isNegative ? -magnitude : magnitude
}

function writeFloat(encoder: RangeEncoder, value: number): void {
  floatBytes.setFloat64(0, value)
  encoder.bits(floatBytes.getUint32(0), 32)
  encoder.bits(floatBytes.getUint32(4), 32)
}

function readFloat(decoder: RangeDecoder): number {
  floatBytes.setUint32(0, decoder.bits(32))
  floatBytes.setUint32(4, decoder.bits(32))
  return floatBytes.getFloat64(0)
}
