// One static shell: every page is drawn in the browser from live data.
import { locale } from '#lib/i18n/i18n.svelte.ts'

export const ssr = false
export const prerender = false

/** The one language in use is fetched before anything is drawn. */
export const load = () => locale.ready
