/**
 * Names whose blocking is an outage, kept by hand: a line is names and the reason. A name with a dot in front is the
 * provider's own with all below it; below any other, customers of the provider have names, which are told but not held back.
 */
export const WELL_KNOWN_NAMES = `
.google.com .google.co.uk .google.de .google.fr .google.es .google.it .google.nl .google.pl | Google: search, mail, documents, sign-in
.google.ca .google.com.au .google.com.br .google.com.mx .google.com.ar .google.com.tr .google.com.tw .google.com.hk | Google search
.google.co.jp .google.co.kr .google.co.in .google.co.id .google.co.th .google.co.za .google.com.sg .google.com.vn | Google search
.google.ru .google.com.ua .google.cz .google.at .google.ch .google.be .google.se .google.dk .google.no .google.fi | Google search
.google.pt .google.gr .google.ro .google.hu .google.ie .google.com.sa .google.ae .google.co.il .google.com.eg | Google search
.gstatic.com .ggpht.com .gvt1.com .gvt2.com .gvt3.com | Google: static content and updates of Chrome and Android
.googleusercontent.com | Google: content of users behind documents, mail and photos
googleapis.com www.googleapis.com storage.googleapis.com fonts.googleapis.com ajax.googleapis.com maps.googleapis.com | Google: interfaces, fonts and storage
oauth2.googleapis.com fcm.googleapis.com play.googleapis.com firebaseinstallations.googleapis.com update.googleapis.com | Google: sign-in, push messages, updates
.googlevideo.com .youtube.com .ytimg.com .youtube-nocookie.com youtu.be | YouTube
.googletagmanager.com .google-analytics.com .googlesyndication.com .doubleclick.net .googleadservices.com | Google: parts of most web pages
.gmail.com .googlemail.com | Google mail
.chromium.org .chrome.com .android.com withgoogle.com .googlesource.com | Google: browser and Android
.recaptcha.net goo.gl g.co | Google: sign-in checks and short links
appspot.com web.app firebaseapp.com firebaseio.com cloudfunctions.net run.app blogspot.com | Google: hosting of customers
.1e100.net | Google: names of its servers
.microsoft.com .microsoftonline.com .microsoftonline-p.com | Microsoft: sign-in, cloud, updates
.windowsupdate.com .windows.com .msftconnecttest.com .msftncsi.com | Windows: updates and the check for a connection
.live.com .live.net .msn.com .bing.com .skype.com .msauth.net .msftauth.net .passport.net | Microsoft: sign-in, search, calls
.office.com .office.net .office365.com .onenote.com .onenote.net .cloud.microsoft .static.microsoft | Microsoft 365
.hotmail.com .outlook.office.com .outlook.office365.com | Microsoft mail
outlook.com smtp.office365.com mail.protection.outlook.com protection.outlook.com | Microsoft mail of customers
onmicrosoft.com sharepoint.com sharepointonline.com | Microsoft 365: customers' sites
.s-microsoft.com .msedge.net azureedge.net azurefd.net trafficmanager.net akadns.net | delivery of Microsoft's content
cloudapp.azure.com bc.googleusercontent.com members.linode.com nodebalancer.linode.com | clouds: servers of customers
windows.net core.windows.net blob.core.windows.net table.core.windows.net queue.core.windows.net file.core.windows.net web.core.windows.net | Azure: storage of customers
.azure.com .azure.net visualstudio.com .vscode.dev .vsassets.io .nuget.org .powershellgallery.com | Azure and development at Microsoft
azurewebsites.net cloudapp.net azure-api.net servicebus.windows.net database.windows.net vault.azure.net | Azure: services of customers
.linkedin.com .licdn.com | LinkedIn
.apple.com .icloud.com .icloud-content.com .apple-dns.net .mzstatic.com .cdn-apple.com .aaplimg.com | Apple: devices, updates, mail
.itunes.com .me.com .mac.com .apple-cloudkit.com .apple-mapkit.com | Apple: mail, music, maps
.amazon.com .amazon.co.uk .amazon.de .amazon.fr .amazon.it .amazon.es .amazon.co.jp .amazon.in .amazon.ca .amazon.com.br | Amazon
.media-amazon.com .ssl-images-amazon.com .primevideo.com .aiv-cdn.net .a2z.com .amazonalexa.com | Amazon: shop, video, devices
amazonaws.com s3.amazonaws.com compute.amazonaws.com elb.amazonaws.com execute-api.amazonaws.com amazonaws.com.cn | AWS: services of customers
.aws.amazon.com .awsstatic.com .amazontrust.com .aws.dev aws.com | AWS itself, and its certificates
cloudfront.net awsdns.com elasticbeanstalk.com amplifyapp.com awsglobalaccelerator.com | AWS: delivery for customers
.cloudflare.com .cloudflareinsights.com .cloudflarestatus.com .cloudflare-ech.com | Cloudflare
cloudflare.net cdn.cloudflare.net workers.dev pages.dev r2.dev trycloudflare.com cloudflarestorage.com | Cloudflare: customers
.cdnjs.cloudflare.com .jsdelivr.net .unpkg.com .bootstrapcdn.com .jquery.com .fontawesome.com .typekit.net | libraries that web pages load
akamai.net akamaiedge.net akamaihd.net akamaized.net edgekey.net edgesuite.net akamaitechnologies.com akam.net | Akamai: delivery for customers
.akamai.com | Akamai
fastly.net fastlylb.net global.fastly.net map.fastly.net freetls.fastly.net | Fastly: delivery for customers
.fastly.com | Fastly
edgecastcdn.net llnwd.net llnwi.net cdn77.org b-cdn.net stackpathdns.com kxcdn.com cachefly.net lumen.com footprint.net | other delivery networks
imperva.com incapdns.net impervadns.net sucuri.net | protection of customers' sites
.github.com .githubusercontent.com .githubassets.com .github.dev .ghcr.io github.blog .githubapp.com | GitHub
github.io | GitHub: pages of customers
.gitlab.com .bitbucket.org .atlassian.com sourceforge.net .codeberg.org .launchpad.net | development
atlassian.net gitlab.io | development: customers
.npmjs.com .npmjs.org .yarnpkg.com .pypi.org .pythonhosted.org .python.org .rubygems.org .crates.io .rust-lang.org | packages of programming languages
.golang.org .go.dev .maven.org .apache.org .gradle.org .packagist.org .nodejs.org .php.net .cpan.org .r-project.org | packages of programming languages
.docker.com .docker.io .quay.io .k8s.io .gcr.io .mcr.microsoft.com .helm.sh .hashicorp.com .terraform.io | containers
.debian.org .ubuntu.com .canonical.com .snapcraft.io .launchpadcontent.net | updates of Debian and Ubuntu
.fedoraproject.org .redhat.com .centos.org .rockylinux.org .almalinux.org .opensuse.org .suse.com .oracle.com | updates of Linux distributions
.archlinux.org .alpinelinux.org .gentoo.org .kernel.org .freebsd.org .openbsd.org .netbsd.org .kali.org .linuxmint.com | updates of systems
.mozilla.org .mozilla.com .mozilla.net .firefox.com .mozgcp.net .mozaws.net | Firefox
.adobe.com .adobe.io .adobelogin.com .adobedtm.com .adobess.com | Adobe
.java.com .vmware.com .broadcom.com .citrix.com .hp.com .dell.com .lenovo.com .intel.com .amd.com .nvidia.com | updates of devices and drivers
.samsung.com .samsungcloud.com .xiaomi.com .huawei.com .hicloud.com .qualcomm.com | updates of phones
.cisco.com .webex.com .opendns.com .umbrella.com .meraki.com .fortinet.com .fortinet.net .fortiguard.com | network devices and their updates
.paloaltonetworks.com .checkpoint.com .sophos.com .juniper.net .arubanetworks.com .ui.com .ubnt.com .mikrotik.com | network devices and their updates
.crowdstrike.com .cloudsink.net .sentinelone.net .sentinelone.com .symantec.com .norton.com .mcafee.com .trellix.com | updates of security products
.trendmicro.com .kaspersky.com .eset.com .bitdefender.com .bitdefender.net .avast.com .avcdn.net .avg.com .avira.com | updates of security products
.f-secure.com .withsecure.com .malwarebytes.com .clamav.net .emergingthreats.net .proofpoint.com .pphosted.com .mimecast.com | updates of security products, mail filters
.zscaler.com .zscaler.net .zscalertwo.net .zscloud.net .netskope.com .goskope.com .qualys.com .rapid7.com .tenable.com | security services
okta.com .oktacdn.com okta-emea.com oktapreview.com .duosecurity.com .duo.com auth0.com onelogin.com .pingidentity.com | sign-in for organizations
.1password.com .lastpass.com .bitwarden.com .dashlane.com .yubico.com | passwords
.virustotal.com .shodan.io .urlscan.io .abuse.ch .spamhaus.org .misp-project.org .mitre.org .cve.org .nist.gov | security information
.facebook.com .fbcdn.net .facebook.net .fb.com .messenger.com .meta.com .instagram.com .cdninstagram.com | Meta
.whatsapp.com .whatsapp.net wa.me | WhatsApp
.twitter.com .twimg.com t.co .x.com | X, once Twitter
.tiktok.com .tiktokcdn.com .tiktokv.com .snapchat.com .sc-cdn.net .pinterest.com .pinimg.com .reddit.com .redd.it .redditstatic.com | social networks
.telegram.org .telegram.me t.me | Telegram
.signal.org .whispersystems.org .threema.ch .viber.com .line.me .wechat.com .weixin.qq.com .qq.com .vk.com .ok.ru | messages
.discord.com .discordapp.com .discordapp.net .discord.gg .discord.media | Discord
.slack.com .slack-edge.com .slack-msgs.com .slackb.com | Slack
.zoom.us .zoom.com .zoomgov.com .gotomeeting.com .teamviewer.com .anydesk.com .logmein.com .logmein.net | meetings and remote help
.yahoo.com .yahoodns.net .yimg.com .yahoo.co.jp .ymail.com .rocketmail.com .aol.com .verizonmedia.com | Yahoo: search and mail
.duckduckgo.com .ecosia.org .startpage.com .baidu.com .yandex.com .yandex.ru .yandex.net .ya.ru .naver.com .seznam.cz .sogou.com | search
.bdstatic.com .alicdn.com .taobao.com .tmall.com .alibaba.com .alipay.com .163.com .126.net .126.com .jd.com .sina.com.cn .weibo.com | services in China
aliyuncs.com aliyun.com myqcloud.com qcloud.com | clouds in China: customers
.proton.me .protonmail.com .protonmail.ch .tutanota.com .tuta.com .fastmail.com .hushmail.com .mailbox.org .posteo.de .zoho.com .zohomail.com | mail providers
.gmx.net .gmx.de .gmx.com .web.de t-online.de freenet.de .mail.ru .mail.com .bk.ru .list.ru .inbox.ru .rambler.ru | mail providers
orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it tim.it wp.pl o2.pl onet.pl | mail providers
comcast.net xfinity.com verizon.net .verizon.com att.net .att.com cox.net charter.net bt.com btinternet.com sky.com rogers.com | access and mail providers
sendgrid.net .sendgrid.com mailgun.org .mailgun.com .mailchimp.com .mandrillapp.com .mcsv.net .sparkpostmail.com .postmarkapp.com | sending of mail
.amazonses.com .constantcontact.com .hubspot.com .salesforce.com force.com .exacttarget.com .marketo.com zendesk.com .intercom.io | customer services
list-manage.com hubspotusercontent.com my.salesforce.com zdassets.com | customer services: customers
.dropbox.com .dropboxusercontent.com .dropboxstatic.com .box.com .boxcdn.net .wetransfer.com .mega.nz .mediafire.com .onedrive.com 1drv.ms | exchange of files
.docusign.com .docusign.net .evernote.com .notion.so .trello.com .asana.com .monday.com .miro.com .figma.com .canva.com .airtable.com | work
.wikipedia.org .wikimedia.org .wiktionary.org .archive.org .wordpress.org .w3.org .ietf.org .iana.org .icann.org .mediawiki.org | reference
.stackoverflow.com .stackexchange.com .sstatic.net medium.com .quora.com | reference
wordpress.com wp.com tumblr.com wixsite.com weebly.com squarespace.com myshopify.com shopify.com webflow.io netlify.app vercel.app | hosting of customers
herokuapp.com heroku.com onrender.com fly.dev ngrok.io ngrok.com ngrok-free.app replit.app glitch.me surge.sh | hosting of customers
digitaloceanspaces.com ondigitalocean.app linodeobjects.com vultrobjects.com backblazeb2.com wasabisys.com ovh.net your-server.de | hosting of customers
.digitalocean.com .linode.com vultr.com .ovh.com .ovhcloud.com .hetzner.com .ionos.com .scaleway.com .godaddy.com .namecheap.com | hosting providers themselves
.netflix.com .nflxvideo.net .nflxext.com .nflximg.net .nflxso.net .spotify.com .scdn.co .twitch.tv .ttvnw.net .hulu.com .disneyplus.com .vimeo.com .vimeocdn.com | media
.steampowered.com .steamcommunity.com .steamcontent.com .steamstatic.com .epicgames.com .ea.com .xboxlive.com .playstation.net .playstation.com .nintendo.net .roblox.com | games
.paypal.com .paypalobjects.com .stripe.com .stripe.network .visa.com .mastercard.com .americanexpress.com .braintreegateway.com .adyen.com .klarna.com | payments
.ebay.com .ebaystatic.com .aliexpress.com .booking.com .airbnb.com .uber.com .walmart.com .etsy.com | trade
.nytimes.com .bbc.co.uk .bbc.com .bbci.co.uk .cnn.com .reuters.com .theguardian.com .washingtonpost.com .bloomberg.com | news
.newrelic.com .nr-data.net .datadoghq.com .sentry.io .segment.com .segment.io .mixpanel.com .amplitude.com .branch.io .appsflyer.com .adjust.com .crashlytics.com | measuring in applications
.scorecardresearch.com .adnxs.com .criteo.com .criteo.net .taboola.com .outbrain.com .rubiconproject.com .pubmatic.com .casalemedia.com .openx.net .adsrvr.org .demdex.net .everesttech.net .omtrdc.net | parts of most web pages
.hcaptcha.com .onetrust.com .cookielaw.org .trustarc.com .gravatar.com | parts of many web pages
.digicert.com .verisign.com .symcd.com .symcb.com .thawte.com .geotrust.com .rapidssl.com | certificates: DigiCert
.letsencrypt.org .lencr.org .identrust.com .identrust.net | certificates: Let's Encrypt
.sectigo.com .comodoca.com .comodo.com .usertrust.com .trust-provider.com .zerossl.com .ssl.com .sslcom.com | certificates: Sectigo and others
.globalsign.com .globalsign.net .alphassl.com .entrust.net .entrust.com .quovadisglobal.com .swisssign.net .swisssign.com | certificates
.pki.goog .rootca1.amazontrust.com .certum.pl .buypass.com .buypass.no .actalis.it .izenpe.com .harica.gr | certificates
.d-trust.net .telesec.de .pki.dfn.de .wisekey.com .trustwave.com .ss2.us .starfieldtech.com .networksolutions.com .cacert.org .hongkongpost.gov.hk | certificates
ocsp.apple.com crl.apple.com ocsp.msocsp.com crl.microsoft.com .msocsp.com .omniroot.com .cybertrust.ne.jp .secomtrust.net .twca.com.tw | certificates
.ntp.org .time.windows.com .time.apple.com .time.google.com .time.cloudflare.com .ntp.ubuntu.com .time.nist.gov | time
.ntp.br .ptbtime1.ptb.de .ptbtime2.ptb.de .ptbtime3.ptb.de .ntp.se .time.facebook.com .time.android.com .ntp.aliyun.com .nict.jp .inrim.it | time
.root-servers.net .gtld-servers.net .nstld.com .iana-servers.net .arin.net .ripe.net .apnic.net .lacnic.net .afrinic.net .internic.net .nic.uk .denic.de .afnic.fr .dns.jp | the DNS itself and the registries
.ultradns.com .ultradns.net .nsone.net .dnsmadeeasy.com .dynect.net .domaincontrol.com .registrar-servers.com .name-services.com .worldnic.com | name servers of millions of domains
.openstreetmap.org .here.com .mapbox.com .arcgis.com | maps
.connectivitycheck.gstatic.com .captive.apple.com .detectportal.firefox.com .connectivity-check.ubuntu.com .network-test.debian.org .nmcheck.gnome.org | checks for a connection
.openai.com .chatgpt.com .oaistatic.com oaiusercontent.com .anthropic.com .claude.ai .huggingface.co .hf.co .perplexity.ai | artificial intelligence
.europa.eu gov.uk .www.gov.uk .usa.gov .cisa.gov .fbi.gov .irs.gov .bund.de .admin.ch gouv.fr .canada.ca .un.org .nato.int .who.int | governments and organizations
`;
