// The alerts that are open, for the whole page; the shell starts them.
import { OpenAlerts } from './open-alerts.svelte.ts'

export const openAlerts = new OpenAlerts()
