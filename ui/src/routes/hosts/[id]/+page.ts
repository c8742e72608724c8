// Owns which addresses are of a host: those with its number.
import { error } from '@sveltejs/kit'
import type { PageLoad } from './$types'

export const load: PageLoad = ({ params }) => {
  if (!/^\d{1,15}$/.test(params.id)) error(404)
}
