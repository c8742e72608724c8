// Owns the machines of the labelled fleet that run Debian and Ubuntu.
import type { Inventory } from './hosts.ts'

const DEBIAN_11_BASE = `
apt 2.2.4
base-files 11.1+deb11u9
bash 5.1-2+deb11u1
coreutils 8.32-4+b1
curl 7.74.0-1.3+deb11u11
dpkg 1.20.13
gpg 2.2.27-2+deb11u2 gnupg2
gzip 1.10-4+deb11u1
libc6 2.31-13+deb11u8 glibc
libc-bin 2.31-13+deb11u8 glibc
libcurl4 7.74.0-1.3+deb11u11 curl
libexpat1 2.2.10-2+deb11u5 expat
libgnutls30 3.7.1-5+deb11u4 gnutls28
liblzma5 5.2.5-2.1~deb11u1 xz-utils
libsqlite3-0 3.34.1-3 sqlite3
libssl1.1 1.1.1w-0+deb11u1 openssl
libsystemd0 247.3-7+deb11u4 systemd
libxml2 2.9.10+dfsg-6.7+deb11u4
linux-image-5.10.0-28-amd64 5.10.209-2 linux-signed-amd64
linux-image-amd64 5.10.209-2 linux-signed-amd64
login 1:4.8.1-1 shadow
openssh-client 1:8.4p1-5+deb11u3 openssh
openssh-server 1:8.4p1-5+deb11u3 openssh
openssl 1.1.1w-0+deb11u1
perl-base 5.32.1-4+deb11u3 perl
policykit-1 0.105-31+deb11u1
python3 3.9.2-3 python3-defaults
python3.9 3.9.2-1
python3.9-minimal 3.9.2-1 python3.9
rsync 3.2.3-4+deb11u1
rsyslog 8.2102.0-2+deb11u1
sudo 1.9.5p2-3+deb11u1
systemd 247.3-7+deb11u4
tar 1.34+dfsg-1+deb11u1
tzdata 2024a-0+deb11u1
util-linux 2.36.1-8+deb11u2
vim-tiny 2:8.2.2434-3+deb11u1 vim
wget 1.21-1+deb11u1
xz-utils 5.2.5-2.1~deb11u1
zlib1g 1:1.2.11.dfsg-2+deb11u2 zlib`

const DEBIAN_12_BASE = `
apt 2.6.1
base-files 12.4+deb12u5
bash 5.2.15-2+b2
coreutils 9.1-1
curl 7.88.1-10+deb12u5
dpkg 1.21.22
git 1:2.39.2-1.1
gpg 2.2.40-1.1 gnupg2
libc6 2.36-9+deb12u4 glibc
libc-bin 2.36-9+deb12u4 glibc
libcurl4 7.88.1-10+deb12u5 curl
libexpat1 2.5.0-1 expat
libgnutls30 3.7.9-2+deb12u2 gnutls28
liblzma5 5.4.1-0.2 xz-utils
libpam-modules 1.5.2-6+deb12u1 pam
libsqlite3-0 3.40.1-2 sqlite3
libssl3 3.0.11-1~deb12u2 openssl
libsystemd0 252.22-1~deb12u1 systemd
libxml2 2.9.14+dfsg-1.3~deb12u1
login 1:4.13+dfsg1-1+b1 shadow
openssh-client 1:9.2p1-2+deb12u2 openssh
openssh-server 1:9.2p1-2+deb12u2 openssh
openssl 3.0.11-1~deb12u2
perl-base 5.36.0-7+deb12u1 perl
polkitd 122-3 policykit-1
python3 3.11.2-1+b1 python3-defaults
python3.11 3.11.2-6
python3.11-minimal 3.11.2-6 python3.11
rsync 3.2.7-1
sudo 1.9.13p3-1+deb12u1
systemd 252.22-1~deb12u1
tar 1.34+dfsg-1.2+deb12u1
tzdata 2024a-0+deb12u1
util-linux 2.38.1-5+deb12u1
vim-tiny 2:9.0.1378-2 vim
wget 1.21.3-1+b2
xz-utils 5.4.1-0.2
zlib1g 1:1.2.13.dfsg-1 zlib`

const debian = (version: string, kernel: string) => ({
  id: 'debian',
  name: 'Debian',
  version,
  kernel,
  architecture: 'x64',
})
const ubuntu = (version: string, kernel: string, architecture = 'x64') => ({
  id: 'ubuntu',
  name: 'Ubuntu',
  version,
  kernel,
  architecture,
})
const DEBIANS = 'Debian Developers <packages@packages.debian.org>'
const UBUNTUS = 'Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>'

