// Owns the fourth fleet: older releases, a small name server, an office desktop.
import type { Inventory } from '../hosts.ts'

export const FOURTH_FLEET: Readonly<Record<string, Inventory>> = {
  'deb12-desk': {
    os: {
      id: 'debian',
      name: 'Debian GNU/Linux',
      version: '12.11 (bookworm)',
      kernel: '6.1.0-37-amd64',
      architecture: 'x64',
    },
    manager: 'dpkg',
    origin: 'Debian Maintainers <maintainers@lists.debian.org>',
    packages: `
      brave-browser 1.79.126 | Brave Software <support@brave.com>
      code 1.101.1-1750254731 | Microsoft Corporation <vscode-linux@microsoft.com>
      firefox 140.0.4~build1 | Mozilla <release@mozilla.com>
      gimp 2.10.34-1+deb12u3
      gstreamer1.0-plugins-good 1.22.0-5+deb12u2 gst-plugins-good1.0
      haproxy 3.0.11-1~bpo12+1
      libavcodec59 7:5.1.6-0+deb12u1 ffmpeg
      libc6 2.36-9+deb12u10 glibc
      libgnutls30 3.7.9-2+deb12u4 gnutls28
      libreoffice-writer 4:7.4.7-1+deb12u8 libreoffice
      libssl3 3.0.16-1~deb12u1 openssl
      linux-image-6.1.0-37-amd64 6.1.140-1 linux-signed-amd64
      mariadb-server 1:11.4.5+maria~deb12 mariadb | MariaDB Developers <maria-developers@lists.launchpad.net>
      nginx 1.27.5-1~bookworm | NGINX Packaging <nginx-packaging@f5.com>
      openssh-client 1:9.2p1-2+deb12u6 openssh
      openvpn 2.6.3-1+deb12u3
      pgadmin4-desktop 9.2 | Dave Page <dpage@pgadmin.org>
      signal-desktop 7.56.0 | Signal Messenger, LLC <support@signal.org>
      sudo 1.9.13p3-1+deb12u2
      teamviewer 15.64.3 | TeamViewer Germany GmbH <linux@teamviewer.com>
      tor 0.4.7.16-1
      virtualbox-7.1 7.1.6-167084~Debian~bookworm | Oracle Corporation <info@virtualbox.org>
      vlc 3.0.21-0+deb12u1
      zoom 6.4.6.1370 | Zoom Communications, Inc. <linux-devops@zoom.us>`,
  },
  'ub20-esm': {
    os: {
      id: 'ubuntu',
      name: 'Ubuntu',
      version: '20.04.6 LTS (focal)',
      kernel: '5.4.0-216-generic',
      architecture: 'x64',
    },
    manager: 'dpkg',
    origin: 'Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>',
    packages: `
      apache2 2.4.41-4ubuntu3.23
      cups-browsed 1.27.4-1 cups-filters
      dovecot-imapd 1:2.3.7.2-1ubuntu3.7 dovecot
      gitlab-ee 17.11.1-ee.0 | GitLab Inc. <support@gitlab.com>
      gitlab-runner 17.11.0-1 | GitLab Inc. <support@gitlab.com>
      libc6 2.31-0ubuntu9.17 glibc
      linux-image-5.4.0-216-generic 5.4.0-216.236 linux-signed
      mysql-server-8.0 8.0.42-0ubuntu0.20.04.1 mysql-8.0
      nginx-core 1.18.0-0ubuntu1.7 nginx
      openssh-server 1:8.2p1-4ubuntu0.13 openssh
      php7.4-cli 7.4.3-4ubuntu2.29 php7.4
      postfix 3.4.13-0ubuntu1.4
      postgresql-12 12.22-0ubuntu0.20.04.4
      redis-server 6:7.4.2-1rl1~focal1 redis | Redis Support <support@redis.com>
      redis-tools 6:7.4.2-1rl1~focal1 redis | Redis Support <support@redis.com>
      rsync 3.1.3-8ubuntu0.9
      sudo 1.8.31-1ubuntu1.5
      tomcat9 9.0.31-1ubuntu0.9
      zabbix-frontend-php 1:6.0.39-1+ubuntu20.04 zabbix | Zabbix Packager <info@zabbix.com>
      zabbix-server-mysql 1:6.0.39-1+ubuntu20.04 zabbix | Zabbix Packager <info@zabbix.com>`,
  },
  'rhel96-app': {
    os: {
      id: 'rhel',
      name: 'Red Hat Enterprise Linux',
      version: '9.6 (Plow)',
      kernel: '5.14.0-570.17.1.el9_6.x86_64',
      architecture: 'x64',
    },
    manager: 'rpm',
    origin: 'Red Hat, Inc.',
    packages: `
      elasticsearch 0:8.17.4-1 | Elastic
      kibana 0:8.17.4-1 | Elastic
      glibc 0:2.34-168.el9_6.14
      httpd 0:2.4.62-4.el9
      java-21-openjdk-headless 1:21.0.7.0.6-1.el9 java-21-openjdk
      jenkins 0:2.504.1-1.1 | Jenkins
      kernel 0:5.14.0-570.17.1.el9_6
      kernel-core 0:5.14.0-570.17.1.el9_6 kernel
      mariadb-server 3:10.11.11-1.module+el9.6.0 mariadb
      MariaDB-client 0:11.4.5-1.el9 | MariaDB Foundation
      mongodb-org-server 0:8.0.8-1.el9 mongodb-org | MongoDB
      mssql-server 0:16.0.4185.3-1 | Microsoft Corporation
      nginx 2:1.20.1-22.el9_6.2
      openssh-server 0:8.7p1-45.el9 openssh
      openssl-libs 1:3.2.2-6.el9_5.1 openssl
      podman 5:5.4.0-9.el9_6
      puppet-agent 0:8.10.0-1.el9 | Perforce
      sudo 0:1.9.5p2-10.el9_3
      zabbix-agent2 0:7.2.5-release1.el9 zabbix | Zabbix`,
  },
  'alp321-dns': {
    os: {
      id: 'alpine',
      name: 'Alpine Linux',
      version: '3.21.3',
      kernel: '6.12.20-0-lts',
      architecture: 'x64',
    },
    manager: 'apk',
    packages: `
      bind 9.18.35-r0
      bind-libs 9.18.35-r0 bind
      busybox 1.37.0-r12
      curl 8.12.1-r1
      dropbear 2024.86-r0
      libcrypto3 3.3.3-r0 openssl
      linux-lts 6.12.20-r0
      musl 1.2.5-r9
      nodejs 22.13.1-r0
      pdns 4.9.4-r0
      postgresql16 16.8-r0
      postgresql17-client 17.4-r0 postgresql17
      python3 3.12.10-r0
      rsync 3.4.0-r0
      samba-server 4.20.6-r1 samba
      strongswan 5.9.14-r0
      sudo 1.9.16_p2-r0
      valkey 8.0.2-r0`,
  },
  'win10-shop': {
    os: {
      id: 'windows',
      name: 'Microsoft Windows 10 Professionnel',
      version: '10.0.19045.5854 (22H2)',
      kernel: '10.0.19045',
      architecture: 'x64',
    },
    manager: 'windows',
    packages: `
      Adobe Acrobat (64-bit) = 25.001.20474 | Adobe
      Adobe InDesign 2024 = 19.5.1.0 | Adobe Inc.
      Apache OpenOffice 4.1.14 = 4.114.9811 | Apache Software Foundation
      AnyDesk = ad 9.0.4 | AnyDesk Software GmbH
      Avast Premium Security = 25.3.9983 | Gen Digital Inc.
      Bitdefender Endpoint Security Tools = 7.9.18.466 | Bitdefender
      Cisco AnyConnect Secure Mobility Client = 4.10.08029 | Cisco Systems, Inc.
      Corel PaintShop Pro 2023 = 25.0.0.122 | Corel Corporation
      CrowdStrike Sensor Platform = 7.22.19410.0 | CrowdStrike, Inc.
      Dell SupportAssist = 4.5.1.18940 | Dell Inc.
      Dropbox = 223.4.4909 | Dropbox, Inc.
      EPSON Scan = 6.7.0.0 | Seiko Epson Corporation
      F-Secure Client Security Premium = 15.30 | WithSecure Corporation
      FileZilla 3.68.1 = 3.68.1 | Tim Kosse
      Git = 2.48.1 | The Git Development Community
      GIMP 3.0.2 = 3.0.2.0 | The GIMP Team
      Google Chrome = 136.0.7103.93 | Google LLC
      Ivanti Secure Access Client 22.7 = 22.7.4.30859 | Ivanti
      Java 8 Update 431 = 8.0.4310.10 | Oracle Corporation
      KeePassXC = 2.7.10 | KeePassXC Team
      LibreOffice 24.8.6.2 = 24.8.6.2 | The Document Foundation
      Microsoft Edge = 136.0.3240.50 | Microsoft Corporation
      Microsoft Office Standard 2016 = 16.0.4266.1001 | Microsoft Corporation
      Microsoft Silverlight = 5.1.50918.0 | Microsoft Corporation
      Microsoft Visual C++ 2010 x64 Redistributable - 10.0.40219 = 10.0.40219 | Microsoft Corporation
      Mozilla Firefox ESR (x64 fr) = 115.23.0 | Mozilla
      MongoDB Compass = 1.45.4 | MongoDB Inc
      Mozilla Thunderbird (x86 fr) = 128.10.0 | Mozilla
      Nitro PDF Pro = 14.35.1.0 | Nitro
      OpenVPN 2.6.12-I001 amd64 = 2.6.1201 | OpenVPN, Inc.
      OpenVPN Connect = 3.6.0 | OpenVPN Inc.
      PDF-XChange Editor = 10.5.2.395 | Tracker Software Products (Canada) Ltd.
      PHP 8.3 = 8.3.20 | The PHP Group
      PyCharm Community Edition 2024.3.5 = 243.26053.29 | JetBrains s.r.o.
      Sage 100 = 9.20 | Sage
      SumatraPDF = 3.5.2 | Krzysztof Kowalczyk
      Telegram Desktop = 5.13.1 | Telegram FZ-LLC
      TreeSize Free V4.7.3 = 4.7.3 | JAM Software
      VMware Horizon Client = 8.13.0.42287 | Omnissa, LLC.
      VLC media player = 3.0.21 | VideoLAN
      WinSCP 6.3.7 = 6.3.7 | Martin Prikryl
      XnView 2.52.1 = 2.52.1 | Gougelet Pierre-e
      Zscaler = 4.3.0.238 | Zscaler Inc.`,
  },
  'mac13-old': {
    os: {
      id: 'apple',
      name: 'macOS',
      version: '13.7.2 (Ventura)',
      kernel: '22.6.0',
      architecture: 'x64',
    },
    manager: 'homebrew',
    origin: 'homebrew/core',
    packages: `
      ansible 10.5.0
      bind 9.20.3
      figma 124.7.4 | homebrew/cask
      gnupg 2.4.5_3
      keepassxc 2.7.7 | homebrew/cask
      mongodb-community 7.0.14 | mongodb/brew
      openssh 9.9p1
      openjdk@17 17.0.13
      python@3.11 3.11.10
      slack 4.41.97 | homebrew/cask
      vim 9.1.0850
      vlc 3.0.20 | homebrew/cask
      virtualbox 7.1.4 | homebrew/cask
      wget 1.24.5`,
  },
}
