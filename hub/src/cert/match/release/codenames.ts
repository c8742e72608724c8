// Owns which number a release's name stands for.

export const CODENAMES = {
  debian: new Map([
    ['jessie', '8'],
    ['stretch', '9'],
    ['buster', '10'],
    ['bullseye', '11'],
    ['bookworm', '12'],
    ['trixie', '13'],
    ['forky', '14'],
    ['duke', '15'],
  ]),
  ubuntu: new Map([
    ['trusty', '14.04'],
    ['xenial', '16.04'],
    ['bionic', '18.04'],
    ['focal', '20.04'],
    ['jammy', '22.04'],
    ['noble', '24.04'],
    ['oracular', '24.10'],
    ['plucky', '25.04'],
    ['questing', '25.10'],
  ]),
} as const

export const MACOS_NAMES = new Map([
  ['catalina', '10.15'],
  ['big sur', '11'],
  ['monterey', '12'],
  ['ventura', '13'],
  ['sonoma', '14'],
  ['sequoia', '15'],
  ['tahoe', '26'],
])

/** Windows' own names of its builds: of clients and of servers. */
export const WINDOWS_BUILDS = new Map([
  [10240, '1507'],
  [10586, '1511'],
  [14393, '1607'],
  [15063, '1703'],
  [16299, '1709'],
  [17134, '1803'],
  [17763, '1809'],
  [18362, '1903'],
  [18363, '1909'],
  [19041, '2004'],
  [19042, '20h2'],
  [19043, '21h1'],
  [19044, '21h2'],
  [19045, '22h2'],
  [20348, '21h2'],
  [22000, '21h2'],
  [22621, '22h2'],
  [22631, '23h2'],
  [25398, '23h2'],
  [26100, '24h2'],
  [26200, '25h2'],
])
