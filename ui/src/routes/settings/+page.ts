// Owns where the settings open.
import { resolve } from '$app/paths'
import { redirect } from '@sveltejs/kit'

export function load(): never {
  redirect(307, resolve('/settings/hub'))
}
