##! Takes the column `meta.expires` of intel files into account: from that moment on an indicator is not loaded, and
##! not logged if it was loaded before.

@load base/frameworks/intel

# Several folders may bring this script: the first one counts.
@ifndef ( Refang::has_expired )

module Refang;

export {
	redef record Intel::MetaData += {
		## When the indicator stops being valid.
		expires: time &optional;
	};

	## Whether what a source says has stopped being valid.
	global has_expired: function(meta: Intel::MetaData, now: time): bool;
}

function has_expired(meta: Intel::MetaData, now: time): bool
	{
	return meta?$expires && meta$expires <= now;
	}

hook Intel::filter_item(item: Intel::Item)
	{
	if ( has_expired(item$meta, current_time()) )
		break;
	}

hook Intel::extend_match(info: Intel::Info, s: Intel::Seen, items: set[Intel::Item]) &priority=9
	{
	# One source that still holds is enough.
	for ( item in items )
		if ( ! has_expired(item$meta, network_time()) )
			return;

	break;
	}

@endif
