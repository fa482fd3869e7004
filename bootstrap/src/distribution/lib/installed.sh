# shellcheck shell=sh
# What the programs of a distribution share beside launch.sh. Read by them, not run.

# The file in conf/ holds, unless another is named or lies in the working directory.
use_configuration() {
  [ -z "${DAVELOPER_CONFIG:-}" ] && [ ! -f daveloper.yaml ] && [ -r "$root/conf/daveloper.yaml" ] || return 0
  DAVELOPER_CONFIG=$root/conf/daveloper.yaml
  export DAVELOPER_CONFIG
}

# Of what the program is and where: an archive is of these very jars, and in a folder that was moved since then classes
# would not know where they come from. The first jar names all others with their versions.
stamp() {
  { printf '%s\n' "$root" && cat "$root/daveloper.jar" "$root"/lib/daveloper-*.jar; } | cksum | tr ' ' '-'
}

# Whether the folder $1 has an archive or can be given one.
is_of_use() {
  mkdir -p "$1" 2> /dev/null || true
  [ -w "$1" ] || [ -r "$1/daveloper.aot" ] || [ -r "$1/daveloper.jsa" ]
}

# The folder of archives into $archives: beside the program where one was prepared or can be written, else where this
# user keeps such things; empty where there is no such place either.
find_archives() {
  stamp=$(stamp)
  for place in "$root/archives" "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/daveloper"; do
    archives=$place/$stamp
    ! is_of_use "$archives" || return 0
  done
  archives=''
}
