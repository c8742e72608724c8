// Owns what one can do about one's own second factor.

export type FactorDeed = 'set-up' | 'renew' | 'disable'
