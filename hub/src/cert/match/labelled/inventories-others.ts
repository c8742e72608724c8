// Owns the machines of the labelled fleet that run Alpine, Arch, Windows and macOS.
import type { Inventory } from './hosts.ts'

const ALPINE_BASE = (packages: string): string => `
alpine-baselayout 3.4.3-r2
alpine-keys 2.4-r1
apk-tools 2.14.0-r5
ca-certificates 20240226-r0
libc-utils 0.7.2-r5
musl 1.2.4_git20230717-r4
musl-utils 1.2.4_git20230717-r4
scanelf 1.3.7-r2
ssl_client 1.36.1-r15
tzdata 2024a-r0
openrc 0.52.1-r2
ifupdown-ng 0.12.1-r4
chrony 4.5-r0
acpid 2.0.34-r1
bash 5.2.21-r0
doas 6.8.2-r7
e2fsprogs 1.47.0-r5
iptables 1.8.10-r3
kmod 31-r2
less 643-r1
logrotate 3.21.0-r1
mkinitfs 3.8.1-r1
nano 7.2-r1
readline 8.2.1-r2
sed 4.9-r2
tar 1.35-r2
util-linux 2.39.3-r0
wget 1.21.4-r0
zlib 1.3.1-r0
${packages}`

export const OTHERS: Readonly<Record<string, Inventory>> = {
  'alp319-edge': {
    os: {
      id: 'alpine',
      name: 'Alpine Linux',
      version: 'v3.19',
      kernel: '6.6.14-0-lts',
      architecture: 'x64',
    },
    manager: 'apk',
    packages: ALPINE_BASE(`
      busybox 1.36.1-r15
      curl 8.5.0-r0
      libcurl 8.5.0-r0 curl
      libcrypto3 3.1.4-r5 openssl
      libssl3 3.1.4-r5 openssl
      linux-lts 6.6.14-r0
      nginx 1.24.0-r15
      nodejs 20.11.0-r0
      openssh 9.6_p1-r0
      openssh-server 9.6_p1-r0 openssh
      php82 8.2.15-r0
      sudo 1.9.15_p5-r0
      haproxy 2.8.5-r0
      xz-libs 5.4.5-r0 xz
      python3 3.11.8-r0
      expat 2.6.0-r0
      libxml2 2.11.6-r0
      unbound 1.19.1-r0`),
  },
  // A container: its kernel is another machine's.
  'alp320-cache': {
    os: {
      id: 'alpine',
      name: 'Alpine Linux',
      version: 'v3.20',
      kernel: '5.15.0-97-generic',
      architecture: 'x64',
    },
    manager: 'apk',
    packages: ALPINE_BASE(`
      busybox 1.36.1-r28
      libcrypto3 3.3.0-r2 openssl
      libssl3 3.3.0-r2 openssl
      redis 7.2.5-r0
      varnish 7.5.0-r1
      postgresql16 16.3-r0
      postgresql-common 1.2-r1
      prometheus-nginx-exporter 1.1.0-r5
      traefik 2.11.2-r2
      xz-libs 5.6.1-r3 xz
      curl 8.7.1-r0
      libcurl 8.7.1-r0 curl`),
  },
  'arch-desk': {
    os: {
      id: 'arch',
      name: 'Arch Linux',
      version: 'unknown',
      kernel: '6.7.4-arch1-1',
      architecture: 'x64',
    },
    manager: 'pacman',
    packages: `
      acl 2.3.2-1
      archlinux-keyring 20240208-1
      base 3-2
      bash 5.2.026-2
      bind 9.18.24-1
      brotli 1.1.0-1
      ca-certificates 20220905-1
      chromium 121.0.6167.160-1
      coreutils 9.4-3
      cups 1:2.4.7-2
      curl 8.6.0-3
      dbus 1.14.10-2
      docker 1:25.0.3-1
      containerd 1.7.13-1
      runc 1.1.12-1
      expat 2.6.0-1
      ffmpeg 2:6.1.1-5
      filesystem 2023.09.18-1
      firefox 122.0.1-1
      git 2.43.1-1
      glibc 2.39-1
      gnupg 2.4.4-1
      gnutls 3.8.3-1
      imagemagick 7.1.1.28-1
      libreoffice-fresh 24.2.0-3
      libxml2 2.12.5-1
      linux 6.7.4.arch1-1
      nginx 1.24.0-2
      nodejs 21.6.1-1
      openssh 9.6p1-1
      openssl 3.2.1-1
      openvpn 2.6.9-1
      php 8.3.2-1
      polkit 124-1
      postgresql 16.1-3
      putty 0.80-1
      python 3.11.7-1
      rsync 3.2.7-6
      sqlite 3.45.1-1
      sudo 1.9.15.p5-1
      systemd 255.3-1
      thunderbird 115.7.0-1
      virtualbox 7.0.14-1
      vlc 3.0.20-8
      wireshark-cli 4.2.2-1
      xz 5.4.6-1
      zlib 1:1.3.1-1`,
  },
  'win22-sql': {
    os: {
      id: 'windows',
      name: 'Microsoft Windows Server 2022 Standard',
      version: '10.0.20348 (21H2)',
      kernel: '10.0.20348',
      architecture: 'x64',
    },
    manager: 'windows',
    packages: `
      7-Zip 23.01 (x64) = 23.01 | Igor Pavlov
      Microsoft SQL Server 2019 (64-bit) = 15.0.2000.5 | Microsoft Corporation
      Microsoft SQL Server 2019 Setup (English) = 15.0.4345.5 | Microsoft Corporation
      Microsoft SQL Server Management Studio - 19.3 = 19.3.4.0 | Microsoft Corporation
      SQL Server 2019 Database Engine Services = 15.0.2000.5 | Microsoft Corporation
      Microsoft ODBC Driver 17 for SQL Server = 17.10.5.1 | Microsoft Corporation
      Microsoft OLE DB Driver for SQL Server = 18.6.7.0 | Microsoft Corporation
      Microsoft Edge = 121.0.2277.83 | Microsoft Corporation
      Microsoft Edge Update = 1.3.183.29 |
      Microsoft .NET Runtime - 8.0.1 (x64) = 64.4.11423 | Microsoft Corporation
      Microsoft ASP.NET Core 8.0.1 Shared Framework (x64) = 8.0.1.23580 | Microsoft Corporation
      Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.38.33130 = 14.38.33130.0 | Microsoft Corporation
      VMware Tools = 12.3.5.22544099 | VMware, Inc.
      Veeam Backup & Replication = 12.1.0.2131 | Veeam Software Group GmbH
      Veeam Agent for Microsoft Windows = 6.1.0.349 | Veeam Software Group GmbH
      Notepad++ (64-bit x64) = 8.6.2 | Notepad++ Team
      PuTTY release 0.79 (64-bit) = 0.79.0.0 | Simon Tatham
      Java 8 Update 391 (64-bit) = 8.0.3910.13 | Oracle Corporation
      Google Chrome = 121.0.6167.85 | Google LLC
      OpenSSL 3.1.4 (64-bit) = 3.1.4 | OpenSSL Win64 Installer Team
      Zabbix Agent 2 (64-bit) = 6.4.10.2400 | Zabbix SIA
      Splunk Universal Forwarder = 9.1.2.0 | Splunk, Inc.
      Apache Tomcat 9.0 Tomcat9 (remove only) = 9.0.82 | The Apache Software Foundation
      MySQL Server 8.0 = 8.0.36 | Oracle Corporation
      MySQL Workbench 8.0 CE = 8.0.36 | Oracle Corporation
      PostgreSQL 15 = 15.5-1 | PostgreSQL Global Development Group
      WinRAR 6.22 (64-bit) = 6.22.0 | win.rar GmbH
      Python 3.11.7 (64-bit) = 3.11.7150.0 | Python Software Foundation
      Git = 2.43.0 | The Git Development Community
      Wireshark 4.2.2 x64 = 4.2.2 | The Wireshark developer community, https://www.wireshark.org
      Wazuh Agent = 4.7.2 | Wazuh, Inc.
      Microsoft Exchange Server 2019 Cumulative Update 14 = 15.2.1544.4 | Microsoft Corporation
      Microsoft Silverlight = 5.1.50918.0 | Microsoft Corporation
      Microsoft Help Viewer 2.3 = 2.3.28107 | Microsoft Corporation
      Browser for SQL Server 2019 = 15.0.2000.5 | Microsoft Corporation
      Integration Services = 15.0.2000.180 | Microsoft Corporation
      Npcap = 1.78 | Nmap Project
      Windows Admin Center = 1.5.2306.14001 | Microsoft Corporation
      TeamViewer = 15.49.3 | TeamViewer
      Symantec Endpoint Protection = 14.3.10178.8000 | Broadcom`,
  },
  // It tells the number that updates raise.
  'win11-desk': {
    os: {
      id: 'windows',
      name: 'Microsoft Windows 11 Professionnel',
      version: '10.0.22631.3155 (23H2)',
      kernel: '10.0.22631',
      architecture: 'x64',
    },
    manager: 'windows',
    packages: `
      7-Zip 24.08 (x64) = 24.08 | Igor Pavlov
      Adobe Acrobat Reader DC - Français = 23.008.20470 | Adobe Systems Incorporated
      Microsoft 365 Apps for enterprise - fr-fr = 16.0.17231.20236 | Microsoft Corporation
      Microsoft Edge = 122.0.2365.52 | Microsoft Corporation
      Microsoft Edge WebView2 Runtime = 122.0.2365.52 | Microsoft Corporation
      Microsoft OneDrive = 24.010.0114.0003 | Microsoft Corporation
      Microsoft Teams = 1.7.00.1864 | Microsoft Corporation
      Microsoft Visual Studio Code = 1.86.0 | Microsoft Corporation
      Mozilla Firefox (x64 fr) = 122.0.1 | Mozilla
      Mozilla Maintenance Service = 122.0.1 | Mozilla
      Mozilla Thunderbird (x64 fr) = 115.7.0 | Mozilla
      Google Chrome = 122.0.6261.57 | Google LLC
      LibreOffice 7.6.4.1 = 7.6.4.1 | The Document Foundation
      VLC media player = 3.0.18 | VideoLAN
      Notepad++ (64-bit x64) = 8.6.4 | Notepad++ Team
      KeePass Password Safe 2.56 = 2.56 | Dominik Reichl
      FileZilla 3.66.4 = 3.66.4 | Tim Kosse
      WinSCP 6.1.2 = 6.1.2 | Martin Prikryl
      PuTTY release 0.80 (64-bit) = 0.80.0.0 | Simon Tatham
      OpenVPN 2.6.8-I001 amd64 = 2.6.801 | OpenVPN, Inc.
      FortiClient = 7.0.10.0538 | Fortinet Technologies Inc
      Node.js = 20.11.0 | Node.js Foundation
      Python 3.12.1 (64-bit) = 3.12.1150.0 | Python Software Foundation
      Python Launcher = 3.12.1150.0 | Python Software Foundation
      Git = 2.43.0 | The Git Development Community
      Docker Desktop = 4.27.1 | Docker Inc.
      Windows Subsystem for Linux = 2.0.14.0 | Microsoft Corporation
      WinRAR 6.24 (64-bit) = 6.24.0 | win.rar GmbH
      GIMP 2.10.36 = 2.10.36 | The GIMP Team
      Zoom Workplace (64-bit) = 6.0.0.37205 | Zoom Video Communications, Inc.
      TeamViewer = 15.50.5 | TeamViewer
      Oracle VM VirtualBox 7.0.14 = 7.0.14 | Oracle and/or its affiliates
      Nextcloud = 3.11.1.20231220 | Nextcloud GmbH
      Microsoft Visual C++ 2013 Redistributable (x64) - 12.0.40664 = 12.0.40664.0 | Microsoft Corporation
      Intel(R) Graphics Driver = 31.0.101.5122 | Intel Corporation
      Realtek Audio Driver = 6.0.9549.1 | Realtek
      Dell Command Update = 5.1.0 | Dell Inc.
      Microsoft Update Health Tools = 5.72.0.0 | Microsoft Corporation
      Paint.NET = 5.0.12 | dotPDN LLC
      Greenshot 1.2.10.6 = 1.2.10.6 | Greenshot`,
  },
  'mac-dev': {
    os: {
      id: 'apple',
      name: 'macOS',
      version: '14.3.1 (Sonoma)',
      kernel: '23.3.0',
      architecture: 'arm64',
    },
    manager: 'homebrew',
    origin: 'homebrew/core',
    packages: `
      ansible 9.2.0
      bash 5.2.26
      brotli 1.1.0
      ca-certificates 2023-12-12
      cmake 3.28.3
      coreutils 9.4
      curl 8.6.0
      docker 4.27.1 | homebrew/cask
      expat 2.6.0
      ffmpeg 6.1.1_3
      firefox 122.0.1 | homebrew/cask
      gettext 0.22.4
      git 2.43.1
      gnupg 2.4.4
      gnutls 3.8.3
      go 1.22.0
      google-chrome 122.0.6261.57 | homebrew/cask
      helm 3.14.0
      imagemagick 7.1.1-28
      jq 1.7.1
      kubernetes-cli 1.29.1
      libpng 1.6.42
      libxml2 2.12.5
      mysql 8.3.0
      nginx 1.25.3
      node 21.6.1
      node@20 20.11.0
      openjdk 21.0.2
      openssh 9.6p1
      openssl@3 3.2.1
      php 8.3.2
      postgresql@15 15.5_1
      python@3.11 3.11.7_2
      python@3.12 3.12.2
      readline 8.2.7
      redis 7.2.4
      sqlite 3.45.1
      terraform 1.5.7
      visual-studio-code 1.86.0 | homebrew/cask
      vlc 3.0.20 | homebrew/cask
      wget 1.21.4
      wireguard-tools 1.0.20210914
      xz 5.4.6`,
  },
}
