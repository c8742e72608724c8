// Owns which languages Vigie writes to people in.

export const LOCALES = ['en', 'fr'] as const
export type Locale = (typeof LOCALES)[number]
