// Owns labelled advisories on servers, languages and libraries.
import type { Labelled } from './documents.ts'

export const SERVER_DOCUMENTS: readonly Labelled[] = [
  {
    title: 'Vulnérabilité dans OpenSSH',
    affected: 'OpenSSH | N/A | OpenSSH versions 8.5p1 à 9.7p1 antérieures à 9.8p1',
    concerned: 'mac-dev',
    check:
      'deb12-db deb12-web ub22-dev ub24-k8s rhel9-pg rocky9-web sles15sp6-app alp319-edge arch-desk',
  },
  {
    title: 'Multiples vulnérabilités dans PostgreSQL',
    affected: `PostgreSQL | PostgreSQL | PostgreSQL versions 16.x antérieures à 16.3
      PostgreSQL | PostgreSQL | PostgreSQL versions 15.x antérieures à 15.7
      PostgreSQL | PostgreSQL | PostgreSQL versions 14.x antérieures à 14.12`,
    concerned: 'deb12-db rhel9-pg win22-sql mac-dev',
    check: 'sles15sp5-app arch-desk',
  },
  {
    title: 'Vulnérabilité dans Nginx',
    affected: `Nginx | Nginx | Nginx versions 1.25.x antérieures à 1.25.4
      Nginx | Nginx | Nginx versions antérieures à 1.24.1
      F5 | NGINX | NGINX Plus versions R30 antérieures à R30 P2`,
    concerned: 'mac-dev',
    check: 'rhel8-db alp319-edge arch-desk',
  },
  {
    title: 'Vulnérabilité dans F5 NGINX',
    affected: `F5 | NGINX | NGINX Open Source versions 1.26.x antérieures à 1.26.2
      F5 | NGINX Ingress Controller | NGINX Ingress Controller versions 3.x antérieures à 3.5.1`,
    concerned: 'deb12-web rocky9-web',
  },
  {
    title: 'Multiples vulnérabilités dans OpenSSL',
    affected: `OpenSSL | OpenSSL | OpenSSL versions 3.2.x antérieures à 3.2.1
      OpenSSL | OpenSSL | OpenSSL versions 3.1.x antérieures à 3.1.5
      OpenSSL | OpenSSL | OpenSSL versions 3.0.x antérieures à 3.0.13
      OpenSSL | OpenSSL | OpenSSL versions 1.1.1.x antérieures à 1.1.1x
      OpenSSL | OpenSSL | OpenSSL versions 1.0.2.x antérieures à 1.0.2zj`,
    concerned: 'win22-sql',
    check:
      'deb11-mail deb12-db deb12-web ub20-app ub22-dev rhel8-db rhel9-pg rocky9-web sles15sp5-app sles15sp6-app alp319-edge',
  },
  {
    title: 'Vulnérabilité dans curl',
    affected: 'curl | curl | curl versions 8.6.0 à 8.7.1',
    concerned: 'mac-dev',
    check: 'alp320-cache arch-desk',
  },
  {
    title: 'Multiples vulnérabilités dans libcurl',
    affected: 'Haxx | curl | libcurl versions comprises entre 7.80.0 et 8.5.0 incluses',
    check: 'deb12-db deb12-web ub22-dev ub24-k8s sles15sp5-app sles15sp6-app alp319-edge',
  },
  {
    title: 'Vulnérabilité dans sudo',
    affected: 'Sudo | Sudo | Sudo versions 1.9.14 à 1.9.17 antérieures à 1.9.17p1',
    check: 'ub24-k8s alp319-edge arch-desk',
  },
  {
    title: 'Multiples vulnérabilités dans Node.js',
    affected: `Node.js | Node.js | Node.js versions 18.x antérieures à 18.19.1
      Node.js | Node.js | Node.js versions 20.x antérieures à 20.11.1
      Node.js | Node.js | Node.js versions 21.x antérieures à 21.6.2`,
    concerned: 'deb12-web win11-desk mac-dev',
    check: 'alp319-edge arch-desk',
  },
  {
    title: 'Multiples vulnérabilités dans PHP',
    affected: `PHP | PHP | PHP versions 8.1.x antérieures à 8.1.28
      PHP | PHP | PHP versions 8.2.x antérieures à 8.2.19
      PHP | PHP | PHP versions 8.3.x antérieures à 8.3.7`,
    concerned: 'deb12-web rocky9-web mac-dev',
    check: 'alp319-edge arch-desk',
  },
  {
    title: 'Multiples vulnérabilités dans MariaDB',
    affected: `MariaDB | MariaDB | MariaDB versions 10.11.x antérieures à 10.11.7
      MariaDB | MariaDB | MariaDB versions 10.6.x antérieures à 10.6.17
      MariaDB | MariaDB | MariaDB versions 10.5.x antérieures à 10.5.24`,
    check: 'deb12-db rocky9-web',
  },
  {
    title: 'Multiples vulnérabilités dans Redis',
    affected: `Redis | Redis | Redis versions 7.2.x antérieures à 7.2.5
      Redis | Redis | Redis versions 7.0.x antérieures à 7.0.16
      Redis | Redis | Redis versions 6.2.x antérieures à 6.2.14
      Redis | Redis Enterprise | Redis Enterprise versions antérieures à 7.22`,
    concerned: 'ub22-dev mac-dev',
    check: 'deb12-db rocky9-web',
  },
  {
    title: 'Vulnérabilité dans MongoDB',
    affected: `MongoDB | MongoDB | MongoDB Server versions 7.0.x antérieures à 7.0.6
      MongoDB | MongoDB | MongoDB Server versions 6.0.x antérieures à 6.0.14`,
    concerned: 'deb12-db',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Elastic',
    affected: `Elastic | Elasticsearch | Elasticsearch versions 8.x antérieures à 8.12.1
      Elastic | Kibana | Kibana versions 8.x antérieures à 8.11.2
      Elastic | Elastic Cloud Enterprise | Elastic Cloud Enterprise versions antérieures à 3.7.2`,
    concerned: 'ub22-dev',
  },
  {
    title: 'Vulnérabilité dans Elastic Kibana',
    affected: `Elastic | Kibana | Kibana - Connecteur Teams versions 8.12.x antérieures à 8.12.2
      Elastic | Kibana | Kibana toutes versions 7.x`,
    check: 'ub22-dev',
  },
  {
    title: 'Multiples vulnérabilités dans Grafana',
    affected: `Grafana Labs | Grafana | Grafana versions 10.3.x antérieures à 10.3.3
      Grafana Labs | N/A | Grafana versions 9.x antérieures à 9.5.16+security-01
      Grafana Labs | Grafana Loki | Grafana Loki versions antérieures à 3.0.0`,
    concerned: 'deb12-web',
    check: 'rocky9-web',
  },
  {
    title: 'Multiples vulnérabilités dans GitLab',
    affected: `GitLab | GitLab | GitLab Community Edition (CE) et Enterprise Edition (EE) versions 16.8.x antérieures à 16.8.2
      GitLab | GitLab | GitLab Community Edition (CE) et Gitlab Enterprise Edition (EE) versions antérieures à 16.6.7`,
    concerned: 'ub22-dev',
  },
  {
    title: 'Multiples vulnérabilités dans Jenkins',
    affected: `Jenkins | Jenkins | Jenkins LTS versions antérieures à 2.426.3
      Jenkins | Jenkins | Jenkins versions antérieures à 2.442
      Jenkins | N/A | Plugin Git server versions antérieures à 100.0`,
    concerned: 'ub22-dev',
  },
  {
    title: 'Vulnérabilité dans runc',
    affected: 'Open Container Initiative | runc | runc versions antérieures à 1.1.12',
    check: 'ub20-app',
  },
  {
    title: 'Vulnérabilité dans Docker',
    affected: `Docker | Docker Engine | Docker Engine versions 25.x antérieures à 25.0.4
      Docker | Docker Engine | Docker Engine versions 24.x antérieures à 24.0.9`,
    concerned: 'deb12-web',
    check: 'ub20-app sles15sp6-app arch-desk',
  },
  {
    title: 'Vulnérabilité dans containerd',
    affected: `containerd | containerd | containerd versions 1.6.x antérieures à 1.6.29
      containerd | containerd | containerd versions 1.7.x antérieures à 1.7.14`,
    concerned: 'deb12-web',
    check: 'ub20-app ub24-k8s sles15sp6-app arch-desk',
  },
  {
    title: 'Vulnérabilité dans Kubernetes',
    affected: `Kubernetes | Kubernetes | Kubernetes versions 1.29.x antérieures à 1.29.4
      Kubernetes | Kubernetes | Kubernetes versions 1.28.x antérieures à 1.28.9`,
    concerned: 'ub24-k8s',
  },
  {
    title: 'Multiples vulnérabilités dans ISC BIND',
    affected: `ISC | BIND | BIND versions 9.16.x antérieures à 9.16.48
      ISC | BIND | BIND versions 9.18.x antérieures à 9.18.24
      ISC | BIND Supported Preview Edition | BIND Supported Preview Edition versions 9.16.x antérieures à 9.16.48-S1`,
    check: 'rhel9-pg',
  },
  {
    title: 'Multiples vulnérabilités dans Samba',
    affected: 'Samba | Samba | Samba versions 4.x antérieures à 4.18.8',
    check: 'ub20-app',
  },
  {
    title: 'Vulnérabilité dans Squid',
    affected: 'Squid | Squid | squid versions antérieures à 6.6',
    check: 'ub20-app sles15sp5-app',
  },
  {
    title: 'Vulnérabilité dans HAProxy',
    affected: `HAProxy | HAProxy | HAProxy versions 2.8.x antérieures à 2.8.6
      HAProxy | HAProxy | HAProxy versions 2.6.x antérieures à 2.6.17
      HAProxy | HAProxy | HAProxy versions 2.4.x antérieures à 2.4.26`,
    check: 'deb12-web alp319-edge rocky9-web',
  },
  {
    title: 'Vulnérabilité dans Varnish',
    affected: 'Varnish Software | Varnish Cache | Varnish Cache versions 7.x antérieures à 7.5.1',
    check: 'deb12-web alp320-cache',
  },
  {
    title: 'Multiples vulnérabilités dans Apache HTTP Server',
    affected: 'Apache | HTTP Server | Apache HTTP Server versions 2.4.x antérieures à 2.4.59',
    check: 'ub20-app rhel8-db rhel9-pg sles15sp5-app',
  },
  {
    title: 'Multiples vulnérabilités dans Apache Tomcat',
    affected: `Apache | Tomcat | Apache Tomcat versions 9.0.x antérieures à 9.0.83
      Apache | Tomcat | Tomcat versions 10.1.x antérieures à 10.1.16`,
    concerned: 'win22-sql',
    check: 'ub20-app deb12-web rhel8-db',
  },
  {
    title: 'Vulnérabilité dans Apache Tomcat',
    affected:
      'Apache | Tomcat | Tomcat versions 9.0.x antérieures à 9.0.90 si la servlet par défaut est ouverte en écriture',
    check: 'ub20-app rhel8-db win22-sql',
  },
  {
    title: 'Multiples vulnérabilités dans Oracle MySQL',
    affected: `Oracle | MySQL | MySQL Server versions 8.0.0 à 8.0.35
      Oracle | MySQL | MySQL Server versions 8.1.0 à 8.2.0
      Oracle | MySQL | MySQL Cluster versions 8.0.0 à 8.0.36`,
    concerned: 'rhel8-db',
  },
  {
    title: 'Multiples vulnérabilités dans Oracle MySQL',
    affected: `Oracle | MySQL | MySQL Server versions 8.0.36 et antérieures
      Oracle | MySQL | MySQL Server versions 8.3.0 et antérieures`,
    concerned: 'rhel8-db win22-sql mac-dev',
    check: 'ub20-app',
  },
  {
    title: 'Vulnérabilité dans Zabbix',
    affected: `Zabbix | Zabbix | Zabbix versions 6.0.x antérieures à 6.0.25
      Zabbix | Zabbix | Zabbix versions 7.0.x antérieures à 7.0.5`,
    concerned: 'rhel8-db',
  },
  {
    title: 'Vulnérabilité dans Zabbix Agent',
    affected:
      'Zabbix | Zabbix Agent | Zabbix Agent 2 versions 6.4.x antérieures à 6.4.11 pour Windows',
    concerned: 'win22-sql',
  },
  {
    title: 'Multiples vulnérabilités dans les produits Splunk',
    affected: `Splunk | Universal Forwarder | Universal Forwarder versions 9.1.x antérieures à 9.1.3
      Splunk | Splunk Enterprise | Splunk Enterprise versions 9.1.x antérieures à 9.1.3
      Splunk | Splunk App for Lookup File Editing | Splunk App for Lookup File Editing versions 4.0.x antérieures à 4.0.5`,
    concerned: 'rhel8-db win22-sql',
  },
  {
    title: 'Multiples vulnérabilités dans Roundcube',
    affected: `Roundcube | Roundcube Webmail | Roundcube Webmail versions 1.4.x antérieures à 1.4.16
      Roundcube | Roundcube Webmail | Roundcube Webmail versions 1.5.x antérieures à 1.5.8`,
    check: 'deb11-mail rocky9-web',
  },
  {
    title: 'Vulnérabilité dans Unbound',
    affected: 'NLnet Labs | Unbound | Unbound versions 1.19.x antérieures à 1.19.3',
    check: 'ub24-k8s alp319-edge',
  },
  {
    title: 'Vulnérabilité dans Exim',
    affected: 'Exim | Exim | Exim versions antérieures à 4.97.1',
    check: 'deb11-mail',
  },
  {
    title: 'Multiples vulnérabilités dans Dovecot',
    affected: 'Dovecot | Dovecot | Dovecot versions 2.3.x antérieures à 2.3.21.1',
    check: 'deb11-mail',
  },
  {
    title: 'Vulnérabilité dans Postfix',
    affected: `Postfix | Postfix | Postfix versions 3.5.x antérieures à 3.5.23
      Postfix | Postfix | Postfix versions 3.6.x antérieures à 3.6.13`,
    check: 'rocky9-web',
  },
  {
    title: 'Code malveillant dans XZ Utils',
    affected: 'Tukaani | XZ Utils | XZ Utils versions 5.6.0 et 5.6.1',
    check: 'alp320-cache',
  },
  {
    title: 'Vulnérabilité dans strongSwan',
    affected:
      'StrongSwan | strongSwan | strongSwan versions postérieures à 4.x et antérieures à 5.9.14',
    check: 'ub24-k8s',
  },
  {
    title: 'Vulnérabilité dans la bibliothèque GNU C',
    affected: 'GNU | glibc | glibc versions antérieures à 2.39',
    check:
      'deb11-mail deb12-db deb12-web ub20-app ub22-dev rhel8-db rhel9-pg rocky9-web sles15sp5-app sles15sp6-app',
  },
  {
    title: 'Vulnérabilité dans WordPress',
    affected: `WordPress | WordPress | WordPress versions antérieures à 6.4.3
      WordPress | N/A | Plugin Forms Builder pour WordPress versions antérieures à 9.0`,
    check: 'deb12-web',
  },
  {
    title: 'Multiples vulnérabilités dans Moodle et Drupal',
    affected: `Moodle | Moodle | Moodle versions antérieures à 4.1.21
      Moodle | Moodle | Moodle versions antérieures à 4.4.11
      Drupal | Drupal | Drupal versions 10.4.x antérieures à 10.4.3
      Joomla! | Joomla! | Joomla! CMS versions 5.x antérieures à 5.2.4`,
  },
  {
    title: 'Multiples vulnérabilités dans HashiCorp Vault',
    affected: 'HashiCorp | Vault | Vault Community Edition versions 1.15.x antérieures à 1.15.5',
    concerned: 'ub24-k8s',
  },
  {
    title: 'Vulnérabilité dans Wazuh',
    affected: `Wazuh | Wazuh | Wazuh Manager versions 4.x antérieures à 4.9.1
      Wazuh | Wazuh Agent | Wazuh Agent versions antérieures à 4.7.3`,
    concerned: 'sles15sp6-app win22-sql',
  },
  {
    title: 'Vulnérabilité dans Traefik',
    affected: `Traefik | Traefik | Traefik versions 2.11.x antérieures à v2.11.3
      Traefik | Traefik | Traefik versions v3.x antérieures à v3.0.1`,
    check: 'alp320-cache',
  },
  {
    title: 'Vulnérabilité dans libexpat',
    affected: 'libexpat | libexpat | libexpat versions antérieures à 2.6.0',
    check: 'deb11-mail deb12-db deb12-web rhel8-db rhel9-pg rocky9-web sles15sp5-app sles15sp6-app',
  },
  {
    title: 'Multiples vulnérabilités dans Python',
    affected: `Python | CPython | CPython versions 3.12.x antérieures à 3.12.2
      Python | CPython | CPython versions 3.11.x antérieures à 3.11.8`,
    concerned: 'win11-desk win22-sql mac-dev',
    check: 'deb12-db deb12-web arch-desk',
  },
  {
    title: 'Vulnérabilité dans libxml2',
    affected: `GNOME | libxml2 | libxml2 versions 2.12.x antérieures à 2.12.5
      GNOME | libxml2 | libxml2 versions 2.11.x antérieures à 2.11.7`,
    check: 'alp319-edge',
  },
  {
    title: 'Vulnérabilité dans Go',
    affected: `Google | Go | Go versions 1.21.x antérieures à 1.21.8
      Google | Go | Go versions 1.22.x antérieures à 1.22.1`,
    concerned: 'mac-dev',
  },
  {
    title: 'Vulnérabilité dans Veeam Backup & Replication',
    affected:
      'Veeam | Veeam Backup & Replication | Backup & Replication versions 12.x antérieures à 12.1.1.56',
    concerned: 'win22-sql',
  },
]
