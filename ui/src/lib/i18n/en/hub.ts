// The words of what is said of the hub itself: its problems on every page, its state in the settings, in English.
export const hub = {
  since: 'since {{time}}',
  problemDiskLow: 'The hub’s disk is almost full',
  problemDiskLowSafe:
    'Every new sample is still stored. To make room the hub deletes the oldest seconds before their time; their means stay.',
  problemDiskLowDo: 'Free space on the disk that holds its data, or give it a larger one.',
  problemDatabaseFull: 'The hub’s database has reached its limit',
  problemDatabaseFullSafe:
    'Every new sample is still stored. To make room the hub deletes the oldest seconds before their time; their means stay.',
  problemDatabaseFullDo: 'Raise VIGIE_MAX_DATABASE_SIZE, or keep less with VIGIE_RETENTION.',
  problemNotWriting: 'The hub cannot write to its database',
  problemNotWritingSafe: 'Nothing is lost yet: agents keep their samples until it can.',
  problemNotWritingDo:
    'Look at the hub’s log, and see that the disk of its data has room and may be written to.',
  problemMailFailing: 'Mail does not leave the hub',
  problemMailFailingSafe: 'What waits is kept and tried again for five days.',
  problemMailFailingDo:
    'Read what the relay answered in the mail settings, and check VIGIE_SMTP_URL.',
  problemCertificate: 'The hub’s certificate is about to end, or has ended',
  problemCertificateSafe:
    'Everything is kept; browsers and agents refuse the hub once it has ended.',
  problemCertificateDo:
    'Renew the files of VIGIE_TLS_CERT and VIGIE_TLS_KEY; the hub takes them by itself.',
  settings: 'Settings',
  sections: 'Sections of the settings',
  title: 'The hub',
  leadWell: 'The hub is well and keeps every second since {{time}}.',
  leadEmpty: 'The hub is well. It has not kept a sample yet.',
  leadProblems_one: 'The hub has a problem.',
  leadProblems_other: 'The hub has {{count}} problems.',
  version: 'Version',
  running: 'Running',
  runningSince: 'since {{time}}, for {{age}}',
  keeps: 'Keeps',
  keepsFor: 'every second for {{age}}',
  oldest: 'Oldest sample',
  oldestAgo: '{{time}}, {{age}} ago',
  oldestNone: 'none yet',
  database: 'Database',
  diskFree: 'Free on its disk',
  inForce: 'Settings in force',
  inForceNote: 'by the name of their variable',
  inForceFailed: 'The settings could not be read',
  isSet: 'set',
  isHeld: 'holds by itself',
  isNotSet: 'not set',
  isSecretSet: 'set, and secret',
  readOnly:
    'Set in the hub’s environment or in vigie.config.json; a change holds from its next start.',
  loadFailed: 'The state of the hub could not be read',
}
