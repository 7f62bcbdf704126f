##! Reports traffic to the names below a listed domain. The Intel framework itself compares whole names only.
##! Needs Zeek 6.2 or newer.

@load base/frameworks/input
@load base/frameworks/intel

# Several folders may bring this script: the first one counts.
@ifndef ( Refang::names_files )

module Refang;

export {
	## Set to F to compare whole names only.
	option match_subdomains = T;

	## Files with one column, `domain`: the domains that stand for all names below them too.
	const names_files: set[string] = {} &redef;

	redef record Intel::Seen += {
		## The name on the wire, where a domain above it is the indicator.
		observed: string &log &optional;
	};
}

# A line of a names file.
type Name: record {
	domain: string;
};

# The names of each file by its path. Every file has a set of its own: a name that goes from one stays in another.
global names_by_file: table[string] of set[string];

# Whether the store has the name that was looked up last.
global name_found = F;

# Every node of a cluster needs the names: workers look them up.
event zeek_init()
	{
	for ( path in names_files )
		{
		names_by_file[path] = set();
		Input::add_table(Input::TableDescription($source=path,
		                                         $reader=Input::READER_ASCII,
		                                         $mode=Input::REREAD,
		                                         $name=cat("refang-", path),
		                                         $idx=Name,
		                                         $destination=names_by_file[path]));
		}
	}

function stands_for_subdomains(name: string): bool
	{
	for ( _, names in names_by_file )
		if ( name in names )
			return T;

	return F;
	}

# Looks a name up in place of the one that was seen; T where it is an indicator.
function look_up(name: string, s: Intel::Seen): bool
	{
	local t = Intel::Seen($indicator=name, $indicator_type=Intel::DOMAIN,
	                      $where=s$where, $observed=s$indicator);

	if ( s?$conn )
		t$conn = s$conn;
	if ( s?$uid )
		t$uid = s$uid;
	if ( s?$f )
		t$f = s$f;
	if ( s?$fuid )
		t$fuid = s$fuid;

	name_found = F;
	Intel::seen(t);
	return name_found;
	}

hook Intel::seen_policy(s: Intel::Seen, found: bool)
	{
	if ( s?$observed )
		{
		# A look-up of ours: note the answer and go no further.
		name_found = found;
		return;
		}

	if ( found || ! match_subdomains || s?$host || ! s?$indicator ||
	     ! s?$indicator_type || s$indicator_type != Intel::DOMAIN )
		return;

	# No name is longer, but a forged Host header can be, and would cost time.
	if ( |s$indicator| > 255 )
		return;

	local rest = to_lower(s$indicator);

	# A name written with its final dot is the same name.
	if ( |rest| > 1 && rest[-1] == "." )
		{
		rest = rest[0:|rest| - 1];

		if ( look_up(rest, s) )
			return;
		}

	local dot = strstr(rest, ".");

	while ( dot > 0 )
		{
		rest = rest[dot:];

		# The longest listed domain is enough.
		if ( stands_for_subdomains(rest) && look_up(rest, s) )
			return;

		dot = strstr(rest, ".");
		}
	}

@endif
