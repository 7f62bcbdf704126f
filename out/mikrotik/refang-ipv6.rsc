# IPv6 addresses to block and to watch, by Refang.
# Report: Attributing I-SOON: Private Contractor Linked to Multiple Chinese State-sponsored Groups (Insikt Group, 2024-03-20)
/ipv6 firewall address-list
remove [find list="refang-block"]
remove [find list="refang-watch"]
