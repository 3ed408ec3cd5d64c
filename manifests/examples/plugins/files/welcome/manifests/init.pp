# Sets the message that is shown before a login.
class welcome(String $message = 'Welcome') {
  file { '/etc/issue.d':
    ensure => directory,
  }

  file { '/etc/issue.d/welcome.issue':
    ensure  => file,
    content => "${message}\n",
  }
}
