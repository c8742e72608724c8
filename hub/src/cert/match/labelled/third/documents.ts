// Owns labelled advisories against the third fleet, written before the matcher had seen either.
import type { Labelled } from '../documents.ts'

export const THIRD_DOCUMENTS: readonly Labelled[] = [
  {
    title: 'Multiples vulnérabilités dans Jenkins',
    affected: `Jenkins | Jenkins | Jenkins weekly versions antérieures à 2.500
      Jenkins | Jenkins | Jenkins LTS versions antérieures à 2.492.2
      Jenkins | Plugin | Greffon AnchorChain versions 1.0 et antérieures`,
    concerned: 'deb12-mon mac15-dev',
  },
  {
    title: 'Multiples vulnérabilités dans les greffons Jenkins',
    affected: `Jenkins | Script Security | Script Security versions antérieures à 1368.vb_b_402e3547e7
      Jenkins | Git | Git Plugin versions antérieures à 5.6.0
      Jenkins | OpenID Connect | OpenId Connect Authentication Plugin versions antérieures à 4.453.v4d7765c854f4`,
  },
  {
    title: 'Multiples vulnérabilités dans PostgreSQL',
    affected: `PostgreSQL | PostgreSQL | versions 17 antérieures à 17.3
      PostgreSQL | PostgreSQL | versions 16 antérieures à 16.7
      PostgreSQL | PostgreSQL | versions 15 antérieures à 15.11
      PostgreSQL | PostgreSQL | versions 13 antérieures à 13.19`,
    concerned: 'rocky9-pg mac15-dev',
    check: 'deb12-mon deb11-old rhel8-ora',
  },
  {
    title: 'Vulnérabilité dans Erlang/OTP et RabbitMQ',
    affected: `RabbitMQ | RabbitMQ | RabbitMQ versions 3.13.x antérieures à 3.13.9
      RabbitMQ | RabbitMQ | RabbitMQ versions 4.0.x antérieures à 4.0.6`,
    concerned: 'rocky9-pg mac15-dev',
  },
  {
    title: 'Multiples vulnérabilités dans Oracle MySQL',
    affected: `Oracle | MySQL | MySQL Server versions 8.0.0 à 8.0.41
      Oracle | MySQL | MySQL Server versions 8.4.0 à 8.4.4
      Oracle | MySQL | MySQL Server versions 9.0.0 à 9.2.0
      Oracle | MySQL | MySQL Connector/J versions 9.0.0 à 9.2.0`,
    concerned: 'rocky9-pg win22-ad',
  },
  {
    title: 'Multiples vulnérabilités dans les produits HashiCorp',
    affected: `HashiCorp | Vault | Vault Community Edition versions antérieures à 1.18.3
      HashiCorp | Vault | Vault Enterprise versions 1.17.x antérieures à 1.17.10
      HashiCorp | Consul | Consul versions antérieures à 1.20.1`,
    concerned: 'ub24-kube',
  },
  {
    title: 'Multiples vulnérabilités dans Kubernetes',
    affected: `Kubernetes | Kubernetes | kubelet versions v1.29.x antérieures à v1.29.14
      Kubernetes | Kubernetes | kubelet versions v1.30.x antérieures à v1.30.10
      Kubernetes | Kubernetes | kubelet versions v1.31.x antérieures à v1.31.6
      Kubernetes | Kubernetes | kubelet versions v1.32.x antérieures à v1.32.2`,
    concerned: 'ub24-kube',
  },
  {
    title: 'Vulnérabilité dans containerd',
    affected: `containerd | containerd | containerd versions 1.6.x antérieures à 1.6.38
      containerd | containerd | containerd versions 1.7.x antérieures à 1.7.27
      containerd | containerd | containerd versions 2.0.x antérieures à 2.0.4`,
    concerned: 'ub24-kube',
    check: 'deb12-mon',
  },
  {
    title: 'Vulnérabilité dans Docker Desktop',
    affected: 'Docker | Desktop | Docker Desktop versions antérieures à 4.38.0',
    concerned: 'mac15-dev',
  },
  {
    title: 'Multiples vulnérabilités dans Grafana',
    affected: `Grafana | Grafana | Grafana OSS et Enterprise versions 11.3.x antérieures à 11.3.2
      Grafana | Grafana | Grafana OSS et Enterprise versions 11.4.x antérieures à 11.4.1`,
    concerned: 'deb12-mon rocky9-pg',
  },
  {
    title: 'Vulnérabilité dans Elastic Logstash',
    affected: `Elastic | Logstash | Logstash versions 8.x antérieures à 8.16.2
      Elastic | Kibana | Kibana versions 8.x antérieures à 8.16.2
      Elastic | Beats | Filebeat versions 8.x antérieures ou égales à 8.15.2`,
    concerned: 'deb12-mon',
  },
  {
    title: 'Vulnérabilité dans Elastic Agent',
    affected: 'Elastic | Elastic Agent | Elastic Agent versions antérieures à 8.16.0 pour Windows',
    concerned: 'win22-ad',
  },
  {
    title: 'Multiples vulnérabilités dans MongoDB',
    affected: `MongoDB | MongoDB Server | MongoDB Server versions 6.0.x antérieures à 6.0.20
      MongoDB | MongoDB Server | MongoDB Server versions 7.0.x antérieures à 7.0.16
      MongoDB | Mongosh | mongosh versions antérieures à 2.3.0`,
    concerned: 'deb12-mon',
  },
  {
    title: 'Multiples vulnérabilités dans Asterisk',
    affected: `Asterisk | Asterisk | Asterisk Open Source versions 18.x antérieures à 18.26.2
      Asterisk | Asterisk | Asterisk Open Source versions 20.x antérieures à 20.14.1
      Asterisk | Certified Asterisk | Certified Asterisk versions 20.7-cert5 et antérieures`,
    check: 'deb12-mon',
  },
  {
    title: 'Vulnérabilité dans ProFTPD',
    affected:
      'ProFTPD | ProFTPD | ProFTPD versions 1.3.8b et antérieures sans le correctif de sécurité',
    check: 'deb12-mon',
  },
  {
    title: 'Vulnérabilité dans Redis',
    affected: `Redis | Redis | Redis versions 6.2.x antérieures à 6.2.17
      Redis | Redis | Redis versions 7.2.x antérieures à 7.2.7
      Redis | Redis | Redis versions 7.4.x antérieures à 7.4.2`,
  },
  {
    title: 'Multiples vulnérabilités dans Roundcube Webmail',
    affected: `Roundcube | Webmail | Roundcube Webmail versions 1.5.x antérieures à 1.5.10
      Roundcube | Webmail | Roundcube Webmail versions 1.6.x antérieures à 1.6.11`,
    check: 'deb12-mon',
  },
  {
    title: 'Vulnérabilité dans Rsync',
    affected: 'Samba | Rsync | rsync versions antérieures à 3.4.0',
    check: 'deb12-mon',
  },
  {
    title: 'Multiples vulnérabilités dans Samba',
    affected: `Samba | Samba | Samba toutes versions 4.x antérieures à 4.19.9
      Samba | Samba | Samba versions 4.20.x antérieures à 4.20.8
      Samba | Samba | Samba versions 4.21.x antérieures à 4.21.4`,
    concerned: 'mac15-dev',
    check: 'deb12-mon',
  },
  {
    title: 'Multiples vulnérabilités dans Squid',
    affected: 'Squid | Squid | Squid versions antérieures à 6.12',
    check: 'deb11-old rhel8-ora',
  },
  {
    title: 'Multiples vulnérabilités dans Exim',
    affected: 'Exim | Exim | Exim versions 4.x antérieures à 4.98',
    check: 'deb11-old',
  },
  {
    title: 'Vulnérabilité dans la bibliothèque libxml2',
    affected: `GNOME | libxml2 | libxml2 versions antérieures à 2.12.10
      GNOME | libxml2 | libxml2 versions 2.13.x antérieures à 2.13.6`,
    check: 'deb12-mon arch-dev',
  },
  {
    title: 'Vulnérabilité dans Google Chrome',
    affected: `Google | Chrome | Chrome versions antérieures à 138.0.7204.96/.97 pour Windows
      Google | Chrome | Chrome versions antérieures à 138.0.7204.96 pour Linux`,
    concerned: 'ub24-kube leap156-desk',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Mozilla',
    affected: `Mozilla | Firefox | Firefox versions antérieures à 134
      Mozilla | Firefox ESR | Firefox ESR versions antérieures à 128.6
      Mozilla | Firefox ESR | Firefox ESR versions antérieures à 115.19
      Mozilla | Thunderbird | Thunderbird versions antérieures à 134
      Mozilla | Thunderbird | Thunderbird ESR versions antérieures à 128.6`,
    concerned: 'win22-ad',
    check: 'deb11-old rhel8-ora leap156-desk arch-dev',
  },
  {
    title: 'Multiples vulnérabilités dans Mozilla Thunderbird',
    affected: `Mozilla | Thunderbird | Thunderbird versions antérieures à 140`,
    concerned: 'win11-home mac15-dev',
    check: 'rhel8-ora leap156-desk arch-dev',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Palo Alto Networks',
    affected: `Palo Alto Networks | GlobalProtect App | GlobalProtect App versions 6.3.x antérieures à 6.3.2 pour Windows
      Palo Alto Networks | GlobalProtect App | GlobalProtect App versions 6.2.x antérieures à 6.2.8-h2 pour macOS
      Palo Alto Networks | PAN-OS | PAN-OS toutes versions 10.1`,
    concerned: 'win11-home',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Adobe',
    affected: `Adobe | Photoshop | Photoshop 2024 versions 25.12 et antérieures pour Windows et macOS
      Adobe | Photoshop | Photoshop 2025 versions 26.0 et antérieures pour Windows et macOS
      Adobe | Illustrator | Illustrator 2025 versions antérieures à 29.1
      Adobe | Acrobat Reader | Acrobat Reader DC versions 24.005.20320 et antérieures pour Windows et macOS`,
    concerned: 'win11-home mac15-dev',
  },
  {
    title: 'Multiples vulnérabilités dans Foxit PDF',
    affected: `Foxit | PDF Reader | Foxit PDF Reader versions antérieures à 2024.4 pour Windows
      Foxit | PDF Editor | Foxit PDF Editor versions 13.x antérieures à 13.1.5`,
    concerned: 'win11-home',
  },
  {
    title: 'Vulnérabilité dans les produits Check Point',
    affected: `Check Point | Endpoint Security | Harmony Endpoint Remote Access VPN Client pour Windows versions antérieures à E88.50
      Check Point | Quantum | Quantum Security Gateway R81.20 sans le dernier correctif`,
  },
  {
    title: 'Multiples vulnérabilités dans ESET',
    affected: `ESET | Server Security | ESET Server Security pour Windows Server versions antérieures à 11.1.12009.0
      ESET | NOD32 | ESET NOD32 Antivirus versions antérieures à 18.0.12.0`,
    concerned: 'win22-ad',
  },
  {
    title: 'Multiples vulnérabilités dans Tenable Nessus',
    affected: `Tenable | Nessus | Nessus versions antérieures à 10.8.3
      Tenable | Nessus Agent | Nessus Agent versions antérieures à 10.8.3`,
    concerned: 'win22-ad',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Citrix',
    affected: `Citrix | Virtual Apps and Desktops | Citrix Virtual Apps and Desktops 2203 LTSR versions antérieures à CU6 Update 1
      Citrix | NetScaler ADC | NetScaler ADC versions 14.1 antérieures à 14.1-47.46`,
    check: 'win22-ad',
  },
  {
    title: 'Vulnérabilité dans WinRAR',
    affected: 'RARLAB | WinRAR | WinRAR versions antérieures à 7.13 pour Windows',
    concerned: 'win22-ad',
  },
  {
    title: 'Multiples vulnérabilités dans les produits JetBrains',
    affected: `JetBrains | PyCharm | PyCharm versions 2024.2.x antérieures à 2024.2.4
      JetBrains | TeamCity | TeamCity versions antérieures à 2024.12
      JetBrains | ToolBox | Toolbox App versions antérieures à 2.5`,
    concerned: 'win11-home',
  },
  {
    title: 'Vulnérabilité dans Microsoft .NET',
    affected: `Microsoft | .NET | .NET 8.0 installé sur Windows versions antérieures à 8.0.12
      Microsoft | .NET | .NET 9.0 installé sur Windows versions antérieures à 9.0.1
      Microsoft | PowerShell | PowerShell 7.4 versions antérieures à 7.4.7`,
    concerned: 'win11-home ub24-kube',
    check: 'win22-ad',
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Office',
    affected: `Microsoft | Office | Microsoft Office 2019 pour éditions 32 bits
      Microsoft | Office | Microsoft Office 2019 pour éditions 64 bits
      Microsoft | Office | Microsoft Office LTSC pour Mac 2021 versions antérieures à 16.92.25011216`,
    check: 'win11-home',
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Windows',
    affected: `Microsoft | Windows | Windows 10 Version 22H2 pour systèmes x64 versions antérieures à 10.0.19045.5371
      Microsoft | Windows | Windows 11 Version 24H2 pour systèmes x64 versions antérieures à 10.0.26100.2894
      Microsoft | Windows | Windows Server 2022 versions antérieures à 10.0.20348.3091
      Microsoft | Windows | Windows Server 2022, 23H2 Edition (Server Core installation) versions antérieures à 10.0.25398.1369
      Microsoft | Windows | Windows Server 2025 versions antérieures à 10.0.26100.2894`,
    concerned: 'win22-ad',
    check: 'win11-home',
  },
  {
    title: 'Vulnérabilité dans Microsoft Windows',
    affected: `Microsoft | Windows | Windows Server 2012 R2 versions antérieures à 6.3.9600.22371
      Microsoft | Windows | Windows Server 2016 versions antérieures à 10.0.14393.7699
      Microsoft | Windows | Windows 10 Version 1809 pour systèmes x64 versions antérieures à 10.0.17763.6775`,
  },
  {
    title: 'Multiples vulnérabilités dans les produits Apple',
    affected: `Apple | macOS Sequoia | macOS Sequoia versions antérieures à 15.3
      Apple | macOS Sonoma | macOS Sonoma versions antérieures à 14.7.3
      Apple | visionOS | visionOS versions antérieures à 2.3
      Apple | iPadOS | iPadOS versions 17.x antérieures à 17.7.4`,
    concerned: 'mac15-dev',
  },
  {
    title: 'Vulnérabilité dans Apple Safari',
    affected: 'Apple | Safari | Safari versions antérieures à 18.3.1',
    check: 'mac15-dev',
  },
  {
    title: 'Multiples vulnérabilités dans Apple iTunes',
    affected: 'Apple | iTunes | iTunes pour Windows versions antérieures à 12.13.3',
    concerned: 'win11-home',
  },
  {
    title: 'Vulnérabilité dans le noyau Linux de Debian',
    affected: 'Debian | Debian | Debian bookworm versions antérieures à 6.1.128-1',
    concerned: 'deb12-mon',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Debian LTS',
    affected: 'Debian | Debian | Debian LTS bullseye versions antérieures à 5.10.226-1',
  },
  {
    title: 'Multiples vulnérabilités dans le noyau Linux de Red Hat',
    affected: `Red Hat | N/A | Red Hat Enterprise Linux for x86_64 8 x86_64
      Red Hat | N/A | Red Hat Enterprise Linux Server - AUS 8.2 x86_64`,
    concerned: 'rhel8-ora',
  },
  {
    title: 'Vulnérabilité dans les processeurs Intel',
    affected: `Intel | N/A | Processeurs Intel Xeon de 4e génération sans le dernier correctif de sécurité
      Intel | N/A | Processeurs Intel Core de 13e génération sans le dernier correctif de sécurité`,
  },
  {
    title: 'Vulnérabilité dans les pilotes NVIDIA',
    affected: `NVIDIA | GPU Display Driver | GPU Display Driver pour Windows versions R550 antérieures à 553.62
      NVIDIA | GPU Display Driver | GPU Display Driver pour Linux versions R550 antérieures à 550.144.03`,
    concerned: 'win11-home',
  },
  {
    title: 'Vulnérabilité dans SAP',
    affected: `SAP | SAP GUI | SAP GUI for Windows version BC-FES-GUI 8.00
      SAP | NetWeaver | SAP NetWeaver Application Server ABAP versions KRNL64UC 7.53`,
    check: 'win11-home',
  },
  {
    title: 'Vulnérabilité dans OpenVPN',
    affected: 'OpenVPN | OpenVPN | OpenVPN versions 2.6.x antérieures à 2.6.13',
    concerned: 'mac15-dev',
  },
  {
    title: 'Multiples vulnérabilités dans Wazuh',
    affected: 'Wazuh | Wazuh | Wazuh agent versions 4.4.0 à 4.9.2 (incluse)',
    concerned: 'rocky9-pg',
  },
  {
    title: 'Vulnérabilité dans Splunk Universal Forwarder',
    affected: `Splunk | Universal Forwarder | Universal Forwarder pour Linux versions 9.2.x antérieures à 9.2.4
      Splunk | Splunk Enterprise | Splunk Enterprise versions 9.2.x antérieures à 9.2.4`,
    concerned: 'rhel8-ora',
  },
  {
    title: 'Vulnérabilité dans Oracle Java SE',
    affected: `Oracle | Java SE | Oracle Java SE versions 17.x antérieures à 17.0.13
      Oracle | Java SE | Oracle Java SE versions 8 antérieures à 8u431`,
    concerned: 'rhel8-ora',
  },
  {
    title: 'Vulnérabilité dans BIND',
    affected: `ISC | BIND | BIND versions 9.11.0 à 9.11.37 incluse
      ISC | BIND | BIND versions 9.16.0 à 9.16.50
      ISC | BIND | BIND versions 9.18.0 à 9.18.32`,
    check: 'rhel8-ora',
  },
  {
    title: 'Multiples vulnérabilités dans ImageMagick',
    affected: 'ImageMagick | ImageMagick | ImageMagick versions 7.x antérieures à 7.1.2-1',
    concerned: 'mac15-dev',
    check: 'leap156-desk',
  },
  {
    title: 'Multiples vulnérabilités dans Microsoft Visual Studio Code',
    affected: 'Microsoft | Visual Studio Code | Visual Studio Code versions antérieures à 1.96.1',
    concerned: 'win11-home',
  },
  {
    title: 'Vulnérabilité dans TeamViewer et AnyDesk',
    affected: `AnyDesk | AnyDesk | AnyDesk pour Windows versions antérieures à 9.0.1
      TeamViewer | TeamViewer | TeamViewer Full Client versions 15.x antérieures à 15.62`,
    concerned: 'win11-home',
  },
  {
    title: 'Multiples vulnérabilités dans Apache Tomcat',
    affected: `Apache | Tomcat | Tomcat versions 10.1.x antérieures à 10.1.34
      Apache | Tomcat | Tomcat versions 9.0.x antérieures à 9.0.98`,
    concerned: 'win22-ad',
    check: 'deb11-old',
  },
  {
    title: 'Vulnérabilité dans SolarWinds',
    affected: `SolarWinds | Platform | SolarWinds Platform versions antérieures à 2024.4
      SolarWinds | Serv-U | Serv-U versions antérieures à 15.5.0`,
    concerned: 'win22-ad',
  },
  {
    title: 'Vulnérabilité dans les produits Trend Micro',
    affected: `Trend Micro | Apex One | Apex One (sur site) versions antérieures à 14.0.0.13140
      Trend Micro | Apex One | Apex One as a Service versions antérieures à 14.0.14203`,
    check: 'win22-ad',
  },
  {
    title: 'Vulnérabilité dans Progress MOVEit',
    affected: `Progress | MOVEit Transfer | MOVEit Transfer versions 2024.0.x antérieures à 2024.0.2
      Progress | MOVEit Gateway | MOVEit Gateway version 2024.0.0`,
  },
  {
    title: 'Multiples vulnérabilités dans PHP',
    affected: `PHP | PHP | PHP versions 8.2.x antérieures à 8.2.27
      PHP | PHP | PHP versions 8.3.x antérieures à 8.3.15
      PHP | PHP | PHP versions 8.4.x antérieures à 8.4.3`,
    concerned: 'rocky9-pg win22-ad',
    check: 'arch-dev',
  },
]
