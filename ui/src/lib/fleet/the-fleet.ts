// The one fleet of the page; the shell starts it with the live connection.
import { hosts } from '../api/client.ts'
import { Fleet } from './fleet.svelte.ts'

export const fleet = new Fleet(hosts)
