// Indicators as YARA rules, by Refang. For YARA 4.2 or newer and YARA-X.

rule IOC_Strings_REFANG_insikt_i_soon_19f726d3 : IOC historical
{
    meta:
        description = "Detects strings of the report 'Attributing I-SOON: Private Contractor Linked to Multiple Chinese State-sponsored Groups' (historical, no sign of current activity)"
        author = "Insikt Group"
        date = "2024-03-20"
        score = 60
        id = "19f726d3-2447-5517-893e-0d5049b846c0"
        tlp = "CLEAR"
        severity = "low"
        status = "historical"
        actor = "Zheng Huadong"
    strings:
        $email0a = /(^|[^a-z0-9_.+%&~-])yetiddbb@qq\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email0w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)y\x00e\x00t\x00i\x00d\x00d\x00b\x00b\x00@\x00q\x00q\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
    condition:
        any of them
}

rule IOC_Strings_REFANG_insikt_i_soon_d9d0915d : IOC historical
{
    meta:
        description = "Detects strings of the report 'Attributing I-SOON: Private Contractor Linked to Multiple Chinese State-sponsored Groups' (historical, no sign of current activity)"
        author = "Insikt Group"
        date = "2024-03-20"
        score = 60
        id = "d9d0915d-7efd-51f2-9336-d6807064d578"
        tlp = "CLEAR"
        severity = "low"
        status = "historical"
        actor = "Wu Haibo"
    strings:
        $email0a = /(^|[^a-z0-9_.+%&~-])shutdown@139\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email0w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)s\x00h\x00u\x00t\x00d\x00o\x00w\x00n\x00@\x001\x003\x009\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
    condition:
        any of them
}

rule IOC_Strings_REFANG_insikt_i_soon_fb75d87a : IOC historical
{
    meta:
        description = "Detects strings of the report 'Attributing I-SOON: Private Contractor Linked to Multiple Chinese State-sponsored Groups' (historical, no sign of current activity)"
        author = "Insikt Group"
        date = "2024-03-20"
        score = 60
        id = "fb75d87a-13f1-503c-8662-a6169bdb57f0"
        tlp = "CLEAR"
        severity = "low"
        status = "historical"
        actor = "Liang Guodong"
    strings:
        $email0a = /(^|[^a-z0-9_.+%&~-])6060841@qq\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email0w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)6\x000\x006\x000\x008\x004\x001\x00@\x00q\x00q\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $email1a = /(^|[^a-z0-9_.+%&~-])evalliang@163\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email1w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)e\x00v\x00a\x00l\x00l\x00i\x00a\x00n\x00g\x00@\x001\x006\x003\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $email2a = /(^|[^a-z0-9_.+%&~-])gird4r@gmail\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email2w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)g\x00i\x00r\x00d\x004\x00r\x00@\x00g\x00m\x00a\x00i\x00l\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $email3a = /(^|[^a-z0-9_.+%&~-])girder1992@hotmail\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email3w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)g\x00i\x00r\x00d\x00e\x00r\x001\x009\x009\x002\x00@\x00h\x00o\x00t\x00m\x00a\x00i\x00l\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $email4a = /(^|[^a-z0-9_.+%&~-])girvtr@gmail\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email4w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)g\x00i\x00r\x00v\x00t\x00r\x00@\x00g\x00m\x00a\x00i\x00l\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $email5a = /(^|[^a-z0-9_.+%&~-])l3nor@hotmail\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email5w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)l\x003\x00n\x00o\x00r\x00@\x00h\x00o\x00t\x00m\x00a\x00i\x00l\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $email6a = /(^|[^a-z0-9_.+%&~-])leungguodong@outlook\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email6w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)l\x00e\x00u\x00n\x00g\x00g\x00u\x00o\x00d\x00o\x00n\x00g\x00@\x00o\x00u\x00t\x00l\x00o\x00o\x00k\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $email7a = /(^|[^a-z0-9_.+%&~-])liang007@outlook\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email7w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)l\x00i\x00a\x00n\x00g\x000\x000\x007\x00@\x00o\x00u\x00t\x00l\x00o\x00o\x00k\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
    condition:
        any of them
}

