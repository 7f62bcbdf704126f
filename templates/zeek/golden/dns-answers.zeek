##! Compares the addresses and names in DNS answers too. Not loaded unless you do: it costs a look-up for every record
##! of an answer, and a hit says only that a name leads there. The Intel framework itself compares questions.

@load base/frameworks/intel
@load frameworks/intel/seen

# Several folders may bring this script: the first one counts.
@ifndef ( Refang::match_dns_answers )

module Refang;

export {
	## Set to F to compare questions only.
	option match_dns_answers = T;
}

function address_answered(c: connection, a: addr)
	{
	if ( match_dns_answers )
		Intel::seen(Intel::Seen($host=a, $conn=c, $where=DNS::IN_RESPONSE));
	}

event dns_A_reply(c: connection, msg: dns_msg, ans: dns_answer, a: addr)
	{
	address_answered(c, a);
	}

event dns_AAAA_reply(c: connection, msg: dns_msg, ans: dns_answer, a: addr)
	{
	address_answered(c, a);
	}

event dns_CNAME_reply(c: connection, msg: dns_msg, ans: dns_answer, name: string)
	{
	if ( match_dns_answers )
		Intel::seen(Intel::Seen($indicator=name, $indicator_type=Intel::DOMAIN,
		                        $conn=c, $where=DNS::IN_RESPONSE));
	}

@endif
