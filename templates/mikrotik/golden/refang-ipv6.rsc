# IPv6 addresses to block and to watch, by Refang.
# Report: Every kind of indicator (Example CERT, 2025-01-15) https://www.example.com/reports/all-kinds
/ipv6 firewall address-list
remove [find list="refang-block"]
add list="refang-block" address=2001:db8::bad:1/128 comment="Refang"
add list="refang-block" address=2001:db8:bad::/48 comment="Refang"
remove [find list="refang-watch"]
