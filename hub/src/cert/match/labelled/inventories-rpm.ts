// Owns the machines of the labelled fleet that run Red Hat, Rocky and SUSE.
import type { Inventory } from './hosts.ts'

const RED_HAT = 'Red Hat, Inc.'
const EPEL = 'Fedora Project'
const SUSE = 'SUSE LLC <https://www.suse.com/>'

const EL9_BASE = `
audit 3.0.7-104.el9
bash 5.1.8-6.el9_1
chrony 4.3-1.el9
coreutils 8.32-34.el9
cups-libs 1:2.3.3op2-21.el9 cups
curl 7.76.1-26.el9_3.2
dbus 1:1.12.20-8.el9
expat 2.5.0-1.el9
firewalld 1.2.1-1.el9
git-core 2.39.3-1.el9_2 git
glibc 2.34-83.el9.7
gnupg2 2.3.3-4.el9
gnutls 3.7.6-23.el9_3.3
krb5-libs 1.21.1-1.el9
libcurl 7.76.1-26.el9_3.2 curl
libxml2 2.9.13-5.el9_3
openssh 8.7p1-34.el9_3.3
openssh-clients 8.7p1-34.el9_3.3 openssh
openssh-server 8.7p1-34.el9_3.3 openssh
openssl 1:3.0.7-25.el9_3
openssl-libs 1:3.0.7-25.el9_3 openssl
pam 1.5.1-15.el9
perl-libs 4:5.32.1-480.el9 perl
polkit 0.117-11.el9
python3 3.9.18-1.el9_3 python3.9
python3-libs 3.9.18-1.el9_3 python3.9
rpm 4.16.1.3-27.el9_3
rsync 3.2.3-19.el9
selinux-policy 38.1.23-1.el9_3.2
sudo 1.9.5p2-9.el9
systemd 252-18.el9
tar 2:1.34-6.el9_1
tzdata 2024a-1.el9
unzip 6.0-56.el9
vim-minimal 2:8.2.2637-20.el9_1 vim
xz 5.2.5-8.el9_0
xz-libs 5.2.5-8.el9_0 xz
zlib 1.2.11-40.el9`

const SLE_BASE = `
bash 4.4-150400.25.22
ca-certificates 2+git20240416.98ae794-150300.4.3.3
coreutils 8.32-150400.9.3.1
curl 8.0.1-150400.5.41.1
libcurl4 8.0.1-150400.5.41.1 curl
glibc 2.31-150300.68.1
gpg2 2.2.27-150300.3.8.1
libexpat1 2.4.4-150400.3.12.1 expat
libgnutls30 3.7.3-150400.4.41.3 gnutls
liblzma5 5.2.3-150000.4.7.1 xz
libopenssl1_1 1.1.1l-150500.17.25.1 openssl-1_1
libxml2-2 2.10.3-150500.5.14.1 libxml2
openssh 8.4p1-150300.3.30.1
openssh-server 8.4p1-150300.3.30.1 openssh
openssl 1.1.1l-150500.2.1
perl-base 5.26.1-150300.17.14.1 perl
polkit 121-150500.3.1
python3-base 3.6.15-150300.10.60.1 python3-core
libpython3_6m1_0 3.6.15-150300.10.60.1 python3-core
rpm 4.14.3-150400.59.13.1
rsync 3.2.3-150400.3.8.1
sudo 1.9.12p1-150500.7.10.1
systemd 249.17-150400.8.40.1
timezone 2024a-150000.75.28.1
vim 9.1.0111-150500.20.9.1
wget 1.20.3-150000.3.17.1
xz 5.2.3-150000.4.7.1
zypper 1.14.68-150400.3.40.2
libz1 1.2.13-150500.4.3.1 zlib
cron 4.2-150400.84.3.1
dbus-1 1.12.2-150400.18.8.1
grep 3.1-150000.4.6.1
less 590-150400.3.6.2
logrotate 3.18.1-150400.3.7.1
SUSEConnect 1.7.0-150500.3.15.3
tar 1.34-150000.3.34.1`

