// The one live connection of the page, to the hub that served it. It is started by the shell once somebody is signed in.
import { atHub } from '../api/at-hub.ts'
import { LiveConnection } from './live-connection.svelte.ts'

export const live = new LiveConnection(location.origin.replace(/^http/, 'ws') + atHub('/live'))
