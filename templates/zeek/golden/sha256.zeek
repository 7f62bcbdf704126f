##! Hashes all files with MD5, SHA-1 and SHA-256, so that the hashes of files are seen.

@load frameworks/files/hash-all-files

# Several folders may bring this script: the first one counts.
@ifndef ( Refang::compute_sha256 )

module Refang;

export {
	## Set to F to spare the time; indicators that are SHA-256 hashes are not seen then.
	option compute_sha256 = T;
}

event file_new(f: fa_file)
	{
	if ( compute_sha256 )
		Files::add_analyzer(f, Files::ANALYZER_SHA256);
	}

@endif
