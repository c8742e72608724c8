// Owns temperatures and fans, from /sys/class/hwmon and /sys/class/thermal (kernel: hwmon/sysfs-interface).
import { readdir, readFile } from 'node:fs/promises'
import { seriesKey, type SeriesKey } from '@vigie/shared/metrics/series'
import { BusyError, type RiskyCalls } from '../risky-calls.ts'
import type { Found } from '../slow-source.ts'
import type { Troubles } from '../troubles.ts'

const DEADLINE_MS = 1000
const COLDEST_CELSIUS = -60
const HOTTEST_CELSIUS = 250

/** A file that holds one number. */
export interface Sensor {
  readonly key: SeriesKey
  readonly path: string
  /** From the file's number to the metric's unit; NaN for what no such sensor can mean. */
  readonly scale: (raw: number) => number
}

export interface SensorAccess {
  readonly root: string
  readonly calls: RiskyCalls
  readonly troubles: Troubles
}

// Sensors are plugged in more rarely than they are read.
const FOUND_ANEW_EVERY = 6

/** Gives a search that reads all sensors, and looks for new ones every sixth time. */
export function sensorSearch(access: SensorAccess): () => Promise<Found> {
  let sensors: readonly Sensor[] = []
  let searches = 0
  return async () => {
    if (searches++ % FOUND_ANEW_EVERY === 0) sensors = await findSensors(access)
    return { keys: sensors.map(({ key }) => key), values: await readSensors(sensors, access) }
  }
}

/** Lists the sensors of this machine. Sensors whose own names cannot be read are told of and left out. */
export async function findSensors(access: SensorAccess): Promise<Sensor[]> {
  const chips = await findChips(access)
  const zones = await findZones(access)
  const chipNames = new Set(chips.map(({ name }) => name))
  const sensors = [
    ...chips.flatMap((chip) => chip.sensors),
    // Most zones are shown as a chip of the same name too.
    ...zones.filter(({ name }) => !chipNames.has(name)).flatMap((zone) => zone.sensors),
  ]
  return [...new Map(sensors.map((sensor) => [sensor.key, sensor])).values()].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  )
}

/** Reads each sensor by itself; one that is stuck or broken is NaN and costs the others one deadline, once. */
export async function readSensors(
  sensors: readonly Sensor[],
  { calls, troubles }: SensorAccess,
): Promise<Float64Array> {
  const values = new Float64Array(sensors.length).fill(NaN)
  for (const [index, { path, scale }] of sensors.entries()) {
    try {
      values[index] = scale(Number(await readText(path, calls)))
      troubles.worked(`sensor ${path}`)
    } catch (cause) {
      troubles.failed(`sensor ${path}`, cause)
    }
  }
  return values
}

interface Chip {
  readonly name: string
  readonly sensors: readonly Sensor[]
}

async function findChips(access: SensorAccess): Promise<Chip[]> {
  const base = `${access.root}sys/class/hwmon`
  const chips: Chip[] = []
  const seen = new Map<string, number>()
  for (const entry of byNumber(await list(base))) {
    const found = await nameOf(`${base}/${entry}/name`, access)
    if (found === undefined) continue
    const count = (seen.get(found) ?? 0) + 1
    seen.set(found, count)
    // Two disks of one make are two chips of one name.
    const name = count === 1 ? found : `${found}-${count}`
    chips.push({ name, sensors: await chipSensors(`${base}/${entry}`, name, access) })
  }
  return chips
}

async function chipSensors(path: string, chip: string, access: SensorAccess): Promise<Sensor[]> {
  const files = await list(path)
  const sensors: Sensor[] = []
  for (const file of byNumber(files)) {
    const input = /^((temp|fan)\d+)_input$/.exec(file)
    if (!input?.[1]) continue
    const channel = input[1]
    const label = files.includes(`${channel}_label`)
      ? await nameOf(`${path}/${channel}_label`, access)
      : undefined
    const isFan = input[2] === 'fan'
    sensors.push({
      key: keyOf(isFan ? 'hw.fan.speed' : 'hw.temperature', chip, label ?? channel),
      path: `${path}/${file}`,
      scale: isFan ? (perMinute) => perMinute / 60 : celsius,
    })
  }
  return sensors
}

async function findZones(access: SensorAccess): Promise<Chip[]> {
  const base = `${access.root}sys/class/thermal`
  const zones: Chip[] = []
  for (const entry of byNumber(await list(base))) {
    if (!entry.startsWith('thermal_zone')) continue
    const name = await nameOf(`${base}/${entry}/type`, access)
    if (name === undefined) continue
    const key = keyOf('hw.temperature', name, entry)
    zones.push({ name, sensors: [{ key, path: `${base}/${entry}/temp`, scale: celsius }] })
  }
  return zones
}

function keyOf(metric: string, chip: string, location: string): SeriesKey {
  return seriesKey(metric, {
    'hw.name': chip.slice(0, 64),
    'hw.sensor_location': location.slice(0, 64),
  })
}

// Inputs that nothing is wired to read as -128 or 255 degrees and the like.
function celsius(millidegrees: number): number {
  const value = millidegrees / 1000
  return value > COLDEST_CELSIUS && value < HOTTEST_CELSIUS ? value : NaN
}

async function nameOf(
  path: string,
  { calls, troubles }: SensorAccess,
): Promise<string | undefined> {
  try {
    return (await readText(path, calls)).trim() || undefined
  } catch (cause) {
    if (!(cause instanceof BusyError)) troubles.failed(`sensor ${path}`, cause)
    return undefined
  }
}

function readText(path: string, calls: RiskyCalls): Promise<string> {
  return calls.call(path, DEADLINE_MS, () => readFile(path, 'utf8'))
}

async function list(path: string): Promise<string[]> {
  try {
    return await readdir(path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw cause
  }
}

function byNumber(names: readonly string[]): string[] {
  return names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
