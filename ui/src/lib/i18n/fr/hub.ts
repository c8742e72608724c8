// The words of what is said of the hub itself: its problems on every page, its state in the settings, in French.
import type { hub as english } from '../en/hub.ts'

export const hub: Record<keyof typeof english, string> = {
  since: 'depuis {{time}}',
  problemDiskLow: 'Le disque du hub est presque plein',
  problemDiskLowSafe:
    'Chaque nouvelle mesure est encore enregistrée. Pour faire de la place, le hub efface les plus anciennes secondes avant leur terme ; leurs moyennes restent.',
  problemDiskLowDo:
    'Libérez de l’espace sur le disque qui porte ses données, ou donnez-lui un disque plus grand.',
  problemDatabaseFull: 'La base de données du hub a atteint sa limite',
  problemDatabaseFullSafe:
    'Chaque nouvelle mesure est encore enregistrée. Pour faire de la place, le hub efface les plus anciennes secondes avant leur terme ; leurs moyennes restent.',
  problemDatabaseFullDo:
    'Augmentez VIGIE_MAX_DATABASE_SIZE, ou gardez moins longtemps avec VIGIE_RETENTION.',
  problemNotWriting: 'Le hub ne peut pas écrire dans sa base de données',
  problemNotWritingSafe:
    'Rien n’est encore perdu : les agents gardent leurs mesures jusqu’à ce qu’il le puisse.',
  problemNotWritingDo:
    'Consultez le journal du hub, et vérifiez que le disque de ses données a de la place et accepte l’écriture.',
  problemMailFailing: 'Les messages ne partent pas du hub',
  problemMailFailingSafe: 'Ce qui attend est gardé et réessayé pendant cinq jours.',
  problemMailFailingDo:
    'Lisez la réponse du relais dans les réglages des messages, et vérifiez VIGIE_SMTP_URL.',
  problemCertificate: 'Le certificat du hub expire bientôt, ou a expiré',
  problemCertificateSafe:
    'Tout est gardé ; navigateurs et agents refusent le hub dès qu’il a expiré.',
  problemCertificateDo:
    'Renouvelez les fichiers de VIGIE_TLS_CERT et VIGIE_TLS_KEY ; le hub les prend de lui-même.',
  settings: 'Réglages',
  sections: 'Sections des réglages',
  title: 'Le hub',
  leadWell: 'Le hub va bien et garde chaque seconde depuis {{time}}.',
  leadEmpty: 'Le hub va bien. Il n’a encore gardé aucune mesure.',
  leadProblems_one: 'Le hub a un problème.',
  leadProblems_other: 'Le hub a {{count}} problèmes.',
  version: 'Version',
  running: 'En marche',
  runningSince: 'depuis {{time}}, soit {{age}}',
  keeps: 'Conservation',
  keepsFor: 'chaque seconde pendant {{age}}',
  oldest: 'Plus ancienne mesure',
  oldestAgo: '{{time}}, il y a {{age}}',
  oldestNone: 'aucune encore',
  database: 'Base de données',
  diskFree: 'Libre sur son disque',
  inForce: 'Réglages en vigueur',
  inForceNote: 'par le nom de leur variable',
  inForceFailed: 'Les réglages n’ont pas pu être lus',
  isSet: 'défini',
  isHeld: 'vaut de lui-même',
  isNotSet: 'non défini',
  isSecretSet: 'défini, et secret',
  readOnly:
    'Se règle dans l’environnement du hub ou dans vigie.config.json ; un changement vaut dès son prochain démarrage.',
  loadFailed: 'L’état du hub n’a pas pu être lu',
}
