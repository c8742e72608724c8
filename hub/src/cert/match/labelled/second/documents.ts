// Owns labelled advisories against the second fleet, written before the matcher had seen either.
import type { Labelled } from '../documents.ts'

export const SECOND_DOCUMENTS: readonly Labelled[] = [
  {
    title: 'Multiples vulnérabilités dans GitLab',
    affected: `GitLab | GitLab | GitLab Community Edition (CE) et Enterprise Edition (EE) versions 18.2.x antérieures à 18.2.8
      GitLab | GitLab | GitLab Community Edition (CE) et Enterprise Edition (EE) versions 18.3.x antérieures à 18.3.4
      GitLab | GitLab | GitLab Community Edition (CE) et Enterprise Edition (EE) versions 18.4.x antérieures à 18.4.2`,
    concerned: 'deb13-git',
  },
  {
    title: 'Multiples vulnérabilités dans Mattermost Server',
    affected: `Mattermost | Mattermost Server | Mattermost Server versions 9.11.x antérieures à 9.11.13
      Mattermost | Mattermost Server | Mattermost Server versions 10.5.x antérieures à 10.5.2
      Mattermost | Mattermost Mobile | Mattermost Mobile versions antérieures à 2.27.0`,
  },
  {
    title: 'Multiples vulnérabilités dans PHP',
    affected: `PHP | PHP | PHP versions 8.1.x antérieures à 8.1.33
      PHP | PHP | PHP versions 8.2.x antérieures à 8.2.29
      PHP | PHP | PHP versions 8.3.x antérieures à 8.3.23
      PHP | PHP | PHP versions 8.4.x antérieures à 8.4.10`,
    concerned: 'ub22-web mac-lap',
    check: 'sles15sp6-web alp320-proxy',
  },
  {
    title: 'Multiples vulnérabilités dans PostgreSQL',
    affected: `PostgreSQL | PostgreSQL | PostgreSQL versions 17.x antérieures à 17.5
      PostgreSQL | PostgreSQL | PostgreSQL versions 16.x antérieures à 16.9
      PostgreSQL | PostgreSQL | PostgreSQL versions 15.x antérieures à 15.13
      PostgreSQL | PostgreSQL | PostgreSQL versions 14.x antérieures à 14.18
      PostgreSQL | PostgreSQL | PostgreSQL versions 13.x antérieures à 13.21`,
    concerned: 'ub22-web win19-veeam mac-lap',
  },
  {
    title: 'Multiples vulnérabilités dans Node.js',
    affected: `Node.js | Node.js | Node.js versions 20.x (LTS) antérieures à 20.19.2
      Node.js | Node.js | Node.js versions 22.x (LTS) antérieures à 22.15.1
      Node.js | Node.js | Node.js versions 23.x antérieures à 23.11.1
      Node.js | Node.js | Node.js versions 24.x antérieures à 24.0.2`,
    concerned: 'ub22-web win11-lap mac-lap',
  },
  {
    title: 'Vulnérabilité dans F5 NGINX',
    affected: `F5 | NGINX | NGINX Open Source versions 0.7.22 à 1.29.0
      F5 | NGINX Plus | NGINX Plus versions R30 à R34 sans le dernier correctif de sécurité`,
    concerned: 'ub22-web',
    check: 'alp320-proxy',
  },
  {
    title: 'Multiples vulnérabilités dans OpenSSL',
    affected: `OpenSSL | OpenSSL | OpenSSL versions 1.0.2.x antérieures à 1.0.2zm
      OpenSSL | OpenSSL | OpenSSL versions 1.1.1.x antérieures à 1.1.1zd
      OpenSSL | OpenSSL | OpenSSL versions 3.0.x antérieures à 3.0.18
      OpenSSL | OpenSSL | OpenSSL versions 3.2.x antérieures à 3.2.6
      OpenSSL | OpenSSL | OpenSSL versions 3.3.x antérieures à 3.3.5
      OpenSSL | OpenSSL | OpenSSL versions 3.4.x antérieures à 3.4.3
      OpenSSL | OpenSSL | OpenSSL versions 3.5.x antérieures à 3.5.4`,
    concerned: 'mac-lap',
    check: 'deb13-git ub22-web rhel9-app alp320-proxy',
  },
  {
    title: 'Vulnérabilité dans OpenSSH',
    affected: 'OpenSSH | OpenSSH | OpenSSH versions 6.8p1 à 9.9p1 incluses',
    check: 'ub22-web rhel9-app sles15sp6-web alp320-proxy',
  },
  {
    title: 'Multiples vulnérabilités dans sudo',
    affected: `Sudo | Sudo | sudo versions 1.8.8 à 1.8.32 et 1.9.0 à 1.9.17 antérieures à 1.9.17p1`,
    check: 'deb13-git ub22-web rhel9-app sles15sp6-web',
  },
  {
    title: 'Multiples vulnérabilités dans Apache HTTP Server',
    affected: 'Apache | HTTP Server | Apache HTTP Server versions 2.4.x antérieures à 2.4.64',
    concerned: 'mac-lap',
    check: 'rhel9-app sles15sp6-web',
  },
  {
    title: 'Multiples vulnérabilités dans Apache Tomcat',
    affected: `Apache | Tomcat | Apache Tomcat versions 11.0.0-M1 à 11.0.9 antérieures à 11.0.10
      Apache | Tomcat | Apache Tomcat versions 10.1.0-M1 à 10.1.43 antérieures à 10.1.44
      Apache | Tomcat | Apache Tomcat versions 9.0.0.M1 à 9.0.107 antérieures à 9.0.108`,
    concerned: 'mac-lap',
    check: 'rhel9-app',
  },
  {
    title: 'Multiples vulnérabilités dans MariaDB',
    affected: `MariaDB | MariaDB | MariaDB Server versions 10.5.x antérieures à 10.5.29
      MariaDB | MariaDB | MariaDB Server versions 10.6.x antérieures à 10.6.22
      MariaDB | MariaDB | MariaDB Server versions 10.11.x antérieures à 10.11.12
      MariaDB | MariaDB | MariaDB Server versions 11.4.x antérieures à 11.4.6`,
    concerned: 'mac-lap',
    check: 'rhel9-app sles15sp6-web',
  },
  {
    title: 'Multiples vulnérabilités dans Oracle MySQL',
    affected: `Oracle | MySQL | MySQL Server versions 8.0.0 à 8.0.42
      Oracle | MySQL | MySQL Server versions 8.4.0 à 8.4.5
      Oracle | MySQL | MySQL Cluster versions 7.6.0 à 7.6.34`,
  },
  {
    title: 'Vulnérabilité dans les produits Veeam',
    affected:
      'Veeam | Backup & Replication | Backup & Replication versions 12.x antérieures à 12.3.2 (build 12.3.2.3617)',
    concerned: 'win19-veeam',
  },
  {
    title: 'Vulnérabilité dans VMware Tools',
    affected: `VMware | Tools | VMware Tools versions 13.x antérieures à 13.0.1.0 pour Windows
      VMware | Tools | VMware Tools versions 11.x et 12.x antérieures à 12.5.3 pour Windows`,
    concerned: 'win19-veeam',
  },
  {
    title: 'Vulnérabilité dans 7-Zip',
    affected: '7-Zip | 7-Zip | 7-Zip versions antérieures à 24.09',
    concerned: 'win19-veeam',
  },
  {
    title: 'Vulnérabilité dans PuTTY',
    affected: 'PuTTY | PuTTY | PuTTY versions 0.68 à 0.80 incluse',
    concerned: 'win19-veeam',
  },
  {
    title: 'Vulnérabilité dans Notepad++',
    affected: 'Notepad++ | Notepad++ | Notepad++ versions antérieures à 8.8.2',
    concerned: 'win19-veeam win11-lap',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Zoom',
    affected: `Zoom | Workplace | Zoom Workplace pour Windows versions antérieures à 6.3.10
      Zoom | Workplace | Zoom Workplace pour macOS versions antérieures à 6.1.5
      Zoom | Rooms | Zoom Rooms pour Windows versions antérieures à 6.4.0
      Zoom | VDI | Zoom Workplace VDI Client pour Windows versions antérieures à 6.2.15`,
    concerned: 'win11-lap',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Cisco',
    affected: `Cisco | Secure Client | Cisco Secure Client pour Windows versions antérieures à 5.1.8.105
      Cisco | Webex | Webex App toutes versions
      Cisco | IOS XE | IOS XE sans le dernier correctif de sécurité`,
    concerned: 'win11-lap',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Fortinet',
    affected: `Fortinet | FortiClient | FortiClientWindows versions 7.2.x antérieures à 7.2.9
      Fortinet | FortiClient | FortiClientWindows versions 7.4.x antérieures à 7.4.3
      Fortinet | FortiClient | FortiClientMac versions 7.2.x antérieures à 7.2.9
      Fortinet | FortiOS | FortiOS toutes versions 6.4`,
    concerned: 'win11-lap',
  },
  {
    title: 'Vulnérabilité dans Docker Desktop',
    affected:
      'Docker | Docker Desktop | Docker Desktop versions antérieures à 4.44.3 pour Windows et macOS',
    concerned: 'win11-lap',
  },
  {
    title: 'Multiples vulnérabilités dans Docker',
    affected: `Docker | Docker Engine | Docker Engine (Moby) versions 28.x antérieures à 28.3.3
      Docker | Docker Engine | Docker Engine (Moby) versions 25.x antérieures à 25.0.13`,
    concerned: 'ub22-web',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Elastic',
    affected: `Elastic | Elasticsearch | Elasticsearch versions 7.x antérieures à 7.17.29
      Elastic | Elasticsearch | Elasticsearch versions 8.18.x antérieures à 8.18.8
      Elastic | Elasticsearch | Elasticsearch versions 8.19.x antérieures à 8.19.5
      Elastic | Elasticsearch | Elasticsearch versions 9.0.x et 9.1.x antérieures à 9.1.5`,
    concerned: 'ub22-web',
  },
  {
    title: 'Vulnérabilité dans Grafana',
    affected: `Grafana Labs | Grafana | Grafana versions 11.2.x antérieures à 11.2.10
      Grafana Labs | Grafana | Grafana versions 11.3.x antérieures à 11.3.7
      Grafana Labs | Grafana | Grafana versions 12.x antérieures à 12.0.1`,
    concerned: 'mac-lap',
  },
  {
    title: 'Multiples vulnérabilités dans Oracle Java SE',
    affected: `Oracle | Java SE | Oracle Java SE versions 8u451, 8u451-perf, 11.0.27, 17.0.15, 21.0.7 et 24.0.1
      Oracle | GraalVM | Oracle GraalVM Enterprise Edition version 21.3.14`,
    check: 'win19-veeam',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Debian',
    affected: `Debian | Debian | Debian bookworm versions antérieures à 6.1.153-1
      Debian | Debian | Debian trixie versions antérieures à 6.12.48-1`,
    concerned: 'deb13-git',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Red Hat',
    affected: `Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for x86_64 9 x86_64
      Red Hat | Red Hat Enterprise Linux | Red Hat Enterprise Linux for ARM 64 9 aarch64
      Red Hat | Red Hat CodeReady Linux Builder | Red Hat CodeReady Linux Builder for x86_64 9 x86_64`,
    concerned: 'rhel9-app',
  },
  {
    title: "Multiples vulnérabilités dans le noyau Linux d'Ubuntu",
    affected: `Ubuntu | Ubuntu | Ubuntu 24.04 LTS
      Ubuntu | Ubuntu | Ubuntu 25.04`,
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de SUSE',
    affected: `SUSE | SUSE Linux Enterprise Server | SUSE Linux Enterprise Server 15 SP7
      SUSE | SUSE Linux Enterprise Real Time | SUSE Linux Enterprise Real Time 15 SP6
      SUSE | SUSE Linux Enterprise Server | SUSE Linux Enterprise Server 12 SP5 LTSS`,
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Windows',
    affected: `Microsoft | Windows | Windows 11 Version 23H2 pour systèmes x64 versions antérieures à 10.0.22631.4460
      Microsoft | Windows | Windows 11 Version 24H2 pour systèmes x64 versions antérieures à 10.0.26100.2314
      Microsoft | Windows | Windows Server 2019 versions antérieures à 10.0.17763.6532
      Microsoft | Windows | Windows Server 2019 (Server Core installation) versions antérieures à 10.0.17763.6532`,
    concerned: 'win11-lap',
    check: 'win19-veeam',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Apple',
    affected: `Apple | macOS | macOS Sequoia versions antérieures à 15.1
      Apple | macOS | macOS Sonoma versions antérieures à 14.7.1
      Apple | Safari | Safari versions antérieures à 18.1
      Apple | iOS | iOS versions antérieures à 18.1`,
    concerned: 'mac-lap',
  },
  {
    title: 'Vulnérabilité dans Microsoft SQL Server',
    affected: `Microsoft | SQL Server | Microsoft SQL Server 2016 pour systèmes x64 Service Pack 3 (GDR) versions antérieures à 13.0.6460.7
      Microsoft | SQL Server | Microsoft SQL Server 2019 pour systèmes x64 (CU 32) versions antérieures à 15.0.4435.7`,
    check: 'win19-veeam',
  },
  {
    title: 'Vulnérabilité dans Samba',
    affected: `Samba | Samba | Samba versions antérieures à 4.21.9, 4.22.x antérieures à 4.22.5 et 4.23.x antérieures à 4.23.2`,
  },
  {
    title: 'Vulnérabilité dans glibc',
    affected: `GNU | glibc | GNU C Library (glibc) versions 2.27 à 2.38`,
    check: 'ub22-web rhel9-app sles15sp6-web',
  },
  {
    title: 'Vulnérabilité dans Exim',
    affected: `Exim | Exim | Exim versions 4.98.x antérieures à 4.98.2`,
  },
  {
    title: 'Multiples vulnérabilités dans Wireshark',
    affected: `Wireshark | Wireshark | Wireshark versions 4.4.x antérieures à 4.4.4
      Wireshark | Wireshark | Wireshark versions 4.2.x antérieures à 4.2.11`,
    concerned: 'win11-lap mac-lap',
  },
  {
    title: 'Vulnérabilité dans HAProxy',
    affected:
      'HAProxy | HAProxy | HAProxy versions 2.8.x à 3.2.x antérieures à 3.2.6 sans le dernier correctif',
    check: 'alp320-proxy',
  },
  {
    title: 'Multiples vulnérabilités dans Zabbix',
    affected: `Zabbix | Zabbix Agent | Zabbix Agent et Agent 2 versions 6.0.x antérieures à 6.0.41
      Zabbix | Zabbix Agent | Zabbix Agent et Agent 2 versions 7.0.x antérieures à 7.0.18
      Zabbix | Zabbix Server | Zabbix Server versions 7.4.x antérieures à 7.4.2`,
    concerned: 'rhel9-app win19-veeam',
  },
]
