// Owns the third fleet: monitoring, databases and clusters, a domain’s server, and desktops with much installed.
import type { Inventory } from '../hosts.ts'

export const THIRD_FLEET: Readonly<Record<string, Inventory>> = {
  'deb12-mon': {
    os: {
      id: 'debian',
      name: 'Debian GNU/Linux 12 (bookworm)',
      version: '12.9',
      kernel: '6.1.0-30-amd64',
      architecture: 'x64',
    },
    manager: 'dpkg',
    origin: 'Debian Maintainers <maintainers@lists.debian.org>',
    packages: `
      amd64-microcode 3.20240820.1~deb12u1
      apache2 2.4.62-1~deb12u2
      apache2-bin 2.4.62-1~deb12u2 apache2
      asterisk 1:20.6.0~dfsg+~cs6.13.40431414-2
      bind9 1:9.18.33-1~deb12u2
      containerd 1.6.20~ds1-1+deb12u1
      docker.io 20.10.24+dfsg1-1+deb12u1
      dovecot-core 1:2.3.19.1+dfsg1-2.1 dovecot
      filebeat 8.15.3 | <@da2bb21b5d7f>
      ghostscript 10.0.0~dfsg-11+deb12u6
      grafana 11.4.0 | contact@grafana.com
      influxdb2 2.7.10-1 | support@influxdb.com
      jenkins 2.479.2 | Kohsuke Kawaguchi <kk@kohsuke.org>
      libc6 2.36-9+deb12u9 glibc
      libcurl4 7.88.1-10+deb12u8 curl
      libgrafana-perl 1.0-1
      libssl3 3.0.15-1~deb12u1 openssl
      libtiff6 4.5.0-6+deb12u2 tiff
      libwebp7 1.2.4-0.2+deb12u1 libwebp
      libxml2 2.9.14+dfsg-1.3~deb12u1
      linux-image-6.1.0-30-amd64 6.1.124-1 linux-signed-amd64
      linux-image-6.1.0-31-amd64 6.1.128-1 linux-signed-amd64
      logstash 1:8.15.3-1 | <@localhost>
      mongodb-org-server 7.0.14 mongodb-org | MongoDB Packaging <packaging@mongodb.com>
      mongodb-mongosh 2.3.1 | mongosh <compass@mongodb.com>
      nodejs 18.19.0+dfsg-6~deb12u2
      openjdk-17-jre-headless 17.0.14+7-1~deb12u1 openjdk-17
      openssh-client 1:9.2p1-2+deb12u4 openssh
      openssh-server 1:9.2p1-2+deb12u4 openssh
      postfix 3.7.11-0+deb12u1
      postgresql-15 15.10-0+deb12u1
      postgresql-client-common 248 postgresql-common
      prometheus 2.42.0+ds-5+b5
      prometheus-node-exporter 1.5.0-1+b6
      proftpd-core 1.3.8+dfsg-4+deb12u4 proftpd-dfsg
      redis 5:7.0.15-1~deb12u2
      redis-server 5:7.0.15-1~deb12u2 redis
      roundcube 1.6.5+dfsg-1+deb12u4
      roundcube-core 1.6.5+dfsg-1+deb12u4 roundcube
      rsync 3.2.7-1+deb12u2
      samba 2:4.17.12+dfsg-0+deb12u1
      sudo 1.9.13p3-1+deb12u1
      systemd 252.33-1~deb12u1
      wpasupplicant 2:2.10-12+deb12u2 wpa
      zabbix-server-pgsql 1:7.0.6-1+debian12 zabbix | Zabbix Packager <info@zabbix.com>`,
  },
  'deb11-old': {
    os: {
      id: 'debian',
      name: 'Debian GNU/Linux 11 (bullseye)',
      version: '11.11',
      kernel: '5.10.0-33-amd64',
      architecture: 'x64',
    },
    manager: 'dpkg',
    origin: 'Debian Maintainers <maintainers@lists.debian.org>',
    packages: `
      apache2-bin 2.4.62-1~deb11u2 apache2
      bind9-libs 1:9.16.50-1~deb11u2 bind9
      chromium 120.0.6099.224-1~deb11u1
      exim4-daemon-heavy 4.94.2-7+deb11u4 exim4
      firefox-esr 115.14.0esr-1~deb11u1
      git 1:2.30.2-1+deb11u3
      libc6 2.31-13+deb11u11 glibc
      libssl1.1 1.1.1w-0+deb11u2 openssl
      linux-image-5.10.0-33-amd64 5.10.226-1 linux-signed-amd64
      mariadb-server-10.5 1:10.5.26-0+deb11u2 mariadb-10.5
      openssh-server 1:8.4p1-5+deb11u3 openssh
      openvpn 2.5.1-3
      php7.4-cli 7.4.33-1+deb11u7 php7.4
      php7.4-fpm 7.4.33-1+deb11u7 php7.4
      postgresql-13 13.16-0+deb11u1
      python3.9 3.9.2-1+deb11u2
      squid 4.13-10+deb11u3
      sudo 1.9.5p2-3+deb11u1
      tomcat9 9.0.43-2~deb11u10
      unattended-upgrades 2.8
      xz-utils 5.2.5-2.1~deb11u1`,
  },
  'ub24-kube': {
    os: {
      id: 'ubuntu',
      name: 'Ubuntu 24.04.1 LTS',
      version: '24.04.1',
      kernel: '6.8.0-51-generic',
      architecture: 'x64',
    },
    manager: 'dpkg',
    origin: 'Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>',
    packages: `
      bind9-libs 1:9.18.30-0ubuntu0.24.04.2 bind9
      containerd.io 1.7.24-1 | Docker <support@docker.com>
      cri-tools 1.31.1-1.1 | Kubernetes Authors <dev@kubernetes.io>
      curl 8.5.0-2ubuntu10.6
      docker-ce 5:27.4.1-1~ubuntu.24.04~noble | Docker <support@docker.com>
      docker-ce-cli 5:27.4.1-1~ubuntu.24.04~noble docker-ce | Docker <support@docker.com>
      google-chrome-stable 138.0.7204.92-1 | Chrome Linux Team <chromium-dev@chromium.org>
      helm 3.16.4-1 | Helm <support@helm.sh>
      intel-microcode 3.20241112.0ubuntu0.24.04.1
      kubeadm 1.31.4-1.1 | Kubernetes Authors <dev@kubernetes.io>
      kubectl 1.31.4-1.1 | Kubernetes Authors <dev@kubernetes.io>
      kubelet 1.31.4-1.1 | Kubernetes Authors <dev@kubernetes.io>
      kubernetes-cni 1.5.1-1.1 | Kubernetes Authors <dev@kubernetes.io>
      libc6 2.39-0ubuntu8.3 glibc
      libssl3t64 3.0.13-0ubuntu3.4 openssl
      linux-image-6.8.0-51-generic 6.8.0-51.52 linux-signed
      linux-image-generic 6.8.0-51.52 linux-meta
      microsoft-edge-stable 131.0.2903.99-1 | Microsoft Edge for Linux Team <EdgeLinuxDev@microsoft.com>
      openssh-server 1:9.6p1-3ubuntu13.5 openssh
      powershell 7.4.6-1.deb | PowerShell Team <PowerShellTeam@hotmail.com>
      python3.12 3.12.3-1ubuntu0.4
      runc 1.1.12-0ubuntu3.1 runc-app
      sudo 1.9.15p5-3ubuntu5
      terraform 1.10.3-1 | HashiCorp <support@hashicorp.com>
      vault 1.18.2-1 | HashiCorp <support@hashicorp.com>`,
  },
  'rocky9-pg': {
    os: {
      id: 'rocky',
      name: 'Rocky Linux 9.5 (Blue Onyx)',
      version: '9.5',
      kernel: '5.14.0-503.15.1.el9_5.x86_64',
      architecture: 'x64',
    },
    manager: 'rpm',
    origin: 'Rocky Enterprise Software Foundation',
    packages: `
      bash 0:5.1.8-9.el9
      grafana-enterprise 0:11.3.1-1 | Grafana
      haproxy 0:2.4.22-3.el9_5.1
      kernel-core 0:5.14.0-503.15.1.el9_5 kernel
      kernel-core 0:5.14.0-503.11.1.el9_5 kernel
      mysql-community-client 0:8.0.40-1.el9 mysql-community | Oracle and/or its affiliates
      mysql-community-common 0:8.0.40-1.el9 mysql-community | Oracle and/or its affiliates
      mysql-community-server 0:8.0.40-1.el9 mysql-community | Oracle and/or its affiliates
      nginx 1:1.26.1-2.el9.ngx | NGINX Packaging <nginx-packaging@f5.com>
      nodejs 0:20.18.1-1nodesource | NodeSource
      openssh-server 0:8.7p1-43.el9 openssh
      openssl-libs 1:3.2.2-6.el9_5 openssl
      percona-release 0:1.0-29
      postgresql16 0:16.6-1PGDG.rhel9 | PostgreSQL Global Development Group
      postgresql16-libs 0:16.6-1PGDG.rhel9 postgresql16 | PostgreSQL Global Development Group
      postgresql16-server 0:16.6-1PGDG.rhel9 postgresql16 | PostgreSQL Global Development Group
      postgis34_16 0:3.4.3-1PGDG.rhel9 | PostgreSQL Global Development Group
      remi-release 0:9.5-1.el9.remi | Remi's RPM repository <https://rpms.remirepo.net/>
      php 0:8.3.14-1.el9.remi | Remi's RPM repository <https://rpms.remirepo.net/>
      php-common 0:8.3.14-1.el9.remi php | Remi's RPM repository <https://rpms.remirepo.net/>
      rabbitmq-server 0:4.0.4-1.el8 | RabbitMQ <info@rabbitmq.com>
      sudo 0:1.9.5p2-10.el9_3
      systemd 0:252-46.el9_5.2
      wazuh-agent 0:4.9.2-1 | Wazuh, Inc <info@wazuh.com>`,
  },
  'rhel8-ora': {
    os: {
      id: 'rhel',
      name: 'Red Hat Enterprise Linux 8.10 (Ootpa)',
      version: '8.10',
      kernel: '4.18.0-553.el8_10.x86_64',
      architecture: 'x64',
    },
    manager: 'rpm',
    origin: 'Red Hat, Inc.',
    packages: `
      bind 32:9.11.36-14.el8_10
      firefox 0:128.5.0-1.el8_10
      glibc 0:2.28-251.el8_10.5
      jdk-17 2000:17.0.12-8 | Oracle Corporation
      kernel 0:4.18.0-553.el8_10
      kernel 0:4.18.0-553.34.1.el8_10
      kernel-core 0:4.18.0-553.el8_10 kernel
      kernel-core 0:4.18.0-553.34.1.el8_10 kernel
      libvirt 0:8.0.0-23.2.module+el8.10.0+21972+84ad8d79
      nodejs 1:20.16.0-1.module+el8.10.0+22206+414d8bd7
      open-vm-tools 0:12.3.5-2.el8
      openssh-server 0:8.0p1-25.el8_10 openssh
      openssl-libs 1:1.1.1k-14.el8_6 openssl
      postgresql-server 0:13.16-1.module+el8.10.0+22220+df5ae3d9 postgresql
      python3-urllib3 0:1.24.2-8.el8_10 python-urllib3
      splunkforwarder 0:9.2.1-78803f08aabb | Splunk <support@splunk.com>
      squid 7:4.15-10.module+el8.10.0+22487+e8da9b17.3
      sudo 0:1.9.5p2-1.el8_9
      thunderbird 0:128.5.0-1.el8_10
      varnish 0:6.0.13-1.module+el8.10.0+21417+c9cb0ed7
      vim-minimal 2:8.0.1763-19.el8_6.4 vim
      webkit2gtk3 0:2.46.3-2.el8_10`,
  },
  'leap156-desk': {
    os: {
      id: 'opensuse-leap',
      name: 'openSUSE Leap 15.6',
      version: '15.6',
      kernel: '6.4.0-150600.23.30-default',
      architecture: 'x64',
    },
    manager: 'rpm',
    origin: 'SUSE LLC <https://www.suse.com/>',
    packages: `
      MozillaFirefox 0:128.5.1-150200.152.164.1
      MozillaThunderbird 0:128.5.2-150200.8.194.1
      chromium 0:131.0.6778.139-bp156.2.69.1 | openSUSE
      gimp 0:2.10.30-150400.3.14.1
      google-chrome-stable 0:131.0.6778.108-1 | Google LLC
      ImageMagick 0:7.1.1.21-150600.3.8.1
      kernel-default 0:6.4.0-150600.23.30.1
      kernel-firmware-all 0:20240728-150600.3.12.1 kernel-firmware
      libopenssl3 0:3.1.4-150600.5.21.1 openssl-3
      libreoffice 0:24.8.1.2-150500.20.11.2
      python311 0:3.11.10-150600.3.9.1
      teams-for-linux 0:1.12.7-1 | Ismael Martinez
      vlc 0:3.0.20-bp156.1.4 | openSUSE
      wireshark 0:3.6.23-150600.18.8.1
      xen-libs 0:4.18.3_06-150600.3.12.1 xen
      xz 0:5.4.1-150600.1.2`,
  },
  'arch-dev': {
    os: {
      id: 'arch',
      name: 'Arch Linux',
      version: 'rolling',
      kernel: '6.12.8-arch1-1',
      architecture: 'x64',
    },
    manager: 'pacman',
    packages: `
      chromium 131.0.6778.204-1
      code 1.96.2-1 code
      curl 8.11.1-3
      docker 1:27.4.1-1
      firefox 133.0.3-1
      git 2.47.1-1
      glibc 2.40+r16+gaa533d58ff-2
      go 2:1.23.4-1
      jdk21-openjdk 21.0.5.u11-1
      libxml2 2.13.5-1
      linux 6.12.8.arch1-1
      nodejs 23.4.0-1
      openssh 9.9p1-2
      openssl 3.4.0-1
      php 8.4.2-1
      python 3.13.1-1
      ruby 3.3.5-1
      rust 1:1.83.0-1
      thunderbird 128.5.2-1
      vim 9.1.0950-1
      vlc 3.0.21-6
      wireshark-qt 4.4.2-1`,
  },
  'win22-ad': {
    os: {
      id: 'windows',
      name: 'Microsoft Windows Server 2022 Datacenter',
      version: '10.0.20348.2966 (21H2)',
      kernel: '10.0.20348',
      architecture: 'x64',
    },
    manager: 'windows',
    packages: `
      7-Zip 24.09 (x64 edition) = 24.09.00.0 | Igor Pavlov
      Active Directory Federation Services = 10.0 | Microsoft Corporation
      AdoptOpenJDK JRE with Hotspot 8.0.292.10 (x64) = 8.0.292.10 | AdoptOpenJDK
      Apache Tomcat 10.1 Tomcat10 (remove only) = 10.1.31 | The Apache Software Foundation
      Citrix Virtual Apps and Desktops 7 2203 LTSR CU4 - Virtual Delivery Agent = 2203.0.4000.4025 | Citrix Systems, Inc.
      Dell OpenManage Server Administrator = 11.0.1.0 | Dell
      Eclipse Temurin JDK avec Hotspot 17.0.12+7 (x64) = 17.0.12.7 | Eclipse Adoptium
      Elastic Agent 8.15.3 = 8.15.3 | Elastic
      ESET Server Security = 11.0.12012.0 | ESET, spol. s r.o.
      HPE Integrated Lights-Out Management Interface Driver = 4.7.0.0 | Hewlett Packard Enterprise
      IIS URL Rewrite Module 2 = 7.2.1993 | Microsoft Corporation
      Ivanti Endpoint Manager Agent = 11.0.6.1234 | Ivanti
      ManageEngine ADAudit Plus = 8.1.0 | Zoho Corp.
      Microsoft .NET Runtime - 8.0.11 (x64) = 64.44.23191 | Microsoft Corporation
      Microsoft ASP.NET Core 8.0.11 - Shared Framework (x64) = 8.0.11.24521 | Microsoft Corporation
      Microsoft Azure AD Connect Health Agent = 4.5.2466.0 | Microsoft Corporation
      Microsoft Edge = 131.0.2903.86 | Microsoft Corporation
      Microsoft Monitoring Agent = 10.20.18053.0 | Microsoft Corporation
      Microsoft OLE DB Driver for SQL Server = 18.7.2.0 | Microsoft Corporation
      Microsoft SQL Server 2022 (64-bit) = 16.0.1000.6 | Microsoft Corporation
      Mozilla Firefox (x64 en-US) = 131.0.2 | Mozilla
      MySQL Server 8.4 = 8.4.2 | Oracle Corporation
      Nagios NSClient++ (x64) = 0.5.2.35 | MySolutions NORDIC
      Nessus Agent (x64) = 10.7.3.20027 | Tenable, Inc.
      OpenSSL 3.3.1 Light (64-bit) = 3.3.1 | OpenSSL Win64 Installer Team
      Oracle Database 19c Client = 19.3.0 | Oracle Corporation
      PHP 8.2.20 = 8.2.20 | The PHP Group
      Progress MOVEit Automation = 2024.0.0 | Progress Software Corporation
      Sophos Endpoint Agent = 2024.2.4.1.0 | Sophos Limited
      SolarWinds Platform 2024.2.1 = 2024.2.1 | SolarWinds
      Trend Micro Apex One Security Agent = 14.0.13140 | Trend Micro Inc.
      UltraVNC = 1.4.3.6 | uvnc bvba
      UniFi Network Server = 8.4.59 | Ubiquiti Inc.
      VMware Tools = 12.4.5.23787635 | VMware, Inc.
      WinRAR 6.22 (64 bits) = 6.22.0 | win.rar GmbH
      XAMPP = 8.2.12-0 | Apache Friends
      Zabbix Agent 2 (64-bit) = 7.0.3.2400 | Zabbix SIA`,
  },
  'win11-home': {
    os: {
      id: 'windows',
      name: 'Microsoft Windows 11 Pro',
      version: '10.0.26100 (24H2)',
      kernel: '10.0.26100',
      architecture: 'x64',
    },
    manager: 'windows',
    packages: `
      Adobe Photoshop 2024 = 25.9.0.573 | Adobe Inc.
      Adobe Creative Cloud = 6.4.0.361 | Adobe Inc.
      Adobe Illustrator 2025 = 29.0.1 | Adobe Inc.
      Autodesk AutoCAD 2025 - Français (French) = 25.0.58.0 | Autodesk, Inc.
      AnyDesk = ad 8.0.14 | AnyDesk Software GmbH
      Brave = 131.1.73.91 | Brave Software Inc
      Check Point VPN = 98.61.4013 | Check Point Software Technologies Ltd.
      Foxit PDF Reader = 2024.2.3.25184 | Foxit Software Inc.
      GIMP 2.10.38-1 = 2.10.38 | The GIMP Team
      Git version 2.45.1 = 2.45.1 | The Git Development Community
      GlobalProtect = 6.3.1 | Palo Alto Networks
      Google Chrome = 142.0.7444.134 | Google LLC
      HP Support Assistant = 9.38.29.0 | HP Inc.
      Intel(R) Management Engine Components = 2406.5.5.0 | Intel Corporation
      iTunes = 12.13.2.3 | Apple Inc.
      JetBrains Toolbox = 2.4.2.32922 | JetBrains s.r.o.
      KeePass Password Safe 2.57 = 2.57 | Dominik Reichl
      Lenovo System Update = 5.08.02.25 | Lenovo
      Microsoft Edge = 140.0.3485.66 | Microsoft Corporation
      Microsoft Office Professionnel Plus 2019 - fr-fr = 16.0.10416.20047 | Microsoft Corporation
      Microsoft Teams classic = 1.7.00.26062 | Microsoft Corporation
      Microsoft Visual Studio Code = 1.95.3 | Microsoft Corporation
      Mozilla Firefox (x64 fr) = 140.0.4 | Mozilla
      Mozilla Thunderbird (x64 fr) = 139.0.1 | Mozilla
      Nextcloud = 3.14.3.20241127 | Nextcloud GmbH
      NVIDIA Graphics Driver 552.44 = 552.44 | NVIDIA Corporation
      NVIDIA Pilote graphique 552.44 = 552.44 | NVIDIA Corporation
      Opera Stable 115.0.5322.68 = 115.0.5322.68 | Opera Software
      PDFCreator = 5.3.1 | Avanquest pdfforge GmbH
      PostgreSQL ODBC Driver (psqlODBC) = 16.00.0000 | PostgreSQL Global Development Group
      PowerShell 7-x64 = 7.4.5.0 | Microsoft Corporation
      Proton VPN = 3.4.3 | Proton AG
      PyCharm 2024.2.3 = 242.23339.19 | JetBrains s.r.o.
      RealVNC Viewer 7.12.0 = 7.12.0.10 | RealVNC
      SAP GUI for Windows 8.00 (Patch 5) = 8.00 Patch 5 | SAP SE
      Teams Machine-Wide Installer = 1.6.0.27573 | Microsoft Corporation
      Webex = 44.10.0.30906 | Cisco Systems, Inc
      Windows PC Health Check = 3.7.2204.15001 | Microsoft Corporation
      WireGuard = 0.5.3 | WireGuard LLC`,
  },
  'mac15-dev': {
    os: {
      id: 'apple',
      name: 'macOS',
      version: '15.2 (Sequoia)',
      kernel: '24.2.0',
      architecture: 'arm64',
    },
    manager: 'homebrew',
    origin: 'homebrew/core',
    packages: `
      adobe-acrobat-reader 24.005.20320 | homebrew/cask
      curl 8.11.1
      docker 27.4.1
      docker-desktop 4.37.1,178610 | homebrew/cask
      git 2.47.1
      google-chrome 142.0.7444.134 | homebrew/cask
      helm 3.16.4
      imagemagick 7.1.1-43
      jenkins-lts 2.479.2
      keepassxc 2.7.9 | homebrew/cask
      libreoffice 24.8.4 | homebrew/cask
      nginx 1.27.3
      node@22 22.12.0
      openssl@3 3.4.0
      openvpn 2.6.12
      postgresql@17 17.2
      postgresql@16 16.6
      python@3.13 3.13.1
      rabbitmq 4.0.5
      ruby 3.4.1
      samba 4.21.2
      terraform 1.5.7
      thunderbird 134.0 | homebrew/cask
      visual-studio-code 1.96.2 | homebrew/cask
      vlc 3.0.21 | homebrew/cask`,
  },
}
