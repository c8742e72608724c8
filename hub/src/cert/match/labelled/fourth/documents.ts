// Owns labelled advisories against the fourth fleet, written after the matcher was last changed for the others.
import type { Labelled } from '../documents.ts'

export const FOURTH_DOCUMENTS: readonly Labelled[] = [
  {
    title: 'Multiples vulnérabilités dans GitLab',
    affected: `GitLab | N/A | GitLab Enterprise Edition (EE) toutes versions 17.11.x antérieures à 17.11.3
      GitLab | N/A | GitLab Community Edition (CE) toutes versions 17.11.x antérieures à 17.11.3
      GitLab | GitLab Runner | GitLab Runner versions antérieures à 17.10.1`,
    concerned: 'ub20-esm',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Mozilla',
    affected: `Mozilla | Firefox | Firefox versions antérieures à 141
      Mozilla | Firefox ESR | Firefox ESR versions 115.x antérieures à 115.26
      Mozilla | Firefox ESR | Firefox ESR versions 128.x antérieures à 128.13
      Mozilla | Thunderbird | Thunderbird versions 128.x antérieures à 128.13
      Mozilla | Thunderbird | Thunderbird versions antérieures à 141`,
    concerned: 'deb12-desk win10-shop',
  },
  {
    title: 'Vulnérabilité dans Mozilla Firefox',
    affected: `Mozilla | Firefox | Firefox versions antérieures à 140.0.4
      Mozilla | Firefox | Firefox pour Android versions antérieures à 141`,
  },
  {
    title: 'Multiples vulnérabilités dans MariaDB',
    affected: `MariaDB | MariaDB | MariaDB versions 10.11.x antérieures à 10.11.12
      MariaDB | MariaDB | MariaDB versions 11.4.x antérieures à 11.4.6
      MariaDB | MariaDB | MariaDB versions 11.8.x antérieures à 11.8.2`,
    concerned: 'deb12-desk',
    check: 'rhel96-app',
  },
  {
    title: 'Vulnérabilité dans Nginx',
    affected: `F5 | Nginx | NGINX versions 1.11.4 à 1.27.3`,
    check: 'ub20-esm rhel96-app',
  },
  {
    title: 'Vulnérabilité dans F5 NGINX',
    affected: `F5 | Nginx | NGINX mainline versions antérieures à 1.29.1
      F5 | Nginx | NGINX stable versions 1.28.x antérieures à 1.28.1`,
    concerned: 'deb12-desk',
    check: 'ub20-esm rhel96-app',
  },
  {
    title: 'Vulnérabilité dans Redis',
    affected: `Redis | Redis | Redis Community Edition versions 7.4.x antérieures à 7.4.3
      Redis | Redis | Redis OSS versions 6.2.x antérieures à 6.2.18
      Redis | Redis Stack | Redis Stack versions 7.4.0 à 7.4.0-v3`,
    concerned: 'ub20-esm',
  },
  {
    title: 'Multiples vulnérabilités dans Zabbix',
    affected: `Zabbix | Zabbix | Zabbix Server et Frontend versions 6.0.0 à 6.0.39
      Zabbix | Zabbix | Zabbix Server et Frontend versions 7.0.0 à 7.0.9
      Zabbix | Zabbix | Zabbix Agent 2 versions 7.2.0 à 7.2.4`,
    concerned: 'ub20-esm',
  },
  {
    title: 'Multiples vulnérabilités dans Jenkins',
    affected: `Jenkins | Jenkins | Jenkins versions antérieures à 2.513
      Jenkins | Jenkins | Jenkins LTS versions antérieures à 2.504.2`,
    concerned: 'rhel96-app',
  },
  {
    title: 'Multiples vulnérabilités dans Elastic Kibana et Elasticsearch',
    affected: `Elastic | Kibana | Kibana versions 8.17.x antérieures à 8.17.6
      Elastic | Kibana | Kibana versions 8.18.0 et 8.18.1
      Elastic | Elasticsearch | Elasticsearch versions 7.17.x antérieures à 7.17.28`,
    concerned: 'rhel96-app',
  },
  {
    title: 'Multiples vulnérabilités dans MongoDB',
    affected: `MongoDB | MongoDB | MongoDB Server versions 8.0.x antérieures à 8.0.10
      MongoDB | MongoDB | MongoDB Server versions 7.0.x antérieures à 7.0.14
      MongoDB | Compass | MongoDB Compass versions antérieures à 1.46.0`,
    concerned: 'rhel96-app win10-shop',
  },
  {
    title: 'Vulnérabilité dans Puppet',
    affected: `Perforce | Puppet | Puppet Agent versions 8.x antérieures à 8.11.0
      Perforce | Puppet Enterprise | Puppet Enterprise versions 2023.x antérieures à 2023.8.4`,
    concerned: 'rhel96-app',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Red Hat',
    affected: `Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for x86_64 - Extended Update Support 9.6 x86_64
      Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for x86_64 9 x86_64
      Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for Real Time 8 x86_64`,
    concerned: 'rhel96-app',
  },
  {
    title: 'Vulnérabilité dans le noyau Linux de Red Hat',
    affected: `Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux Server - AUS 9.2 x86_64
      Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for x86_64 - Extended Update Support 9.4 x86_64
      Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for x86_64 10 x86_64`,
  },
  {
    title: "Multiples vulnérabilités dans le noyau Linux d'Ubuntu",
    affected: `Ubuntu | Ubuntu | Ubuntu 16.04 ESM
      Ubuntu | Ubuntu | Ubuntu 20.04 ESM
      Ubuntu | Ubuntu | Ubuntu 22.04 LTS`,
    check: 'ub20-esm',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Debian',
    affected: `Debian | Debian | Debian bookworm versions antérieures à 6.1.147-1`,
    concerned: 'deb12-desk',
  },
  {
    title: 'Vulnérabilité dans sudo',
    affected: `Sudo | Sudo | Sudo versions 1.9.14 à 1.9.17
      Sudo | Sudo | Sudo versions 1.8.8 à 1.9.16p2`,
    check: 'deb12-desk ub20-esm rhel96-app alp321-dns',
  },
  {
    title: 'Multiples vulnérabilités dans PostgreSQL',
    affected: `PostgreSQL | PostgreSQL | PostgreSQL versions 13 à 17 antérieures à 17.5, 16.9, 15.13, 14.18 et 13.21`,
    check: 'alp321-dns',
  },
  {
    title: 'Vulnérabilité dans pgAdmin',
    affected: `pgAdmin | pgAdmin | pgAdmin 4 versions 9.1 et antérieures`,
  },
  {
    title: 'Multiples vulnérabilités dans Oracle VirtualBox',
    affected: `Oracle | VirtualBox | Oracle VM VirtualBox version 7.1.6
      Oracle | VirtualBox | Oracle VM VirtualBox versions antérieures à 7.0.24`,
    concerned: 'deb12-desk',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Zoom',
    affected: `Zoom | Workplace | Zoom Workplace pour Linux versions antérieures à 6.4.10
      Zoom | Workplace | Zoom Workplace pour Windows versions antérieures à 6.4.0`,
    concerned: 'deb12-desk',
  },
  {
    title: 'Vulnérabilité dans Signal',
    affected: 'Signal | Signal Desktop | Signal Desktop versions antérieures à 7.57.0 pour Linux',
    concerned: 'deb12-desk',
  },
  {
    title: 'Vulnérabilité dans TeamViewer',
    affected: `TeamViewer | TeamViewer | TeamViewer Full Client pour Linux versions antérieures à 15.65
      TeamViewer | Remote Management | TeamViewer Remote Management versions antérieures à 25.1`,
    concerned: 'deb12-desk',
  },
  {
    title: 'Vulnérabilité dans HAProxy',
    affected: 'HAProxy | HAProxy | HAProxy versions 3.0.x antérieures à 3.0.12',
    check: 'deb12-desk',
  },
  {
    title: 'Vulnérabilité dans Dropbox',
    affected: 'Dropbox | Dropbox Desktop | Dropbox pour Windows versions antérieures à 224.0',
    concerned: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans Dell SupportAssist',
    affected: `Dell | SupportAssist | SupportAssist for Home PCs versions antérieures à 4.6.2
      Dell | SupportAssist | Dell SupportAssist for Business PCs versions antérieures à 4.5.1`,
  },
  {
    title: 'Multiples vulnérabilités dans les produits Adobe',
    affected: `Adobe | InDesign | Adobe InDesign ID19.5.2 et antérieures
      Adobe | InDesign | InDesign 2024 versions antérieures à 19.5.3 pour Windows et macOS
      Adobe | InCopy | InCopy versions 20.2 et antérieures`,
    concerned: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans les produits Cisco',
    affected: `Cisco | AnyConnect | AnyConnect Secure Mobility Client pour Windows versions antérieures à 4.10MR9
      Cisco | Secure Client | Secure Client pour Windows versions 5.x antérieures à 5.1.8`,
    check: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans Ivanti Secure Access Client',
    affected:
      'Ivanti | Secure Access Client | Ivanti Secure Access Client versions antérieures à 22.8R1',
    check: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans Omnissa Horizon',
    affected:
      'VMware | Horizon Client | VMware Horizon Client pour Windows versions antérieures à 8.14',
    concerned: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans CrowdStrike Falcon',
    affected: `CrowdStrike | Falcon | Falcon Sensor pour Linux versions antérieures à 7.21`,
  },
  {
    title: 'Vulnérabilité dans les produits Bitdefender',
    affected: `Bitdefender | Endpoint Security Tools | Endpoint Security Tools pour Windows versions antérieures à 7.9.20.515
      Bitdefender | GravityZone | GravityZone Console sur site versions antérieures à 6.41.2-1`,
    concerned: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans Telegram Desktop',
    affected: 'Telegram | Telegram Desktop | Telegram Desktop versions antérieures à 5.14',
    concerned: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans Apache OpenOffice',
    affected: 'Apache | OpenOffice | Apache OpenOffice versions antérieures à 4.1.15',
    concerned: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans OpenVPN',
    affected: `OpenVPN | OpenVPN | OpenVPN versions 2.6.0 à 2.6.13 (incluse) pour Windows
      OpenVPN | OpenVPN Connect | OpenVPN Connect versions antérieures à 3.5.0`,
    concerned: 'win10-shop',
  },
  {
    title: 'Vulnérabilité dans PDF-XChange',
    affected:
      'PDF-XChange | PDF-XChange Editor | PDF-XChange Editor versions antérieures ou égales à 10.5.2.395',
    concerned: 'win10-shop',
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Windows',
    affected: `Microsoft | Windows | Windows 10 Version 22H2 pour systèmes x64
      Microsoft | Windows | Windows 10 Version 22H2 pour systèmes ARM64
      Microsoft | Windows | Windows Server 2025`,
    check: 'win10-shop',
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Windows',
    affected: `Microsoft | Windows | Windows 10 Version 22H2 for x64-based Systems versions antérieures à 10.0.19045.5854
      Microsoft | Windows | Windows 10 Version 21H2 for x64-based Systems versions antérieures à 10.0.19044.5854`,
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Office',
    affected: `Microsoft | Office | Microsoft Office 2016 (édition 64 bits)
      Microsoft | Office | Microsoft Excel 2016 (édition 64 bits) versions antérieures à 16.0.5500.1000`,
    check: 'win10-shop',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Apple',
    affected: `Apple | macOS | macOS Ventura versions antérieures à 13.7.3
      Apple | macOS | macOS Sonoma versions antérieures à 14.7.3
      Apple | Xcode | Xcode versions antérieures à 16.2`,
    concerned: 'mac13-old',
  },
  {
    title: 'Multiples vulnérabilités dans Apple Safari',
    affected:
      'Apple | Safari | Safari versions antérieures à 18.3 pour macOS Ventura et macOS Sonoma',
    check: 'mac13-old',
  },
  {
    title: 'Vulnérabilité dans BIND',
    affected: `ISC | BIND | BIND versions 9.18.x antérieures à 9.18.37
      ISC | BIND | BIND versions 9.20.x antérieures à 9.20.9
      ISC | BIND | BIND Supported Preview Edition versions 9.18.11-S1 à 9.18.36-S1`,
    concerned: 'mac13-old',
    check: 'alp321-dns',
  },
  {
    title: 'Vulnérabilité dans OpenSSH',
    affected: `OpenSSH | OpenSSH | OpenSSH versions antérieures à 10.0`,
    concerned: 'mac13-old',
    check: 'deb12-desk ub20-esm rhel96-app',
  },
  {
    title: 'Vulnérabilité dans Slack et KeePassXC',
    affected: `Slack | Slack | Slack Desktop pour macOS versions antérieures à 4.42
      KeePassXC | KeePassXC | KeePassXC versions antérieures à 2.7.8`,
    concerned: 'mac13-old',
  },
  {
    title: 'Vulnérabilité dans Samba',
    affected: 'Samba | Samba | Samba versions 4.20.x antérieures à 4.20.8',
    check: 'alp321-dns',
  },
  {
    title: 'Vulnérabilité dans PowerDNS',
    affected: `PowerDNS | Authoritative Server | PowerDNS Authoritative Server versions 4.9.x antérieures à 4.9.5
      PowerDNS | Recursor | PowerDNS Recursor versions 5.2.x antérieures à 5.2.1`,
    check: 'alp321-dns',
  },
  {
    title: 'Vulnérabilité dans Dropbear SSH',
    affected: 'Dropbear | Dropbear SSH | Dropbear SSH versions antérieures à 2025.88',
    check: 'alp321-dns',
  },
  {
    title: 'Vulnérabilité dans BusyBox',
    affected: 'BusyBox | BusyBox | BusyBox versions jusqu’à la version 1.37.0 incluse',
    check: 'alp321-dns',
  },
  {
    title: 'Multiples vulnérabilités dans Node.js',
    affected: `Node.js | Node.js | Node.js versions 18.x antérieures à v18.20.6
      Node.js | Node.js | Node.js versions 20.x antérieures à v20.18.2
      Node.js | Node.js | Node.js versions 22.x antérieures à v22.13.1`,
  },
  {
    title: 'Vulnérabilité dans GNU C Library',
    affected: 'GNU | glibc | glibc versions 2.13 à 2.40',
    check: 'deb12-desk ub20-esm rhel96-app',
  },
  {
    title: 'Vulnérabilité dans cups-browsed',
    affected: 'OpenPrinting | cups-browsed | cups-browsed versions antérieures ou égales à 2.0.1',
    check: 'ub20-esm',
  },
  {
    title: 'Multiples vulnérabilités dans ffmpeg et GStreamer',
    affected: `FFmpeg | FFmpeg | FFmpeg versions 5.1.x antérieures à 5.1.7
      GStreamer | GStreamer | GStreamer versions 1.x antérieures à 1.24.10`,
    check: 'deb12-desk',
  },
  {
    title: 'Vulnérabilité dans Microsoft SQL Server',
    affected: `Microsoft | SQL Server | Microsoft SQL Server 2022 for x64-based Systems (CU 19) versions antérieures à 16.0.4200.1`,
    concerned: 'rhel96-app',
  },
  {
    title: 'Vulnérabilité dans Google Chrome et Brave',
    affected: `Google | Chrome | Google Chrome versions antérieures à 136.0.7103.92/.93 pour Windows et Mac
      Brave | Brave Browser | Brave Browser versions antérieures à 1.80.113`,
    concerned: 'deb12-desk',
  },
]
