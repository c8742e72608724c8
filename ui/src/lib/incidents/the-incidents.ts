// The incidents that are open, for the whole page; the shell starts them with the live connection.
import { OpenIncidents } from './open-incidents.svelte.ts'

export const openIncidents = new OpenIncidents()
