##! Compares the addresses of UDP and ICMP traffic too. Not loaded unless you do: it costs a look-up of both addresses
##! for every new flow. The Intel framework itself compares those of established TCP connections.

@load base/frameworks/intel
@load frameworks/intel/seen

# Several folders may bring this script: the first one counts.
@ifndef ( Refang::match_udp )

module Refang;

export {
	## Set to F to compare the addresses of TCP connections only.
	option match_udp = T;
}

event new_connection(c: connection)
	{
	if ( ! match_udp || get_port_transport_proto(c$id$resp_p) == tcp )
		return;

	Intel::seen(Intel::Seen($host=c$id$orig_h, $conn=c, $where=Conn::IN_ORIG));
	Intel::seen(Intel::Seen($host=c$id$resp_h, $conn=c, $where=Conn::IN_RESP));
	}

@endif