const linux = (id: string, name: string, version: string, kernel: string) => ({
  id,
  name,
  version,
  kernel,
  architecture: 'x64',
})

export const RPM_BASED: Readonly<Record<string, Inventory>> = {
  'rhel8-db': {
    os: linux('redhat', 'Red Hat Enterprise Linux', '8.8 (Ootpa)', '4.18.0-477.27.1.el8_8.x86_64'),
    manager: 'rpm',
    origin: RED_HAT,
    packages: `
      bash 4.4.20-4.el8_6
      chrony 4.2-1.el8
      coreutils 8.30-15.el8
      cups-libs 1:2.2.6-51.el8_8.2 cups
      curl 7.61.1-30.el8_8.3
      dbus 1:1.12.8-24.el8_8.1
      expat 2.2.5-11.el8
      firefox 115.3.1-1.el8_8
      glibc 2.28-225.el8
      gnutls 3.6.16-6.el8_7
      httpd 2.4.37-56.module+el8.8.0+19808
      httpd-tools 2.4.37-56.module+el8.8.0+19808 httpd
      java-1.8.0-openjdk-headless 1:1.8.0.382.b05-2.el8 java-1.8.0-openjdk
      kernel 4.18.0-477.27.1.el8_8
      kernel-core 4.18.0-477.27.1.el8_8 kernel
      kernel-tools 4.18.0-477.27.1.el8_8 kernel
      libcurl 7.61.1-30.el8_8.3 curl
      libxml2 2.9.7-16.el8_8.1
      mariadb 3:10.3.39-1.module+el8.8.0 mariadb
      mysql-community-client 8.0.34-1.el8 mysql-community | Oracle and/or its affiliates
      mysql-community-server 8.0.34-1.el8 mysql-community | Oracle and/or its affiliates
      nginx 1:1.14.1-9.module+el8.0.0+4108
      openssh 8.0p1-17.el8_7
      openssh-clients 8.0p1-17.el8_7 openssh
      openssh-server 8.0p1-17.el8_7 openssh
      openssl 1:1.1.1k-9.el8_7
      openssl-libs 1:1.1.1k-9.el8_7 openssl
      perl-libs 4:5.26.3-422.el8 perl
      php-cli 7.2.24-1.module+el8.2.0 php
      php-common 7.2.24-1.module+el8.2.0 php
      platform-python 3.6.8-51.el8_8.2 python3
      polkit 0.115-14.el8
      python3-libs 3.6.8-51.el8_8.2 python3
      rpm 4.14.3-26.el8
      samba-client 4.17.5-3.el8_8 samba
      samba-common 4.17.5-3.el8_8 samba
      splunkforwarder 9.1.2-b6b9c8185839 | Splunk Inc.
      sudo 1.8.29-10.el8
      systemd 239-74.el8_8.5
      tomcat 1:9.0.62-5.el8_8.2
      tzdata 2023c-1.el8
      vim-minimal 2:8.0.1763-19.el8_6.4 vim
      xz-libs 5.2.4-4.el8_6 xz
      zabbix-server-mysql 6.0.22-release1.el8 zabbix | Zabbix SIA
      zlib 1.2.11-21.el8_7`,
  },
  // PostgreSQL of PGDG; the newer kernel is not booted.
  'rhel9-pg': {
    os: linux('redhat', 'Red Hat Enterprise Linux', '9.3 (Plow)', '5.14.0-362.18.1.el9_3.x86_64'),
    manager: 'rpm',
    origin: RED_HAT,
    packages: `${EL9_BASE}
      kernel 5.14.0-362.18.1.el9_3
      kernel-core 5.14.0-362.18.1.el9_3 kernel
      kernel-core 5.14.0-362.24.1.el9_3 kernel
      postgresql16-server 16.1-2PGDG.rhel9 postgresql16 | PostgreSQL Global Development Group
      postgresql16 16.1-2PGDG.rhel9 | PostgreSQL Global Development Group
      bind 32:9.16.23-14.el9_3
      bind-libs 32:9.16.23-14.el9_3 bind
      httpd 2.4.57-5.el9
      httpd-core 2.4.57-5.el9 httpd
      nodejs 1:16.20.2-4.el9_3
      podman 2:4.6.1-8.el9_3
      runc 4:1.1.12-1.el9_3
      unbound-libs 1.16.2-3.el9_3.1 unbound
      NetworkManager 1:1.44.0-5.el9_3`,
  },
  'rocky9-web': {
    os: linux('rocky', 'Rocky Linux', '9.3 (Blue Onyx)', '5.14.0-362.8.1.el9_3.x86_64'),
    manager: 'rpm',
    origin: 'Rocky Enterprise Software Foundation',
    packages: `${EL9_BASE}
      kernel 5.14.0-362.8.1.el9_3
      kernel-core 5.14.0-362.8.1.el9_3 kernel
      nginx 1:1.26.0-1.el9.ngx | NGINX Packaging <nginx-packaging@f5.com>
      php-fpm 8.3.4-1.el9.remi php | Remi's RPM repository <https://rpms.remirepo.net/>
      php-cli 8.3.4-1.el9.remi php | Remi's RPM repository <https://rpms.remirepo.net/>
      mariadb-server 3:10.5.22-1.el9_2 mariadb
      mariadb 3:10.5.22-1.el9_2
      redis 6.2.7-1.el9
      roundcubemail 1.5.7-1.el9 | ${EPEL}
      haproxy 2.4.22-3.el9_3
      grafana 9.2.10-15.el9
      postfix 2:3.5.9-24.el9
      fail2ban 1.0.2-7.el9 | ${EPEL}`,
  },
  'sles15sp5-app': {
    os: linux('suse', 'SLES', '15-SP5', '5.14.21-150500.55.49-default'),
    manager: 'rpm',
    origin: SUSE,
    packages: `${SLE_BASE}
      kernel-default 5.14.21-150500.55.49.1
      kernel-default 5.14.21-150500.55.52.1
      kernel-livepatch-5_14_21-150500_55_49-default 2-150500.11.3.1 kernel-livepatch-SLE15-SP5_Update_10
      apache2 2.4.51-150400.6.17.1
      apache2-prefork 2.4.51-150400.6.17.1 apache2
      MozillaFirefox 115.8.0-150200.152.128.1
      postgresql15-server 15.6-150200.5.22.1 postgresql15
      bind-utils 9.16.48-150500.8.18.1 bind
      samba-libs 4.17.12+git.455.b299ac1e60-150500.3.23.1 samba
      squid 5.7-150400.3.23.1`,
  },
  'sles15sp6-app': {
    os: linux('suse', 'SUSE Linux Enterprise Server', '15 SP6', '6.4.0-150600.21-default'),
    manager: 'rpm',
    origin: SUSE,
    packages: `${SLE_BASE.replace('openssh 8.4p1-150300.3.30.1', 'openssh 9.6p1-150600.4.1').replace('openssh-server 8.4p1-150300.3.30.1', 'openssh-server 9.6p1-150600.4.1')}
      kernel-default 6.4.0-150600.21.3
      docker 24.0.7_ce-150000.198.2
      containerd 1.7.10-150000.108.1
      runc 1.1.12-150000.64.1
      tomcat10 10.1.18-150200.5.13.1
      java-17-openjdk-headless 17.0.10.0-150400.3.39.1 java-17-openjdk
      nodejs20 20.11.1-150600.1.1
      wazuh-agent 4.7.2-1 | Wazuh, Inc <info@wazuh.com>`,
  },
}
