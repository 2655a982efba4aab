"""The files of a Postfix of the test's own (postconf(5), master(5)), to be filled in."""

# Nothing of /etc/postfix, /etc/aliases or the machine's name counts. There is no smtp(8) in the services below:
# this Postfix cannot open a line to any other server.
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
local_transport = error
relay_transport = error
default_transport = error
transport_maps = texthash:{folder}/etc/transports
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_peername_lookup = no
notify_classes =
virtual_mailbox_domains = texthash:{folder}/etc/domains
virtual_mailbox_maps = texthash:{folder}/etc/boxes
virtual_alias_maps = texthash:{folder}/etc/aliases
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_tls_chain_files = {certificate}
smtpd_tls_security_level = encrypt
smtpd_tls_received_header = yes
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions =
  check_recipient_access texthash:{folder}/etc/watched
  check_recipient_access texthash:{folder}/etc/at_recipient
smtpd_end_of_data_restrictions =
  check_recipient_access texthash:{folder}/etc/watched
  check_recipient_access texthash:{folder}/etc/at_end
{more}
"""
LOGIN = """
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
smtpd_sasl_local_domain = mail.example.org
cyrus_sasl_config_path = {folder}/etc/sasl
smtpd_client_restrictions = permit_sasl_authenticated, reject
"""
PASSWORDS = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/passwords
mech_list: PLAIN LOGIN
"""
# A smtpd(8) for each line, so that a changed rule holds for the next one.
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd -o max_use=1
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
