// Gives tests the words once they are there, as the layout gives them to pages.
import { locale, t } from './i18n.svelte.ts'

await locale.ready

export { t }
