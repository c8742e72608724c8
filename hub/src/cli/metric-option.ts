// Owns what `--metric` may say.
import { parseSeries } from '@vigie/shared/metrics/series'
import { CommandError } from './command-error.ts'

/** Each is a metric or a written series. Throws a {@link CommandError}. */
export function checkedMetrics(
  metrics: readonly string[] | undefined,
): readonly string[] | undefined {
  const wrong = metrics?.find((metric) => parseSeries(metric) === undefined)
  if (wrong === undefined) return metrics
  throw new CommandError(
    `--metric is "${wrong}": a metric such as system.cpu.utilization, or a series such as 'system.disk.io{disk.io.direction="read",system.device="sda"}'`,
    { exitCode: 2 },
  )
}
