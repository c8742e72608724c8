// The words of the fleet and of adding a host, in English.
export const fleet = {
  title: 'Fleet',
}
