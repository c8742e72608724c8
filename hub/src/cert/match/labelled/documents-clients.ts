// Owns labelled advisories on browsers, desktop programs and Microsoft's products.
import type { Labelled } from './documents.ts'

export const CLIENT_DOCUMENTS: readonly Labelled[] = [
  {
    title: 'Multiples vulnérabilités dans Google Chrome',
    affected: `Google | Chrome | Chrome versions antérieures à 122.0.6261.57 pour Linux
      Google | Chrome | Chrome versions antérieures à 122.0.6261.57/.58 pour Windows et Mac`,
    concerned: 'ub22-dev win22-sql',
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Edge',
    affected: `Microsoft | Edge | Microsoft Edge versions antérieures à 122.0.2365.52
      Microsoft | Edge | Microsoft Edge pour Android versions antérieures à 122.0.2365.56`,
    concerned: 'ub22-dev win22-sql',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Mozilla',
    affected: `Mozilla | Firefox | Firefox versions antérieures à 123
      Mozilla | Firefox ESR | Firefox ESR versions antérieures à 115.8
      Mozilla | Thunderbird | Thunderbird versions antérieures à 115.8`,
    concerned: 'win11-desk mac-dev',
    check: 'arch-desk rhel8-db',
  },
  {
    title: 'Vulnérabilité dans Mozilla Firefox pour iOS',
    affected: `Mozilla | Firefox | Firefox pour iOS versions antérieures à 123
      Mozilla | Firefox Focus | Firefox Focus versions antérieures à 123`,
  },
  {
    title: 'Multiples vulnérabilités dans Mozilla Thunderbird',
    affected: 'Mozilla | Thunderbird | Thunderbird versions antérieures à 115.8',
    concerned: 'win11-desk',
    check: 'arch-desk',
  },
  {
    title: 'Vulnérabilité dans Docker Desktop',
    affected: 'Docker | Docker Desktop | Docker Desktop versions antérieures à 4.27.2',
    concerned: 'win11-desk mac-dev',
  },
  {
    title: 'Vulnérabilité dans VMware Tools',
    affected:
      'VMware | VMware Tools | VMware Tools versions 11.x à 12.x antérieures à 12.3.6 sur Windows et Linux',
    concerned: 'win22-sql',
  },
  {
    title: 'Vulnérabilité dans 7-Zip',
    affected: '7-Zip | 7-Zip | 7-Zip versions antérieures à 24.07',
    concerned: 'win22-sql',
  },
  {
    title: 'Vulnérabilité dans WinRAR',
    affected: 'RARLAB | WinRAR | WinRAR versions antérieures à 6.23',
    concerned: 'win22-sql',
  },
  {
    title: 'Campagne d’exploitation affectant WinRAR',
    affected: '',
    check: 'win22-sql win11-desk',
  },
  {
    title: 'Multiples vulnérabilités dans Notepad++',
    affected: 'Notepad++ | Notepad++ | Notepad++ versions antérieures à 8.6.3',
    concerned: 'win22-sql',
  },
  {
    title: 'Vulnérabilité dans PuTTY',
    affected: 'N/A | N/A | PuTTY versions 0.68 à 0.80 antérieures à 0.81',
    concerned: 'win22-sql win11-desk',
    check: 'arch-desk',
  },
  {
    title: 'Vulnérabilité dans VLC',
    affected: 'VideoLAN | VLC | VLC media player versions antérieures à 3.0.20',
    concerned: 'win11-desk',
  },
  {
    title: 'Vulnérabilité dans LibreOffice',
    affected: `LibreOffice | LibreOffice | LibreOffice versions 7.6.x antérieures à 7.6.5
      LibreOffice | LibreOffice | LibreOffice versions 24.2.x antérieures à 24.2.1`,
    concerned: 'win11-desk',
    check: 'arch-desk',
  },
  {
    title: 'Multiples vulnérabilités dans Adobe Acrobat',
    affected: `Adobe | Acrobat Reader | Acrobat Reader DC versions antérieures à 23.008.20533 pour Windows et macOS
      Adobe | Acrobat | Acrobat 2020 versions antérieures à 20.005.30574 pour Windows et macOS`,
    concerned: 'win11-desk',
  },
  {
    title: 'Vulnérabilité dans Git',
    affected: 'Git | Git | Git versions 2.43.x antérieures à 2.43.4',
    concerned: 'win22-sql win11-desk mac-dev',
    check: 'ub24-k8s arch-desk',
  },
  {
    title: 'Multiples vulnérabilités dans Oracle Java SE',
    affected: `Oracle | Java SE | Oracle Java SE versions 8u391, 8u391-perf, 11.0.21, 17.0.9 et 21.0.1
      Oracle | Java SE | Oracle GraalVM pour JDK versions 17.0.9 et 21.0.1`,
    check: 'win22-sql',
  },
  {
    title: 'Vulnérabilité dans Microsoft .Net',
    affected: `Microsoft | .Net | .NET 8.0 versions antérieures à 8.0.2
      Microsoft | .Net | .NET 7.0 versions antérieures à 7.0.16`,
    check: 'win22-sql',
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft SQL Server',
    affected: `Microsoft | N/A | Microsoft SQL Server 2019 pour systèmes x64 (CU 25) versions antérieures à 15.0.4360.2
      Microsoft | N/A | Microsoft SQL Server 2022 pour systèmes x64 (GDR) versions antérieures à 16.0.1110.1`,
    check: 'win22-sql',
  },
  {
    title: 'Vulnérabilité dans Microsoft SQL Server',
    affected:
      'Microsoft | N/A | Microsoft SQL Server 2022 pour systèmes x64 (CU 12) versions antérieures à 16.0.4120.1',
  },
  {
    title: 'Vulnérabilité dans Microsoft Exchange',
    affected: `Microsoft | N/A | Microsoft Exchange Server 2019 Cumulative Update 14 versions antérieures à 15.02.1544.009
      Microsoft | N/A | Microsoft Exchange Server 2016 Cumulative Update 23 versions antérieures à 15.01.2507.037`,
    check: 'win22-sql',
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Office',
    affected: `Microsoft | Office | Microsoft 365 Apps pour Enterprise pour systèmes 64 bits
      Microsoft | Office | Microsoft Office 2019 pour éditions 64 bits
      Microsoft | Office | Microsoft Office LTSC 2021 pour éditions 32 bits`,
    check: 'win11-desk',
  },
  {
    title: 'Vulnérabilité dans FortiClient',
    affected: `Fortinet | FortiClient | FortiClientWindows versions 7.0.x antérieures à 7.0.11
      Fortinet | FortiClient | FortiClientMac versions 7.0.x antérieures à 7.0.11`,
    concerned: 'win11-desk',
  },
  {
    title: 'Vulnérabilité dans OpenVPN',
    affected: 'OpenVPN | OpenVPN | OpenVPN versions 2.6.x antérieures à 2.6.10 pour Windows',
    concerned: 'win11-desk',
  },
  {
    title: 'Vulnérabilité dans TeamViewer',
    affected: 'TeamViewer | TeamViewer | TeamViewer Client versions antérieures à 15.51.5',
    concerned: 'win22-sql win11-desk',
  },
  {
    title: 'Multiples vulnérabilités dans Oracle Virtualization',
    affected: 'Oracle | Virtualization | Oracle VM VirtualBox versions antérieures à 7.0.16',
    concerned: 'win11-desk',
    check: 'arch-desk',
  },
  {
    title: 'Vulnérabilité dans Wireshark',
    affected: `Wireshark | Wireshark | Wireshark versions 4.2.x antérieures à 4.2.3
      Wireshark | Wireshark | Wireshark versions 3.6.x antérieures à 3.6.21`,
    concerned: 'win22-sql',
    check: 'ub22-dev arch-desk',
  },
  {
    title: 'Vulnérabilité dans les produits Zoom',
    affected: `Zoom | Workplace | Zoom Workplace pour Windows versions antérieures à 6.0.10
      Zoom | Rooms | Zoom Rooms pour Windows versions antérieures à 6.0.10`,
    concerned: 'win11-desk',
  },
  {
    title: 'Vulnérabilité dans Symantec Endpoint Protection',
    affected:
      'Symantec | Symantec Endpoint Protection (SEP) | Client Windows pour Symantec Endpoint Protection versions antérieures à 14.3 RU9 (14.3.11237.9000)',
    concerned: 'win22-sql',
  },
  {
    title: 'Vulnérabilité dans FileZilla',
    affected: 'FileZilla | FileZilla | FileZilla Client versions antérieures à 3.67.0',
    concerned: 'win11-desk',
  },
  {
    title: 'Vulnérabilité dans Nextcloud',
    affected: 'Nextcloud | Nextcloud Server | Nextcloud Server versions 28.x antérieures à 28.0.3',
  },
  {
    title: 'Vulnérabilité dans Microsoft Visual Studio Code',
    affected: 'Microsoft | N/A | Visual Studio Code versions antérieures à 1.86.2',
    concerned: 'ub22-dev win11-desk mac-dev',
  },
  {
    title: 'Multiples vulnérabilités dans ImageMagick',
    affected: 'ImageMagick | ImageMagick | ImageMagick versions 7.x antérieures à 7.1.1-29',
    concerned: 'mac-dev',
    check: 'arch-desk',
  },
]
