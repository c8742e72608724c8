// Owns the second fleet: servers with repositories of their own beside the distribution’s, and laptops.
import type { Inventory } from '../hosts.ts'

export const SECOND_FLEET: Readonly<Record<string, Inventory>> = {
  'deb13-git': {
    os: {
      id: 'debian',
      name: 'Debian GNU/Linux 13 (trixie)',
      version: '13.1',
      kernel: '6.12.43+deb13-amd64',
      architecture: 'x64',
    },
    manager: 'dpkg',
    origin: 'Debian Maintainers <maintainers@lists.debian.org>',
    packages: `
      apt 3.0.3
      base-files 13.8+deb13u1
      bash 5.2.37-2+b5
      caddy 2.10.2 | Matthew Holt <matt@caddyserver.com>
      curl 8.14.1-2
      exim4-base 4.98.2-1 exim4
      exim4-daemon-light 4.98.2-1 exim4
      fail2ban 1.1.0-8
      firefox-esr 140.3.0esr-1~deb13u1
      git 1:2.47.3-0+deb13u1
      gitlab-ce 18.4.1-ce.0 | GitLab Inc. <support@gitlab.com>
      gnupg 2.4.7-21 gnupg2
      libc6 2.41-12 glibc
      libcurl4t64 8.14.1-2 curl
      libexpat1 2.7.1-2 expat
      libpam-modules 1.7.0-5 pam
      libpng16-16t64 1.6.48-1 libpng1.6
      libpq5 17.6-0+deb13u1 postgresql-17
      libsqlite3-0 3.46.1-7 sqlite3
      libssh2-1t64 1.11.1-1 libssh2
      libssl3t64 3.5.1-1 openssl
      libxml2 2.12.7+dfsg+really2.9.14-2.1+deb13u1
      linux-image-6.12.43+deb13-amd64 6.12.43-1 linux-signed-amd64
      linux-image-amd64 6.12.43-1 linux-signed-amd64
      openssh-client 1:10.0p1-7 openssh
      openssh-server 1:10.0p1-7 openssh
      openssl 3.5.1-1
      openssl-provider-legacy 3.5.1-1 openssl
      perl 5.40.1-6
      podman 5.4.2+ds1-1+b2 libpod
      python3 3.13.5-1 python3-defaults
      python3.13 3.13.5-2
      rsync 3.4.1+ds1-5
      runc 1.1.15+ds1-2+b4
      sudo 1.9.16p2-3
      systemd 257.8-1~deb13u2
      unbound 1.22.0-2
      valkey-server 8.1.1+dfsg1-3 valkey
      vim 2:9.1.1230-2
      xz-utils 5.8.1-1
      zabbix-agent2 1:7.0.18-1+debian13 zabbix | Zabbix Packager <info@zabbix.com>
      zlib1g 1:1.3.dfsg+really1.3.1-1+b1 zlib`,
  },
  'ub22-web': {
    os: {
      id: 'ubuntu',
      name: 'Ubuntu 22.04.5 LTS',
      version: '22.04.5',
      kernel: '5.15.0-143-generic',
      architecture: 'x64',
    },
    manager: 'dpkg',
    origin: 'Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>',
    packages: `
      apache2-utils 2.4.52-1ubuntu4.14 apache2
      bash 5.1-6ubuntu1.1
      bind9-dnsutils 1:9.18.30-0ubuntu0.22.04.2 bind9
      bind9-host 1:9.18.30-0ubuntu0.22.04.2 bind9
      certbot 1.21.0-1build1 python-certbot
      containerd.io 1.7.27-1 | Docker <support@docker.com>
      curl 7.81.0-1ubuntu1.20
      docker-buildx-plugin 0.24.0-1~ubuntu.22.04~jammy | Docker <support@docker.com>
      docker-ce 5:28.1.1-1~ubuntu.22.04~jammy | Docker <support@docker.com>
      docker-ce-cli 5:28.1.1-1~ubuntu.22.04~jammy docker-ce | Docker <support@docker.com>
      docker-compose-plugin 2.35.1-1~ubuntu.22.04~jammy docker-ce | Docker <support@docker.com>
      git 1:2.34.1-1ubuntu1.12
      grub2-common 2.06-2ubuntu7.2 grub2
      kibana 8.18.1 | Kibana Team <info@elastic.co>
      elasticsearch 8.18.1 | Elasticsearch Team <info@elastic.co>
      libc6 2.35-0ubuntu3.9 glibc
      libcurl4 7.81.0-1ubuntu1.20 curl
      libpq5 17.5-1.pgdg22.04+1 postgresql-17 | Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>
      libssl3 3.0.2-0ubuntu1.19 openssl
      libxml2 2.9.13+dfsg-1ubuntu0.7
      linux-image-5.15.0-141-generic 5.15.0-141.151 linux-signed
      linux-image-5.15.0-143-generic 5.15.0-143.153 linux-signed
      linux-image-generic 5.15.0.143.138 linux-meta
      mattermost 10.5.2 | Mattermost Inc. <info@mattermost.com>
      mysql-client-8.0 8.0.42-0ubuntu0.22.04.1 mysql-8.0
      mysql-common 5.8+1.0.8 mysql-defaults
      nginx 1.28.0-1~jammy | NGINX Packaging <nginx-packaging@f5.com>
      nodejs 20.19.1-1nodesource1 | NodeSource <support@nodesource.com>
      openssh-client 1:8.9p1-3ubuntu0.13 openssh
      openssh-server 1:8.9p1-3ubuntu0.13 openssh
      openssl 3.0.2-0ubuntu1.19
      perl 5.34.0-3ubuntu1.4
      php8.3 8.3.21-1+ubuntu22.04.1+deb.sury.org+1 | Debian PHP Maintainers <team+pkg-php@tracker.debian.org>
      php8.3-common 8.3.21-1+ubuntu22.04.1+deb.sury.org+1 php8.3 | Debian PHP Maintainers <team+pkg-php@tracker.debian.org>
      php8.3-fpm 8.3.21-1+ubuntu22.04.1+deb.sury.org+1 php8.3 | Debian PHP Maintainers <team+pkg-php@tracker.debian.org>
      postgresql-16 16.8-1.pgdg22.04+1 | Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>
      postgresql-client-16 16.8-1.pgdg22.04+1 postgresql-16 | Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>
      python3.10 3.10.12-1~22.04.9
      redis-server 5:6.0.16-1ubuntu1 redis
      rsync 3.2.7-0ubuntu0.22.04.4
      snapd 2.67.1+22.04
      sudo 1.9.9-1ubuntu2.4
      systemd 249.11-0ubuntu3.15
      tar 1.34+dfsg-1ubuntu0.1.22.04.2
      vim 2:8.2.3995-1ubuntu2.24
      xz-utils 5.2.5-2ubuntu1
      zlib1g 1:1.2.11.dfsg-2ubuntu9.2 zlib`,
  },
  'rhel9-app': {
    os: {
      id: 'rhel',
      name: 'Red Hat Enterprise Linux 9.4 (Plow)',
      version: '9.4',
      kernel: '5.14.0-427.13.1.el9_4.x86_64',
      architecture: 'x64',
    },
    manager: 'rpm',
    origin: 'Red Hat, Inc.',
    packages: `
      bash 0:5.1.8-9.el9
      bind-utils 32:9.16.23-18.el9_4.1 bind
      cups-libs 1:2.3.3op2-24.el9 cups
      curl 0:7.76.1-29.el9_4
      dotnet-runtime-8.0 0:8.0.4-1.el9_4 dotnet8.0
      expat 0:2.5.0-2.el9_4
      git 0:2.43.0-1.el9
      glibc 0:2.34-100.el9_4.2
      gnutls 0:3.8.3-4.el9_4
      grub2-efi-x64 1:2.06-77.el9 grub2
      httpd 0:2.4.57-8.el9
      httpd-core 0:2.4.57-8.el9 httpd
      java-17-openjdk 1:17.0.11.0.9-2.el9
      java-17-openjdk-headless 1:17.0.11.0.9-2.el9 java-17-openjdk
      java-21-openjdk-headless 1:21.0.3.0.9-1.el9 java-21-openjdk
      kernel 0:5.14.0-427.13.1.el9_4
      kernel-core 0:5.14.0-427.13.1.el9_4 kernel
      kernel-modules 0:5.14.0-427.13.1.el9_4 kernel
      krb5-libs 0:1.21.1-1.el9 krb5
      libsmbclient 0:4.19.4-104.el9 samba
      libwbclient 0:4.19.4-104.el9 samba
      libxml2 0:2.9.13-6.el9_4
      mariadb 3:10.5.22-1.el9_2
      mariadb-server 3:10.5.22-1.el9_2 mariadb
      mod_ssl 1:2.4.57-8.el9 httpd
      net-snmp-libs 1:5.9.1-13.el9 net-snmp
      openldap 0:2.6.6-3.el9
      openssh 0:8.7p1-38.el9
      openssh-server 0:8.7p1-38.el9 openssh
      openssl 1:3.0.7-27.el9
      openssl-libs 1:3.0.7-27.el9 openssl
      podman 4:4.9.4-3.el9_4
      polkit 0:0.117-11.el9
      python3 0:3.9.18-3.el9_4 python3.9
      runc 4:1.1.12-2.el9
      sudo 0:1.9.5p2-10.el9_3
      systemd 0:252-32.el9_4
      tomcat 1:9.0.87-1.el9_4
      vim-minimal 2:8.2.2637-20.el9_1 vim
      xz-libs 0:5.2.5-8.el9_0 xz
      zabbix-agent 0:7.0.5-release1.el9 zabbix | Zabbix
      zlib 0:1.2.11-40.el9`,
  },
  'sles15sp6-web': {
    os: {
      id: 'sles',
      name: 'SUSE Linux Enterprise Server 15 SP6',
      version: '15.6',
      kernel: '6.4.0-150600.23.38-default',
      architecture: 'x64',
    },
    manager: 'rpm',
    origin: 'SUSE LLC <https://www.suse.com/>',
    packages: `
      apache2 0:2.4.58-150600.5.26.1
      apache2-mod_php8 0:8.2.20-150600.3.3.1 php8
      bash 0:4.4-150400.27.3.1
      curl 0:8.6.0-150600.4.15.1
      docker 0:26.1.5_ce-150000.212.1
      glibc 0:2.38-150600.14.17.2
      java-17-openjdk-headless 0:17.0.13.0-150400.3.48.2 java-17-openjdk
      kernel-default 0:6.4.0-150600.23.38.1
      libcurl4 0:8.6.0-150600.4.15.1 curl
      libexpat1 0:2.4.4-150400.3.25.1 expat
      libmariadb3 0:3.1.22-150000.3.36.4 mariadb-connector-c
      libopenssl3 0:3.1.4-150600.5.24.1 openssl-3
      libxml2-2 0:2.10.3-150500.5.20.1 libxml2
      mariadb 0:10.11.9-150600.4.6.1
      openssh 0:9.6p1-150600.6.15.2
      openssh-server 0:9.6p1-150600.6.15.2 openssh
      openssl-3 0:3.1.4-150600.5.24.1
      php8 0:8.2.20-150600.3.3.1
      python3-base 0:3.6.15-150300.10.78.1 python3-core
      python311-base 0:3.11.10-150600.3.12.1 python311-core
      rsync 0:3.2.7-150600.3.8.1
      samba-client-libs 0:4.19.8+git.410.c1d3eb37b0e-150600.3.9.3 samba
      sudo 0:1.9.15p5-150600.3.3.1
      systemd 0:254.20-150600.4.15.10
      vim 0:9.1.0836-150500.20.15.1
      xz 0:5.4.1-150600.1.2`,
  },
  'alp320-proxy': {
    os: {
      id: 'alpine',
      name: 'Alpine Linux v3.20',
      version: '3.20.3',
      kernel: '6.6.49-0-virt',
      architecture: 'x64',
    },
    manager: 'apk',
    packages: `
      alpine-baselayout 3.6.5-r0
      apk-tools 2.14.4-r0
      busybox 1.36.1-r29
      busybox-binsh 1.36.1-r29 busybox
      ca-certificates 20240705-r0
      curl 8.9.1-r2
      haproxy 2.8.10-r0
      libcrypto3 3.3.2-r0 openssl
      libcurl 8.9.1-r2 curl
      libexpat 2.6.3-r0 expat
      libssl3 3.3.2-r0 openssl
      libxml2 2.12.7-r0
      linux-virt 6.6.49-r0 linux-lts
      musl 1.2.5-r0
      nginx 1.26.2-r0
      nginx-mod-stream 1.26.2-r0 nginx
      openssh 9.7_p1-r4
      openssh-client-default 9.7_p1-r4 openssh
      openssh-server 9.7_p1-r4 openssh
      openvpn 2.6.11-r0
      php83 8.3.11-r0
      php83-fpm 8.3.11-r0 php83
      redis 7.2.5-r0
      squid 6.9-r0
      sqlite-libs 3.45.3-r1 sqlite
      traefik 3.0.4-r5
      unbound-libs 1.20.0-r1 unbound
      xz-libs 5.6.2-r0 xz
      zlib 1.3.1-r1`,
  },
  'win19-veeam': {
    os: {
      id: 'windows',
      name: 'Microsoft Windows Server 2019 Standard',
      version: '10.0.17763 (1809)',
      kernel: '10.0.17763',
      architecture: 'x64',
    },
    manager: 'windows',
    packages: `
      7-Zip 22.01 (x64) = 22.01 | Igor Pavlov
      Adobe Acrobat (64-bit) = 24.005.20307 | Adobe
      Azure Connected Machine Agent = 1.58.03228.735 | Microsoft Corporation
      Citrix Workspace 2402 = 24.2.0.187 | Citrix Systems, Inc.
      Google Chrome = 138.0.7204.158 | Google LLC
      Java 8 Update 441 (64-bit) = 8.0.4410.7 | Oracle Corporation
      Kaspersky Endpoint Security for Windows = 12.5.0.539 | Kaspersky
      ManageEngine ADSelfService Plus = 6.5.10 | ZOHO Corp
      Microsoft .NET Framework 4.8 SDK = 4.8.03928 | Microsoft Corporation
      Microsoft Edge = 137.0.3296.68 | Microsoft Corporation
      Microsoft Edge WebView2 Runtime = 137.0.3296.68 | Microsoft Corporation
      Microsoft ODBC Driver 17 for SQL Server = 17.10.5.1 | Microsoft Corporation
      Microsoft SQL Server 2016 (64-bit) = 13.0.5026.0 | Microsoft Corporation
      Microsoft SQL Server 2016 Setup (English) = 13.0.5026.0 | Microsoft Corporation
      Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.40.33810 = 14.40.33810.0 | Microsoft Corporation
      Microsoft Visual C++ 2022 X64 Minimum Runtime - 14.40.33810 = 14.40.33810 | Microsoft Corporation
      Notepad++ (64-bit x64) = 8.7.9 | Notepad++ Team
      Palo Alto Networks Cortex XDR 8.5.1.6000 = 8.5.1.6000 | Palo Alto Networks, Inc.
      PostgreSQL 15 = 15.10-1 | PostgreSQL Global Development Group
      PuTTY release 0.80 (64-bit) = 0.80.0.0 | Simon Tatham
      Veeam Agent for Microsoft Windows = 6.2.0.121 | Veeam Software Group GmbH
      Veeam Backup & Replication Console = 12.3.0.310 | Veeam Software Group GmbH
      Veeam Backup & Replication Server = 12.3.0.310 | Veeam Software Group GmbH
      Veeam Explorer for Microsoft Exchange = 12.3.0.310 | Veeam Software Group GmbH
      VMware Tools = 12.5.0.24276846 | VMware, Inc.
      WinSCP 6.3.6 = 6.3.6 | Martin Prikryl
      Zabbix Agent (64-bit) = 6.0.36.2400 | Zabbix SIA`,
  },
  'win11-lap': {
    os: {
      id: 'windows',
      name: 'Microsoft Windows 11 Entreprise',
      version: '10.0.22631.4317 (23H2)',
      kernel: '10.0.22631',
      architecture: 'x64',
    },
    manager: 'windows',
    packages: `
      Adobe Acrobat Reader - Français = 25.001.20428 | Adobe
      Adobe Refresh Manager = 1.8.0 | Adobe Systems Incorporated
      Audacity 3.6.4 = 3.6.4 | Audacity Team
      Bitwarden = 2025.1.1 | Bitwarden Inc.
      Cisco Secure Client - AnyConnect VPN = 5.1.6.103 | Cisco Systems, Inc.
      DBeaver 24.3.1 = 24.3.1 | DBeaver Corp
      Docker Desktop = 4.41.2 | Docker Inc.
      draw.io 26.0.9 = 26.0.9 | JGraph
      FortiClient VPN = 7.2.4.0972 | Fortinet Technologies Inc
      Git = 2.47.1.2 | The Git Development Community
      GlobalProtect = 6.2.6 | Palo Alto Networks
      Google Chrome = 138.0.7204.169 | Google LLC
      KeePassXC = 2.7.9 | KeePassXC Team
      LibreOffice 24.8.4.2 = 24.8.4.2 | The Document Foundation
      Microsoft 365 Apps pour les grandes entreprises - fr-fr = 16.0.18526.20144 | Microsoft Corporation
      Microsoft Edge = 138.0.3351.95 | Microsoft Corporation
      Microsoft Edge Update = 1.3.193.5 | Microsoft Corporation
      Microsoft OneDrive = 25.020.0202.0001 | Microsoft Corporation
      Microsoft Teams Meeting Add-in for Microsoft Office = 1.24.33413 | Microsoft
      Microsoft Visual Studio Code (User) = 1.97.2 | Microsoft Corporation
      Mozilla Firefox ESR (x64 fr) = 128.14.0 | Mozilla
      Mozilla Maintenance Service = 128.14.0 | Mozilla
      Mozilla Thunderbird ESR (x64 fr) = 140.3.1 | Mozilla
      Node.js = 22.11.0 | Node.js Foundation
      Notepad++ (64-bit x64) = 8.8.1 | Notepad++ Team
      Oracle VirtualBox 7.1.4 = 7.1.4 | Oracle and/or its affiliates
      Python 3.13.1 (64-bit) = 3.13.1150.0 | Python Software Foundation
      Python Launcher = 3.13.1150.0 | Python Software Foundation
      Stormshield SSL VPN Client = 4.0.7 | Stormshield
      Symantec Endpoint Protection = 14.3.10148.8000 | Broadcom
      TeamViewer = 15.62.4 | TeamViewer
      TheGreenBow VPN Enterprise = 7.5.101 | TheGreenBow
      VLC media player = 3.0.20 | VideoLAN
      VMware Workstation = 17.6.2 | VMware, Inc.
      WinRAR 7.01 (64-bit) = 7.01.0 | win.rar GmbH
      Wireshark 4.4.2 x64 = 4.4.2 | The Wireshark developer community
      Zoom Workplace (64-bit) = 6.2.11.50939 | Zoom Communications, Inc.`,
  },
  'mac-lap': {
    os: {
      id: 'apple',
      name: 'macOS',
      version: '14.6.1 (Sonoma)',
      kernel: '23.6.0',
      architecture: 'arm64',
    },
    manager: 'homebrew',
    origin: 'homebrew/core',
    packages: `
      awscli 2.17.56
      ca-certificates 2024-07-02
      curl 8.10.1
      firefox 142.0.1 | homebrew/cask
      git 2.46.2
      gnupg 2.4.5_2
      go 1.23.1
      google-chrome 138.0.7204.157 | homebrew/cask
      grafana 11.2.0
      httpd 2.4.62
      iterm2 3.5.4 | homebrew/cask
      kubernetes-cli 1.31.0
      libpq 16.4
      libtiff 4.6.0
      libxml2 2.13.3
      mariadb 11.4.2
      microsoft-edge 138.0.3351.77 | homebrew/cask
      node 22.8.0
      node@18 18.20.4
      openssl@1.1 1.1.1w
      openssl@3 3.3.2
      php@8.2 8.2.23
      postgresql@14 14.12
      python@3.12 3.12.5
      redis 7.2.5
      sqlite 3.46.1
      thunderbird 128.2.0 | homebrew/cask
      traefik 3.1.4
      tomcat 10.1.28
      vim 9.1.0700
      wireshark 4.4.0 | homebrew/cask
      xz 5.6.2
      zoom 6.1.11.39163 | homebrew/cask`,
  },
}
