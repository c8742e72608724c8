// Owns the heads of the fleet's columns.
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import type { Column } from './arrange.ts'

export function columnNames(t: typeof Translate): Record<Column, string> {
  return {
    host: t('fleet:columnHost'),
    system: t('fleet:columnSystem'),
    cpu: t('fleet:columnCpu'),
    memory: t('fleet:columnMemory'),
    filesystem: t('fleet:columnFilesystem'),
    receive: t('fleet:columnReceive'),
    transmit: t('fleet:columnTransmit'),
    load: t('fleet:columnLoad'),
    temperature: t('fleet:columnTemperature'),
    agent: t('fleet:columnAgent'),
    seen: t('fleet:columnSeen'),
  }
}
