class { 'welcome':
  message => 'This machine was configured by Puppet.',
}

package { 'tree':
  ensure => installed,
}
