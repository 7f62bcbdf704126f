# IPv4 addresses to block and to watch, by Refang.
# Report: Every kind of indicator (Example CERT, 2025-01-15) https://www.example.com/reports/all-kinds
/ip firewall address-list
remove [find list="refang-block"]
add list="refang-block" address=192.0.2.10/32 comment="Refang"
add list="refang-block" address=198.51.100.0/25 comment="Refang"
add list="refang-block" address=203.0.113.16/29 comment="Refang"
remove [find list="refang-watch"]