export const DEBIAN_AND_UBUNTU: Readonly<Record<string, Inventory>> = {
  // A mail and directory server of the old release.
  'deb11-mail': {
    os: debian('11 (bullseye)', '5.10.0-28-amd64'),
    manager: 'dpkg',
    origin: DEBIANS,
    packages: `${DEBIAN_11_BASE}
      bind9 1:9.16.48-1
      bind9-libs 1:9.16.48-1 bind9
      clamav 0.103.10+dfsg-0+deb11u1
      dovecot-core 1:2.3.13+dfsg1-2+deb11u1 dovecot
      dovecot-imapd 1:2.3.13+dfsg1-2+deb11u1 dovecot
      exim4-base 4.94.2-7+deb11u2 exim4
      exim4-daemon-light 4.94.2-7+deb11u2 exim4
      roundcube-core 1.4.15+dfsg.1-1~deb11u2 roundcube
      php7.4-fpm 7.4.33-1+deb11u4 php7.4
      php7.4-common 7.4.33-1+deb11u4 php7.4
      slapd 2.4.57+dfsg-3+deb11u1 openldap
      spamassassin 3.4.6-1
      samba-common 2:4.13.13+dfsg-1~deb11u5 samba
      default-mysql-client 1.0.7`,
  },
  // Databases from PGDG and of the release, with the kernel that is installed not booted yet.
  'deb12-db': {
    os: debian('12 (bookworm)', '6.1.0-18-amd64'),
    manager: 'dpkg',
    origin: DEBIANS,
    packages: `${DEBIAN_12_BASE}
      linux-image-6.1.0-18-amd64 6.1.76-1 linux-signed-amd64
      linux-image-6.1.0-21-amd64 6.1.90-1 linux-signed-amd64
      linux-image-amd64 6.1.90-1 linux-signed-amd64
      postgresql 16+258.pgdg120+1 postgresql-common | Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>
      postgresql-16 16.2-1.pgdg120+2 | Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>
      postgresql-client-16 16.2-1.pgdg120+2 postgresql-16 | Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>
      libpq5 16.2-1.pgdg120+2 postgresql-16 | Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>
      pgbouncer 1.22.0-1.pgdg120+1
      mariadb-server 1:10.11.6-0+deb12u1 mariadb
      mariadb-server-core 1:10.11.6-0+deb12u1 mariadb
      mariadb-client 1:10.11.6-0+deb12u1 mariadb
      redis-server 5:7.0.15-1~deb12u1 redis
      redis-tools 5:7.0.15-1~deb12u1 redis
      mongodb-org-server 7.0.5 mongodb-org | MongoDB Packaging <packaging@mongodb.com>`,
  },
  // nginx.org, NodeSource, sury's PHP, Docker's repository; the kernel is up to date.
  'deb12-web': {
    os: debian('12 (bookworm)', '6.1.0-25-amd64'),
    manager: 'dpkg',
    origin: DEBIANS,
    packages: `${DEBIAN_12_BASE}
      linux-image-6.1.0-25-amd64 6.1.106-3 linux-signed-amd64
      nginx 1.26.1-2~bookworm | NGINX Packaging <nginx-packaging@f5.com>
      nodejs 20.11.0-1nodesource1 | Node.js for Debian by NodeSource <support@nodesource.com>
      php8.2-fpm 8.2.18-1+0~20240412.28+debian12~1.gbp6d0b0a php8.2 | Debian PHP Maintainers <team+pkg-php@tracker.debian.org>
      php8.2-cli 8.2.18-1+0~20240412.28+debian12~1.gbp6d0b0a php8.2 | Debian PHP Maintainers <team+pkg-php@tracker.debian.org>
      php-redis 6.0.2-1+0~20240101.59+debian12~1.gbp17dd8a
      docker-ce 5:25.0.3-1~debian.12~bookworm | Docker <support@docker.com>
      docker-ce-cli 5:25.0.3-1~debian.12~bookworm docker-ce | Docker <support@docker.com>
      containerd.io 1.6.28-1 | Containerd team <help@containerd.io>
      grafana 10.3.1 | Grafana Labs <contact@grafana.com>
      varnish 7.1.1-1.1
      haproxy 2.6.12-1+deb12u1
      postgresql-client-15 15.6-0+deb12u1 postgresql-15
      default-mysql-client 1.1.0
      mariadb-client 1:10.11.6-0+deb12u1 mariadb
      python3-redis 4.3.4-3 python-redis
      wordpress 6.1.6+dfsg1-0+deb12u1
      tomcat10 10.1.6-1+deb12u1
      openjdk-17-jre-headless 17.0.10+7-1~deb12u1 openjdk-17`,
  },
  'ub20-app': {
    os: ubuntu('20.04.6 LTS (Focal Fossa)', '5.4.0-172-generic'),
    manager: 'dpkg',
    origin: UBUNTUS,
    packages: `
      apache2 2.4.41-4ubuntu3.16
      apache2-bin 2.4.41-4ubuntu3.16 apache2
      apt 2.0.10
      base-files 11ubuntu5.7
      bash 5.0-6ubuntu1.2
      bind9-host 1:9.16.1-0ubuntu2.16 bind9
      bind9-libs 1:9.16.1-0ubuntu2.16 bind9
      containerd 1.7.2-0ubuntu1~20.04.1
      coreutils 8.30-3ubuntu2
      curl 7.68.0-1ubuntu2.21
      docker.io 24.0.5-0ubuntu1~20.04.1
      runc 1.1.7-0ubuntu1~20.04.2
      git 1:2.25.1-1ubuntu3.11
      gpg 2.2.19-3ubuntu2.2 gnupg2
      imagemagick-6.q16 8:6.9.10.23+dfsg-2.1ubuntu11.9 imagemagick
      libc6 2.31-0ubuntu9.14 glibc
      libcurl4 7.68.0-1ubuntu2.21 curl
      libgnutls30 3.6.13-2ubuntu1.10 gnutls28
      libssl1.1 1.1.1f-1ubuntu2.21 openssl
      libxml2 2.9.10+dfsg-5ubuntu0.20.04.7
      linux-image-5.4.0-172-generic 5.4.0-172.190 linux-signed
      linux-image-generic 5.4.0.172.170 linux-meta
      mysql-client-core-8.0 8.0.36-0ubuntu0.20.04.1 mysql-8.0
      mysql-server-8.0 8.0.36-0ubuntu0.20.04.1 mysql-8.0
      mysql-server-core-8.0 8.0.36-0ubuntu0.20.04.1 mysql-8.0
      openssh-client 1:8.2p1-4ubuntu0.11 openssh
      openssh-server 1:8.2p1-4ubuntu0.11 openssh
      openssl 1.1.1f-1ubuntu2.21
      openjdk-11-jre-headless 11.0.22+7-0ubuntu2~20.04.1 openjdk-lts
      perl 5.30.0-9ubuntu0.5
      php7.4-cli 7.4.3-4ubuntu2.20 php7.4
      policykit-1 0.105-26ubuntu1.3
      postfix 3.4.13-0ubuntu1.3
      python3 3.8.2-0ubuntu2 python3-defaults
      python3.8 3.8.10-0ubuntu1~20.04.9
      rsync 3.1.3-8ubuntu0.7
      samba 2:4.15.13+dfsg-0ubuntu0.20.04.7
      squid 4.10-1ubuntu1.9
      sudo 1.8.31-1ubuntu1.5
      systemd 245.4-4ubuntu3.23
      tomcat9 9.0.31-1ubuntu0.4
      ubuntu-advantage-tools 30~20.04
      vim 2:8.1.2269-1ubuntu5.21
      xz-utils 5.2.4-1ubuntu1.1
      zabbix-agent 1:6.0.25-1+ubuntu20.04 zabbix | Zabbix Release Team <packager@zabbix.com>`,
  },
  // GitLab and the Elastic stack, each of its maker's repository.
  'ub22-dev': {
    os: ubuntu('22.04.4 LTS (jammy)', '5.15.0-97-generic'),
    manager: 'dpkg',
    origin: UBUNTUS,
    packages: `
      apt 2.4.11
      base-files 12ubuntu4.6
      bash 5.1-6ubuntu1
      coreutils 8.32-4.1ubuntu1.1
      curl 7.81.0-1ubuntu1.15
      git 1:2.34.1-1ubuntu1.10
      gpg 2.2.27-3ubuntu2.1 gnupg2
      libc6 2.35-0ubuntu3.6 glibc
      libcurl4 7.81.0-1ubuntu1.15 curl
      libgnutls30 3.7.3-4ubuntu1.4 gnutls28
      liblzma5 5.2.5-2ubuntu1 xz-utils
      libssl3 3.0.2-0ubuntu1.15 openssl
      libxml2 2.9.13+dfsg-1ubuntu0.4
      linux-image-5.15.0-97-generic 5.15.0-97.107 linux-signed
      linux-image-5.15.0-94-generic 5.15.0-94.104 linux-signed
      linux-image-generic 5.15.0.97.94 linux-meta
      openssh-client 1:8.9p1-3ubuntu0.6 openssh
      openssh-server 1:8.9p1-3ubuntu0.6 openssh
      openssl 3.0.2-0ubuntu1.15
      perl-base 5.34.0-3ubuntu1.3 perl
      policykit-1 0.105-33
      python3 3.10.6-1~22.04 python3-defaults
      python3.10 3.10.12-1~22.04.3
      python3.10-minimal 3.10.12-1~22.04.3 python3.10
      snapd 2.61.3+22.04
      sudo 1.9.9-1ubuntu2.4
      systemd 249.11-0ubuntu3.12
      tzdata 2024a-0ubuntu0.22.04
      vim 2:8.2.3995-1ubuntu2.15
      wget 1.21.2-2ubuntu1
      gitlab-ee 16.8.1-ee.0 | GitLab, Inc. <support@gitlab.com>
      gitlab-runner 16.8.0 | GitLab Inc. <support@gitlab.com>
      jenkins 2.426.2 | Kohsuke Kawaguchi <jenkinsci-dev@googlegroups.com>
      openjdk-17-jre 17.0.10+7-1~22.04.1 openjdk-17
      elasticsearch 8.12.0 | Elasticsearch Team <info@elastic.co>
      kibana 8.12.0 | Kibana Team <info@elastic.co>
      filebeat 8.12.0 | Elastic
      google-chrome-stable 121.0.6167.85-1 | Chrome Linux Team <chromium-dev@chromium.org>
      microsoft-edge-stable 121.0.2277.83-1 | Microsoft Edge for Linux Team <EdgeLinuxDev@microsoft.com>
      code 1.86.0-1706698301 | Microsoft Corporation <vscode-linux@microsoft.com>
      firefox 1:1snap1-0ubuntu2
      redis-server 6:7.2.4-1rl1~jammy1 redis | Redis Packaging Team <redis@redis.io>
      wireshark 3.6.2-2
      zoom 5.17.5.2543 | Zoom Communications, Inc. <support@zoom.us>`,
  },
  'ub24-k8s': {
    os: ubuntu('24.04 LTS (Noble Numbat)', '6.8.0-31-generic', 'arm64'),
    manager: 'dpkg',
    origin: UBUNTUS,
    packages: `
      apt 2.7.14build2
      base-files 13ubuntu10
      bash 5.2.21-2ubuntu4
      coreutils 9.4-3ubuntu6
      containerd 1.7.12-0ubuntu4
      runc 1.1.12-0ubuntu3
      curl 8.5.0-2ubuntu10.1
      git 1:2.43.0-1ubuntu7
      gpg 2.4.4-2ubuntu17 gnupg2
      kubeadm 1.29.3-1.1 | Kubernetes Authors <kubernetes-dev+release@googlegroups.com>
      kubectl 1.29.3-1.1 | Kubernetes Authors <kubernetes-dev+release@googlegroups.com>
      kubelet 1.29.3-1.1 | Kubernetes Authors <kubernetes-dev+release@googlegroups.com>
      kubernetes-cni 1.3.0-1.1 | Kubernetes Authors <kubernetes-dev+release@googlegroups.com>
      libc6 2.39-0ubuntu8 glibc
      libcurl4t64 8.5.0-2ubuntu10.1 curl
      libgnutls30t64 3.8.3-1.1ubuntu3 gnutls28
      liblzma5 5.6.1+really5.4.5-1 xz-utils
      libssl3t64 3.0.13-0ubuntu3 openssl
      libvirt-daemon 10.0.0-2ubuntu8 libvirt
      qemu-system-arm 1:8.2.2+ds-0ubuntu1 qemu
      libxml2 2.9.14+dfsg-1.3ubuntu3
      linux-image-6.8.0-31-generic 6.8.0-31.31 linux
      linux-image-generic 6.8.0-31.31 linux-meta
      openssh-client 1:9.6p1-3ubuntu13 openssh
      openssh-server 1:9.6p1-3ubuntu13 openssh
      openssl 3.0.13-0ubuntu3
      perl-base 5.38.2-3.2build2 perl
      polkitd 124-2ubuntu1 policykit-1
      python3 3.12.3-0ubuntu1 python3-defaults
      python3.12 3.12.3-1
      rsync 3.2.7-1ubuntu1
      snapd 2.62+24.04build1
      strongswan-starter 5.9.13-2ubuntu4 strongswan
      libstrongswan 5.9.13-2ubuntu4 strongswan
      sudo 1.9.15p5-3ubuntu5
      systemd 255.4-1ubuntu8
      tzdata 2024a-2ubuntu1
      unbound 1.19.2-1ubuntu3
      vault 1.15.4-1 | HashiCorp <packaging@hashicorp.com>
      vim 2:9.1.0016-1ubuntu7
      wireguard-tools 1.0.20210914-1ubuntu4 wireguard
      wget 1.21.4-1ubuntu4
      xz-utils 5.6.1+really5.4.5-1
      zabbix-agent2 1:7.0.4-1+ubuntu24.04 zabbix | Zabbix Release Team <packager@zabbix.com>`,
  },
}
