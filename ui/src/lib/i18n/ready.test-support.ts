// Has the words there before a test asks for one, as the layout has them before a page.
import { locale } from './i18n.svelte.ts'

await locale.ready
