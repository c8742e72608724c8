// Owns labelled advisories on operating systems and on what every one of them holds.
import type { Labelled } from './documents.ts'

export const SYSTEM_DOCUMENTS: readonly Labelled[] = [
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Debian',
    affected: 'Debian | Debian | Debian bookworm versions antérieures à 6.1.90-1',
    concerned: 'deb12-db',
  },
  {
    title: 'Vulnérabilité dans le noyau Linux de Debian LTS',
    affected: 'Debian | Debian | Debian LTS bullseye versions antérieures à 5.10.216-1',
    concerned: 'deb11-mail',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Debian LTS',
    affected: 'Debian | Debian | Debian LTS bullseye versions antérieures à 6.1.129-1~deb11u1',
    check: 'deb11-mail',
  },
  {
    title: "Multiples vulnérabilités dans le noyau Linux d'Ubuntu",
    affected: `Ubuntu | Ubuntu | Ubuntu 22.04 LTS
      Ubuntu | Ubuntu | Ubuntu 20.04 LTS
      Ubuntu | Ubuntu | Ubuntu 18.04 ESM`,
    concerned: 'ub20-app ub22-dev',
  },
  {
    title: 'Vulnérabilité dans le noyau Linux d’Ubuntu',
    affected: `Ubuntu | Ubuntu | Ubuntu 20.04 ESM
      Ubuntu | Ubuntu | Ubuntu 18.04 ESM
      Ubuntu | Ubuntu | Ubuntu 25.04`,
    check: 'ub20-app',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Red Hat',
    affected: `Red Hat | N/A | Red Hat Enterprise Linux for x86_64 9 x86_64
      Red Hat | N/A | Red Hat Enterprise Linux for ARM 64 9 aarch64
      Red Hat | N/A | Red Hat Enterprise Linux for IBM z Systems 9 s390x
      Red Hat | N/A | Red Hat CodeReady Linux Builder for x86_64 9 x86_64`,
    concerned: 'rhel9-pg',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Red Hat',
    affected: `Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for x86_64 - Extended Update Support 8.8 x86_64
      Red Hat | Red Hat Enterprise Linux Server | Red Hat Enterprise Linux Server - AUS 8.6 x86_64
      Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for x86_64 - Update Services for SAP Solutions 9.2 x86_64`,
    check: 'rhel8-db',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Red Hat',
    affected: `Red Hat | N/A | Red Hat Enterprise Linux for Real Time 9 x86_64
      Red Hat | N/A | Red Hat Enterprise Linux for Real Time for NFV 8 x86_64
      Red Hat | N/A | Red Hat Enterprise Linux for ARM 64 8 aarch64
      Red Hat | N/A | Red Hat Enterprise Linux for Power, little endian - 4 years of support 10.0 ppc64le`,
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de SUSE',
    affected: `SUSE | SUSE Linux Enterprise Server | SUSE Linux Enterprise Server 15 SP5
      SUSE | SUSE Linux Enterprise Server | SUSE Linux Enterprise Server for SAP Applications 15 SP5
      SUSE | SUSE Linux Enterprise Micro | SUSE Linux Enterprise Micro 5.5
      SUSE | N/A | Basesystem Module 15-SP6
      SUSE | openSUSE Leap | openSUSE Leap 15.5`,
    concerned: 'sles15sp5-app',
  },
  {
    title: 'Vulnérabilité dans le noyau Linux de SUSE',
    affected: `SUSE | SUSE Linux Enterprise Live Patching | SUSE Linux Enterprise Live Patching 15-SP6
      SUSE | SUSE Linux Enterprise Real Time | SUSE Linux Enterprise Real Time 15 SP6
      SUSE | SUSE Linux Enterprise Server | SUSE Linux Enterprise Server for SAP Applications 15 SP6
      SUSE | SUSE Linux Enterprise High Performance Computing | SUSE Linux Enterprise High Performance Computing 15 SP5`,
  },
  {
    title: 'Vulnérabilité dans le noyau Linux de SUSE',
    affected: `SUSE | SUSE Linux Enterprise Live Patching | SUSE Linux Enterprise Live Patching 15-SP5
      SUSE | N/A | SUSE Linux Enterprise Server 15 SP6 LTSS`,
    concerned: 'sles15sp5-app',
    check: 'sles15sp6-app',
  },
  {
    title: 'Vulnérabilité dans le noyau Linux',
    affected: 'Linux | Noyau Linux | Noyau Linux versions 6.6.x antérieures à 6.6.15',
    check: 'alp319-edge',
  },
  {
    title: 'Vulnérabilité dans sudo de Debian',
    affected:
      'Debian | Debian | GNU/Linux Debian bookworm versions antérieures à 1.9.13p3-1+deb12u2',
    concerned: 'deb12-db deb12-web',
  },
  {
    title: 'Vulnérabilité dans OpenSSL pour Ubuntu',
    affected: `Ubuntu | Ubuntu | Ubuntu 22.04 LTS versions antérieures à 3.0.2-0ubuntu1.15
      Ubuntu | Ubuntu | Ubuntu 20.04 LTS versions antérieures à 1.1.1f-1ubuntu2.22`,
    concerned: 'ub20-app',
  },
  {
    title: 'Multiples vulnérabilités dans nginx d’Ubuntu',
    affected: `Ubuntu | Ubuntu | Ubuntu 22.04 LTS
      Ubuntu | Ubuntu | Ubuntu 24.04 LTS`,
  },
  {
    title: 'Vulnérabilité dans httpd de Red Hat',
    affected: `Red Hat | N/A | Red Hat Enterprise Linux for x86_64 9 x86_64
      Red Hat | N/A | Red Hat Enterprise Linux for Power, little endian 8 ppc64le`,
    concerned: 'rhel9-pg',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Microsoft',
    affected: `Microsoft | N/A | Windows Server 2022 versions antérieures à 10.0.20348.2322
      Microsoft | N/A | Windows Server 2022 (Server Core installation) versions antérieures à 10.0.20348.2322
      Microsoft | N/A | Windows 11 Version 23H2 pour systèmes x64 versions antérieures à 10.0.22631.3235
      Microsoft | N/A | Windows 11 Version 23H2 pour systèmes ARM64 versions antérieures à 10.0.22631.3235
      Microsoft | N/A | Windows 10 Version 22H2 pour systèmes 32 bits versions antérieures à 10.0.19045.4170`,
    concerned: 'win11-desk',
    check: 'win22-sql',
  },
  {
    title: 'Vulnérabilité dans Microsoft Windows',
    affected: `Microsoft | Windows | Windows 11 Version 23H2 pour systèmes x64 versions antérieures à 10.0.22631.3085
      Microsoft | Windows | Windows Server 2019 versions antérieures à 10.0.17763.5458
      Microsoft | Windows | Windows 10 Version 22H2 pour systèmes x64 versions antérieures à 10.0.19045.4046
      Microsoft | N/A | Windows HLK pour Windows Server 2022 versions antérieures à 10.1.20348.3330`,
  },
  {
    title: '[MàJ] Vulnérabilité dans Microsoft Windows',
    affected: `Microsoft | Windows | Windows Server 2022
      Microsoft | Windows | Windows Server 2022 (Server Core installation)
      Microsoft | Windows | Windows Server 2016
      Microsoft | Windows | Windows 10 Version 21H2 pour systèmes x64`,
    check: 'win22-sql',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Apple',
    affected: `Apple | macOS | macOS Sonoma versions antérieures à 14.4
      Apple | macOS | macOS Ventura versions antérieures à 13.6.5
      Apple | iOS | iOS et iPadOS versions antérieures à 17.4`,
    concerned: 'mac-dev',
  },
  {
    title: 'Vulnérabilité dans les produits Apple',
    affected: `Apple | macOS | macOS Ventura versions antérieures à 13.6.5
      Apple | macOS | macOS Sonoma versions antérieures à 14.3.1
      Apple | watchOS | watchOS versions antérieures à 10.4`,
  },
  {
    title: 'Multiples vulnérabilités dans les produits Fortinet',
    affected: `Fortinet | FortiOS | FortiOS versions 7.2.x antérieures à 7.2.8
      Fortinet | FortiManager | FortiManager toutes versions 7.0.x
      Fortinet | FortiWeb | FortiWeb versions antérieures à 7.4.3`,
  },
  {
    title: 'Multiples vulnérabilités dans les produits Cisco',
    affected: `Cisco | IOS XE | IOS XE versions 17.9.x antérieures à 17.9.5
      Cisco | Adaptive Security Appliance | Adaptive Security Appliance (ASA) sans les derniers correctifs de sécurité
      Citrix | NetScaler ADC | NetScaler ADC versions 14.1.x antérieures à 14.1-12.35`,
  },
  {
    title: 'Vulnérabilité dans VMware Tanzu',
    affected: `VMware | Tanzu | PHP Buildpack versions antérieures à 4.6.49
      VMware | Tanzu | Tanzu pour Postgres versions 16.x antérieures à 16.11.0
      VMware | ESXi | VMware ESXi versions 8.0 sans le correctif de sécurité ESXi80U2d
      Microsoft | N/A | cbl2 bind 9.16.50-2`,
  },
]