rule IOC_Strings_REFANG_insikt_i_soon_3099d800 : IOC historical
{
    meta:
        description = "Detects strings of the report 'Attributing I-SOON: Private Contractor Linked to Multiple Chinese State-sponsored Groups' (historical, no sign of current activity)"
        author = "Insikt Group"
        date = "2024-03-20"
        score = 60
        id = "3099d800-f80d-56ea-a0f8-cd8138d3a01c"
        tlp = "CLEAR"
        severity = "low"
        status = "historical"
        actor = "Chen Cheng"
    strings:
        $email0a = /(^|[^a-z0-9_.+%&~-])l3n6m0@gmail\.com\.?([^a-z0-9_.-]|$)/ nocase
        $email0w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)l\x003\x00n\x006\x00m\x000\x00@\x00g\x00m\x00a\x00i\x00l\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
    condition:
        any of them
}

rule IOC_Strings_REFANG_insikt_i_soon_c6567d27 : IOC historical
{
    meta:
        description = "Detects strings of the report 'Attributing I-SOON: Private Contractor Linked to Multiple Chinese State-sponsored Groups' (historical, no sign of current activity)"
        author = "Insikt Group"
        date = "2024-03-20"
        score = 60
        id = "c6567d27-cd8f-5ddf-bf79-5b5f9167f5a4"
        tlp = "CLEAR"
        severity = "low"
        status = "historical"
    strings:
        $domain0a = /(^|[^a-z0-9_-])1ds\.me\.?([^a-z0-9_.-]|$)/ nocase
        $domain0w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)1\x00d\x00s\x00\.\x00m\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain1a = /(^|[^a-z0-9_-])antspam-mail\.services\.?([^a-z0-9_.-]|$)/ nocase
        $domain1w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)a\x00n\x00t\x00s\x00p\x00a\x00m\x00-\x00m\x00a\x00i\x00l\x00\.\x00s\x00e\x00r\x00v\x00i\x00c\x00e\x00s\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain2a = /(^|[^a-z0-9_-])bayantele\.xyz\.?([^a-z0-9_.-]|$)/ nocase
        $domain2w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)b\x00a\x00y\x00a\x00n\x00t\x00e\x00l\x00e\x00\.\x00x\x00y\x00z\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain3a = /(^|[^a-z0-9_-])dnslookup\.services\.?([^a-z0-9_.-]|$)/ nocase
        $domain3w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)d\x00n\x00s\x00l\x00o\x00o\x00k\x00u\x00p\x00\.\x00s\x00e\x00r\x00v\x00i\x00c\x00e\x00s\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain4a = /(^|[^a-z0-9_-])gmail\.isooncloud\.com\.?([^a-z0-9_.-]|$)/ nocase
        $domain4w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)g\x00m\x00a\x00i\x00l\x00\.\x00i\x00s\x00o\x00o\x00n\x00c\x00l\x00o\x00u\x00d\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain5a = /(^|[^a-z0-9_-])gmailapp\.me\.?([^a-z0-9_.-]|$)/ nocase
        $domain5w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)g\x00m\x00a\x00i\x00l\x00a\x00p\x00p\x00\.\x00m\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain6a = /(^|[^a-z0-9_-])i-soon\.net\.?([^a-z0-9_.-]|$)/ nocase
        $domain6w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)i\x00-\x00s\x00o\x00o\x00n\x00\.\x00n\x00e\x00t\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain7a = /(^|[^a-z0-9_-])lengmo\.myds\.me\.?([^a-z0-9_.-]|$)/ nocase
        $domain7w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)l\x00e\x00n\x00g\x00m\x00o\x00\.\x00m\x00y\x00d\x00s\x00\.\x00m\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain8a = /(^|[^a-z0-9_-])lengmo\.net\.?([^a-z0-9_.-]|$)/ nocase
        $domain8w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)l\x00e\x00n\x00g\x00m\x00o\x00\.\x00n\x00e\x00t\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain9a = /(^|[^a-z0-9_-])linercn\.org\.?([^a-z0-9_.-]|$)/ nocase
        $domain9w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)l\x00i\x00n\x00e\x00r\x00c\x00n\x00\.\x00o\x00r\x00g\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain10a = /(^|[^a-z0-9_-])livehost\.live\.?([^a-z0-9_.-]|$)/ nocase
        $domain10w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)l\x00i\x00v\x00e\x00h\x00o\x00s\x00t\x00\.\x00l\x00i\x00v\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain11a = /(^|[^a-z0-9_-])mailnotes\.online\.?([^a-z0-9_.-]|$)/ nocase
        $domain11w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)m\x00a\x00i\x00l\x00n\x00o\x00t\x00e\x00s\x00\.\x00o\x00n\x00l\x00i\x00n\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain12a = /(^|[^a-z0-9_-])mailteso\.online\.?([^a-z0-9_.-]|$)/ nocase
        $domain12w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)m\x00a\x00i\x00l\x00t\x00e\x00s\x00o\x00\.\x00o\x00n\x00l\x00i\x00n\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain13a = /(^|[^a-z0-9_-])mpt\.buzz\.?([^a-z0-9_.-]|$)/ nocase
        $domain13w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)m\x00p\x00t\x00\.\x00b\x00u\x00z\x00z\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain14a = /(^|[^a-z0-9_-])mptcdn\.com\.?([^a-z0-9_.-]|$)/ nocase
        $domain14w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)m\x00p\x00t\x00c\x00d\x00n\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain15a = /(^|[^a-z0-9_-])mydigi\.site\.?([^a-z0-9_.-]|$)/ nocase
        $domain15w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)m\x00y\x00d\x00i\x00g\x00i\x00\.\x00s\x00i\x00t\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain16a = /(^|[^a-z0-9_-])web\.goog1eweb\.com\.?([^a-z0-9_.-]|$)/ nocase
        $domain16w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)w\x00e\x00b\x00\.\x00g\x00o\x00o\x00g\x001\x00e\x00w\x00e\x00b\x00\.\x00c\x00o\x00m\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain17a = /(^|[^a-z0-9_-])www\.sw-hk\.services\.?([^a-z0-9_.-]|$)/ nocase
        $domain17w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)w\x00w\x00w\x00\.\x00s\x00w\x00-\x00h\x00k\x00\.\x00s\x00e\x00r\x00v\x00i\x00c\x00e\x00s\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $ip0a = /(^|[^a-z0-9.])1\.192\.194\.162\.?([^a-z0-9.]|$)/ nocase
        $ip0w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)1\x00\.\x001\x009\x002\x00\.\x001\x009\x004\x00\.\x001\x006\x002\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
        $ip1a = /(^|[^a-z0-9.])66\.98\.127\.105\.?([^a-z0-9.]|$)/ nocase
        $ip1w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)6\x006\x00\.\x009\x008\x00\.\x001\x002\x007\x00\.\x001\x000\x005\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
        $ip2a = /(^|[^a-z0-9.])101\.219\.17\.111\.?([^a-z0-9.]|$)/ nocase
        $ip2w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)1\x000\x001\x00\.\x002\x001\x009\x00\.\x001\x007\x00\.\x001\x001\x001\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
        $ip3a = /(^|[^a-z0-9.])118\.31\.3\.116\.?([^a-z0-9.]|$)/ nocase
        $ip3w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)1\x001\x008\x00\.\x003\x001\x00\.\x003\x00\.\x001\x001\x006\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
        $ip4a = /(^|[^a-z0-9.])171\.88\.142\.148\.?([^a-z0-9.]|$)/ nocase
        $ip4w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)1\x007\x001\x00\.\x008\x008\x00\.\x001\x004\x002\x00\.\x001\x004\x008\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
        $ip5a = /(^|[^a-z0-9.])171\.88\.143\.37\.?([^a-z0-9.]|$)/ nocase
        $ip5w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)1\x007\x001\x00\.\x008\x008\x00\.\x001\x004\x003\x00\.\x003\x007\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
        $ip6a = /(^|[^a-z0-9.])171\.88\.143\.72\.?([^a-z0-9.]|$)/ nocase
        $ip6w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)1\x007\x001\x00\.\x008\x008\x00\.\x001\x004\x003\x00\.\x007\x002\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
        $ip7a = /(^|[^a-z0-9.])221\.13\.74\.218\.?([^a-z0-9.]|$)/ nocase
        $ip7w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)2\x002\x001\x00\.\x001\x003\x00\.\x007\x004\x00\.\x002\x001\x008\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
    condition:
        any of them
}
