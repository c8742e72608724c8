// Owns labels of more real documents of CERT-FR by reference, against the later fleets; see real-labels.ts. Of each random draw
// all are here: those that concern no machine are only named.
import type { Labelled } from './documents.ts'

type Judged = Pick<Labelled, 'concerned' | 'check'>

interface RealLabels {
  /** By reference. */
  readonly judged: Readonly<Record<string, Judged>>
  readonly nobody: string
}

export const LATER_REAL_LABELS: Readonly<Record<string, RealLabels>> = {
  second: {
    judged: {
      'CERTFR-2021-ALE-013': { check: 'win19-veeam' },
      'CERTFR-2025-AVI-0049': { concerned: 'win11-lap' },
      'CERTFR-2025-AVI-0101': { check: 'win19-veeam' },
      'CERTFR-2025-AVI-0201': { concerned: 'win19-veeam win11-lap' },
      'CERTFR-2025-AVI-0301': { concerned: 'win11-lap win19-veeam' },
      'CERTFR-2025-AVI-0413': { concerned: 'ub22-web' },
      'CERTFR-2025-AVI-0449': { concerned: 'sles15sp6-web' },
      'CERTFR-2025-AVI-0465': { concerned: 'sles15sp6-web' },
      'CERTFR-2025-AVI-0513': { concerned: 'win19-veeam' },
      'CERTFR-2025-AVI-0533': { concerned: 'ub22-web' },
      'CERTFR-2025-AVI-0613': { concerned: 'win19-veeam mac-lap' },
      'CERTFR-2025-AVI-0625': { concerned: 'ub22-web' },
      'CERTFR-2025-AVI-0629': { concerned: 'win19-veeam win11-lap mac-lap' },
      'CERTFR-2025-AVI-0649': { concerned: 'sles15sp6-web' },
      'CERTFR-2025-AVI-0721': { concerned: 'ub22-web' },
      'CERTFR-2025-AVI-0761': { concerned: 'win19-veeam win11-lap mac-lap' },
      'CERTFR-2025-AVI-0797': { concerned: 'win11-lap mac-lap' },
      'CERTFR-2025-AVI-0805': { concerned: 'sles15sp6-web' },
      'CERTFR-2025-AVI-0873': { concerned: 'win11-lap mac-lap', check: 'deb13-git' },
      'CERTFR-2025-AVI-0929': { concerned: 'win11-lap' },
      'CERTFR-2026-AVI-0045': { concerned: 'win19-veeam' },
      'CERTFR-2026-AVI-0077': { concerned: 'win11-lap' },
      'CERTFR-2026-AVI-0089': { check: 'win11-lap' },
    },
    nobody: `
      CERTFR-2021-ALE-001 CERTFR-2021-ALE-009 CERTFR-2021-ALE-011 CERTFR-2024-ALE-011 CERTFR-2025-AVI-0001
      CERTFR-2025-AVI-0021 CERTFR-2025-AVI-0073 CERTFR-2025-AVI-0085 CERTFR-2025-AVI-0125 CERTFR-2025-AVI-0225
      CERTFR-2025-AVI-0249 CERTFR-2025-AVI-0261 CERTFR-2025-AVI-0269 CERTFR-2025-AVI-0433 CERTFR-2025-AVI-0437
      CERTFR-2025-AVI-0485 CERTFR-2025-AVI-0493 CERTFR-2025-AVI-0685 CERTFR-2025-AVI-0757 CERTFR-2025-AVI-0765
      CERTFR-2025-AVI-0829 CERTFR-2025-AVI-0833 CERTFR-2025-AVI-0897 CERTFR-2025-AVI-0941 CERTFR-2025-AVI-0969
      CERTFR-2025-AVI-0985 CERTFR-2025-AVI-1021 CERTFR-2025-AVI-1025 CERTFR-2025-AVI-1045 CERTFR-2025-AVI-1053
      CERTFR-2025-AVI-1077 CERTFR-2025-AVI-1105 CERTFR-2025-AVI-1113 CERTFR-2025-AVI-1121 CERTFR-2025-AVI-1141
      CERTFR-2026-AVI-0033 CERTFR-2026-AVI-0053 CERTFR-2026-AVI-0057 CERTFR-2026-AVI-0065`,
  },
  third: {
    judged: {
      'CERTFR-2022-ALE-005': { check: 'win22-ad win11-home' },
      'CERTFR-2025-AVI-0265': { concerned: 'leap156-desk' },
      'CERTFR-2025-AVI-0549': { concerned: 'ub24-kube leap156-desk' },
      'CERTFR-2025-AVI-0589': { concerned: 'ub24-kube' },
      'CERTFR-2025-AVI-0749': { concerned: 'ub24-kube leap156-desk' },
      'CERTFR-2025-AVI-0809': { concerned: 'ub24-kube win22-ad win11-home' },
      'CERTFR-2025-AVI-0837': { concerned: 'ub24-kube leap156-desk' },
      'CERTFR-2025-AVI-0949': { concerned: 'ub24-kube' },
      'CERTFR-2025-AVI-0973': { concerned: 'ub24-kube leap156-desk mac15-dev' },
      'CERTFR-2025-AVI-1049': { concerned: 'rhel8-ora' },
      'CERTFR-2025-AVI-1073': { concerned: 'leap156-desk' },
      'CERTFR-2026-AVI-0081': { concerned: 'leap156-desk' },
    },
    nobody: `
      CERTFR-2021-ALE-007 CERTFR-2023-ALE-009 CERTFR-2025-ALE-005 CERTFR-2025-AVI-0013 CERTFR-2025-AVI-0017
      CERTFR-2025-AVI-0093 CERTFR-2025-AVI-0141 CERTFR-2025-AVI-0165 CERTFR-2025-AVI-0257 CERTFR-2025-AVI-0309
      CERTFR-2025-AVI-0313 CERTFR-2025-AVI-0337 CERTFR-2025-AVI-0397 CERTFR-2025-AVI-0673 CERTFR-2025-AVI-0693
      CERTFR-2025-AVI-0853 CERTFR-2025-AVI-0861 CERTFR-2025-AVI-0877 CERTFR-2025-AVI-1017 CERTFR-2025-AVI-1041`,
  },
  fourth: {
    judged: {
      'CERTFR-2021-ALE-019': { check: 'win10-shop' },
      'CERTFR-2025-AVI-1001': { concerned: 'rhel96-app' },
      'CERTFR-2025-AVI-1033': { concerned: 'rhel96-app' },
      'CERTFR-2025-AVI-1069': { concerned: 'win10-shop' },
      'CERTFR-2026-AVI-0105': { concerned: 'win10-shop' },
    },
    nobody: `
      CERTFR-2021-ALE-005 CERTFR-2021-ALE-017 CERTFR-2022-ALE-001 CERTFR-2023-ALE-007 CERTFR-2025-ALE-007
      CERTFR-2025-AVI-0113 CERTFR-2025-AVI-0137 CERTFR-2025-AVI-0149 CERTFR-2025-AVI-0281 CERTFR-2025-AVI-0305
      CERTFR-2025-AVI-0321 CERTFR-2025-AVI-0441 CERTFR-2025-AVI-0497 CERTFR-2025-AVI-0505 CERTFR-2025-AVI-0525
      CERTFR-2025-AVI-0553 CERTFR-2025-AVI-0569 CERTFR-2025-AVI-0617 CERTFR-2025-AVI-0729 CERTFR-2025-AVI-0785
      CERTFR-2025-AVI-0801 CERTFR-2025-AVI-0857 CERTFR-2025-AVI-0865 CERTFR-2025-AVI-0905 CERTFR-2025-AVI-0989
      CERTFR-2025-AVI-1009 CERTFR-2025-AVI-1065 CERTFR-2025-AVI-1137 CERTFR-2026-AVI-0037`,
  },
}
