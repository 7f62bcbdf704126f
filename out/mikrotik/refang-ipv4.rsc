# IPv4 addresses to block and to watch, by Refang.
# Report: Attributing I-SOON: Private Contractor Linked to Multiple Chinese State-sponsored Groups (Insikt Group, 2024-03-20)
/ip firewall address-list
remove [find list="refang-block"]
remove [find list="refang-watch"]
add list="refang-watch" address=1.192.194.162/32 comment="Refang"
add list="refang-watch" address=66.98.127.105/32 comment="Refang"
add list="refang-watch" address=101.219.17.111/32 comment="Refang"
add list="refang-watch" address=118.31.3.116/32 comment="Refang"
add list="refang-watch" address=171.88.142.148/32 comment="Refang"
add list="refang-watch" address=171.88.143.37/32 comment="Refang"
add list="refang-watch" address=171.88.143.72/32 comment="Refang"
add list="refang-watch" address=221.13.74.218/32 comment="Refang"
