// Indicators as YARA rules, by Refang. For YARA 4.2 or newer and YARA-X.

import "hash"

rule IOC_Strings_REFANG_all_kinds_b126b9fa : IOC
{
    meta:
        description = "Detects strings of the report 'Every kind of indicator'"
        author = "Example CERT"
        date = "2025-01-15"
        reference = "https://www.example.com/reports/all-kinds"
        score = 90
        id = "b126b9fa-701e-5d96-ba0e-74c0dd18f2ba"
        tlp = "CLEAR"
        severity = "high"
        status = "active"
        actor = "Example Group"
        attack = "T1071.001"
        tags = "example"
    strings:
        $user_agent0a = /(^|[^ -~]|["'`:=>] ?)ExampleBot\/1\.0 \(made up\)([^ -~]|["'`<\\]|$)/
        $user_agent0w = /(^\x00?|[^\x00]|[^ -~]\x00|["'`:=>]\x00( \x00)?)E\x00x\x00a\x00m\x00p\x00l\x00e\x00B\x00o\x00t\x00\/\x001\x00\.\x000\x00 \x00\(\x00m\x00a\x00d\x00e\x00 \x00u\x00p\x00\)\x00([^ -~]|["'`<\\]|.[^\x00]|.?$)/
    condition:
        any of them
}

rule IOC_Strings_REFANG_all_kinds_0ebc346b : IOC
{
    meta:
        description = "Detects strings of the report 'Every kind of indicator'"
        author = "Example CERT"
        date = "2025-01-15"
        reference = "https://www.example.com/reports/all-kinds"
        score = 90
        id = "0ebc346b-b75d-5085-b959-50508f187b90"
        tlp = "CLEAR"
        severity = "high"
        status = "active"
        actor = "Example Group"
        attack = "T1566.002"
        tags = "example"
    strings:
        $url0a = /(^|[^A-Za-z0-9+.-])http:\/\/files\.malware\.example\/payload\/stage2\.bin[.,:;!?]?([^A-Za-z0-9._~:\/?@!$&(*+,;=%-]|$)/
        $url0w = /(^\x00?|[^\x00]|[^A-Za-z0-9+.-]\x00)h\x00t\x00t\x00p\x00:\x00\/\x00\/\x00f\x00i\x00l\x00e\x00s\x00\.\x00m\x00a\x00l\x00w\x00a\x00r\x00e\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00\/\x00p\x00a\x00y\x00l\x00o\x00a\x00d\x00\/\x00s\x00t\x00a\x00g\x00e\x002\x00\.\x00b\x00i\x00n\x00([.,:;!?]\x00)?([^A-Za-z0-9._~:\/?@!$&(*+,;=%-]|.[^\x00]|.?$)/
        $url1a = /(^|[^A-Za-z0-9+.-])https:\/\/login\.phishing\.example\/index\.php\?id=42[.,:;!?]?([^A-Za-z0-9._~:\/?@!$&(*+,;=%-]|$)/
        $url1w = /(^\x00?|[^\x00]|[^A-Za-z0-9+.-]\x00)h\x00t\x00t\x00p\x00s\x00:\x00\/\x00\/\x00l\x00o\x00g\x00i\x00n\x00\.\x00p\x00h\x00i\x00s\x00h\x00i\x00n\x00g\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00\/\x00i\x00n\x00d\x00e\x00x\x00\.\x00p\x00h\x00p\x00\?\x00i\x00d\x00=\x004\x002\x00([.,:;!?]\x00)?([^A-Za-z0-9._~:\/?@!$&(*+,;=%-]|.[^\x00]|.?$)/
    condition:
        any of them
}

rule IOC_Strings_REFANG_all_kinds_4b898034 : IOC
{
    meta:
        description = "Detects strings of the report 'Every kind of indicator'"
        author = "Example CERT"
        date = "2025-01-15"
        reference = "https://www.example.com/reports/all-kinds"
        score = 90
        id = "4b898034-5347-55a4-8e08-82897a8ecbb1"
        tlp = "CLEAR"
        severity = "high"
        status = "active"
        actor = "Example Group"
        tags = "example"
    strings:
        $domain0a = /(^|[^a-z0-9_-])cdn\.phishing\.example\.?([^a-z0-9_.-]|$)/ nocase
        $domain0w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)c\x00d\x00n\x00\.\x00p\x00h\x00i\x00s\x00h\x00i\x00n\x00g\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain1a = /(^|[^a-z0-9_-])live\.example\.?([^a-z0-9_.-]|$)/ nocase
        $domain1w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)l\x00i\x00v\x00e\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain2a = /(^|[^a-z0-9_-])malware\.example\.?([^a-z0-9_.-]|$)/ nocase
        $domain2w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)m\x00a\x00l\x00w\x00a\x00r\x00e\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $domain3a = /(^|[^a-z0-9_.-])portal\.shared-host\.example\.?([^a-z0-9_.-]|$)/ nocase
        $domain3w = /(^\x00?|[^\x00]|[^a-z0-9_.-]\x00)p\x00o\x00r\x00t\x00a\x00l\x00\.\x00s\x00h\x00a\x00r\x00e\x00d\x00-\x00h\x00o\x00s\x00t\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $ip0a = /(^|[^a-z0-9.])192\.0\.2\.10\.?([^a-z0-9.]|$)/ nocase
        $ip0w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)1\x009\x002\x00\.\x000\x00\.\x002\x00\.\x001\x000\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
        $ip1a = /(^|[^a-z0-9:.])2001:db8::bad:1\.?([^a-z0-9:.]|$)/ nocase
        $ip1w = /(^\x00?|[^\x00]|[^a-z0-9:.]\x00)2\x000\x000\x001\x00:\x00d\x00b\x008\x00:\x00:\x00b\x00a\x00d\x00:\x001\x00(\.\x00)?([^a-z0-9:.]|.[^\x00]|.?$)/ nocase
        $endpoint0a = /(^|[^a-z0-9_.-])203\.0\.113\.77:8443([^a-z0-9]|$)/ nocase
        $endpoint0w = /(^\x00?|[^\x00]|[^a-z0-9_.-]\x00)2\x000\x003\x00\.\x000\x00\.\x001\x001\x003\x00\.\x007\x007\x00:\x008\x004\x004\x003\x00([^a-z0-9]|.[^\x00]|.?$)/ nocase
        $endpoint1a = /(^|[^a-z0-9_.-])c2\.malware\.example:4433([^a-z0-9]|$)/ nocase
        $endpoint1w = /(^\x00?|[^\x00]|[^a-z0-9_.-]\x00)c\x002\x00\.\x00m\x00a\x00l\x00w\x00a\x00r\x00e\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00:\x004\x004\x003\x003\x00([^a-z0-9]|.[^\x00]|.?$)/ nocase
    condition:
        any of them
}

rule IOC_Strings_REFANG_all_kinds_e005fece : IOC
{
    meta:
        description = "Detects strings of the report 'Every kind of indicator'"
        author = "Example CERT"
        date = "2025-01-15"
        reference = "https://www.example.com/reports/all-kinds"
        score = 90
        id = "e005fece-64f8-5078-afd3-c5d1d2e41890"
        tlp = "CLEAR"
        severity = "high"
        status = "active"
        actor = "Example Group"
        attack = "T1566.001"
        tags = "example"
    strings:
        $email0a = /(^|[^a-z0-9_.+%&~-])billing@phishing\.example\.?([^a-z0-9_.-]|$)/ nocase
        $email0w = /(^\x00?|[^\x00]|[^a-z0-9_.+%&~-]\x00)b\x00i\x00l\x00l\x00i\x00n\x00g\x00@\x00p\x00h\x00i\x00s\x00h\x00i\x00n\x00g\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
    condition:
        any of them
}

rule IOC_Strings_REFANG_all_kinds_5c7cefb9 : IOC
{
    meta:
        description = "Detects strings of the report 'Every kind of indicator'"
        author = "Example CERT"
        date = "2025-01-15"
        reference = "https://www.example.com/reports/all-kinds"
        score = 90
        id = "5c7cefb9-9fba-53c8-a9b7-79ad6bcc22eb"
        tlp = "CLEAR"
        severity = "high"
        status = "active"
        actor = "Example Group"
        attack = "T1204.002, T1547.001"
        tags = "example"
    strings:
        $file_path0a = /(^|[^A-Za-z0-9_.~%-])C:\\ProgramData\\Example\\dropper\.exe\.?([^A-Za-z0-9_.~%\\\/-]|$)/ nocase
        $file_path0w = /(^\x00?|[^\x00]|[^A-Za-z0-9_.~%-]\x00)C\x00:\x00\\\x00P\x00r\x00o\x00g\x00r\x00a\x00m\x00D\x00a\x00t\x00a\x00\\\x00E\x00x\x00a\x00m\x00p\x00l\x00e\x00\\\x00d\x00r\x00o\x00p\x00p\x00e\x00r\x00\.\x00e\x00x\x00e\x00(\.\x00)?([^A-Za-z0-9_.~%\\\/-]|.[^\x00]|.?$)/ nocase
        $registry_key0a = /(^|[^a-z0-9_])(HKEY_CURRENT_USER|HKCU):?[\\]Software\\Microsoft\\Windows\\CurrentVersion\\Run\\ExampleDropper\\?([^a-z0-9_.\\-]|$)/ nocase
        $registry_key0w = /(^\x00?|[^\x00]|[^a-z0-9_]\x00)(H\x00K\x00E\x00Y\x00_\x00C\x00U\x00R\x00R\x00E\x00N\x00T\x00_\x00U\x00S\x00E\x00R\x00|H\x00K\x00C\x00U\x00)(:\x00)?\\\x00S\x00o\x00f\x00t\x00w\x00a\x00r\x00e\x00\\\x00M\x00i\x00c\x00r\x00o\x00s\x00o\x00f\x00t\x00\\\x00W\x00i\x00n\x00d\x00o\x00w\x00s\x00\\\x00C\x00u\x00r\x00r\x00e\x00n\x00t\x00V\x00e\x00r\x00s\x00i\x00o\x00n\x00\\\x00R\x00u\x00n\x00\\\x00E\x00x\x00a\x00m\x00p\x00l\x00e\x00D\x00r\x00o\x00p\x00p\x00e\x00r\x00(\\\x00)?([^a-z0-9_.\\-]|.[^\x00]|.?$)/ nocase
        $mutex0a = /(^|[^ -~]|["'`:=>] ?)Global\\example-mutex-7f3a([^ -~]|["'`<\\]|$)/
        $mutex0w = /(^\x00?|[^\x00]|[^ -~]\x00|["'`:=>]\x00( \x00)?)G\x00l\x00o\x00b\x00a\x00l\x00\\\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00-\x00m\x00u\x00t\x00e\x00x\x00-\x007\x00f\x003\x00a\x00([^ -~]|["'`<\\]|.[^\x00]|.?$)/
    condition:
        any of them
}

rule IOC_Hashes_REFANG_all_kinds_e253c9dd : IOC
{
    meta:
        description = "Detects files by hashes of the report 'Every kind of indicator'"
        author = "Example CERT"
        date = "2025-01-15"
        reference = "https://www.example.com/reports/all-kinds"
        score = 90
        id = "e253c9dd-bd72-59fd-975d-3f95f91a74a7"
        tlp = "CLEAR"
        severity = "high"
        status = "active"
        actor = "Example Group"
        tags = "example"
    condition:
        hash.sha256(0, filesize) == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" or // invoice.exe
        hash.md5(0, filesize) == "cafe00112233445566778899aabbccdd" or
        hash.sha256(0, filesize) == "cafe00112233445566778899aabbccddeeff00112233445566778899aabbccdd"
}
