##! Loads the indicators of this folder and the scripts that they need: `@load ./<this folder>`.

@load base/frameworks/intel
@load frameworks/intel/seen
@load ./subdomains
@load ./expires
@load ./sha256

redef Intel::read_files += { @DIR + "/intel.dat" };
redef Refang::names_files += { @DIR + "/names.dat" };
