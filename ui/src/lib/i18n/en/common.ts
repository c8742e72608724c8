// The words of the shell, and those that several pages share, in English.
export const common = {
  skipToContent: 'Skip to content',
  fleet: 'Fleet',
  statusUp: 'Well',
  statusDown: 'Down',
  statusUnknown: 'Unknown',
}
