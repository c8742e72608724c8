// Owns the words of every language at once, which only tests want.
import { messages as en } from './en/messages.ts'
import { messages as fr } from './fr/messages.ts'

export const MESSAGES = { en, fr }
