// Owns what attributes and their values are called: those that have a word of their own; others are names and stay as they are.
import type { Locale } from '../format/locale.ts'

export const ATTRIBUTE_VALUES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: {
    receive: 'received',
    transmit: 'sent',
    in_use: 'in use',
    time_wait: 'closing',
  },
  fr: {
    user: 'utilisateur',
    system: 'système',
    interrupt: 'irq',
    steal: 'volé',
    idle: 'inactif',
    used: 'utilisé',
    free: 'libre',
    available: 'disponible',
    buffers: 'tampons',
    cached: 'cache',
    read: 'lecture',
    write: 'écriture',
    receive: 'reçu',
    transmit: 'émis',
    in: 'lues',
    out: 'écrites',
    major: 'majeurs',
    minor: 'mineurs',
    running: 'actifs',
    blocked: 'bloqués',
    in_use: 'utilisés',
    time_wait: 'en clôture',
    memory: 'mémoire',
    cpu: 'processeur',
    io: 'E/S',
    some: 'une tâche',
    full: 'toutes',
    failed: 'en échec',
  },
}

/** One of what an attribute tells apart: "any device", "tout périphérique". */
export const ANY_ATTRIBUTE: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: {
    'cpu.logical_number': 'any core',
    'cpu.mode': 'any mode',
    'disk.io.direction': 'either direction',
    'hw.name': 'any chip',
    'hw.sensor_location': 'any sensor',
    'network.interface.name': 'any interface',
    'network.io.direction': 'either direction',
    'system.device': 'any device',
    'system.filesystem.mountpoint': 'any filesystem',
  },
  fr: {
    'cpu.logical_number': 'tout cœur',
    'cpu.mode': 'tout mode',
    'disk.io.direction': 'chaque sens',
    'hw.name': 'tout composant',
    'hw.sensor_location': 'tout capteur',
    'network.interface.name': 'toute interface',
    'network.io.direction': 'chaque sens',
    'system.device': 'tout périphérique',
    'system.filesystem.mountpoint': 'tout système de fichiers',
  },
}
