# shellcheck shell=sh
# What both launchers share, the one of the sources and the one of a distribution: to find Java, and to become the
# program. Read by them, not run.

NEEDED_JAVA=21
# Of 512 bytes: 4 MiB. That of a gateway that has served is ten times as large.
LEAST_ARCHIVE_BLOCKS=8192

say() { printf 'daveloper: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# The major version of the Java in $1 into $version; 0 when there is none that has the tool $tool. Read from its release
# file: asking a virtual machine takes longer than everything else that is done here.
version_of() {
  version=0
  [ -x "$1/bin/java" ] && [ -x "$1/bin/$tool" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r key value || [ -n "$key" ]; do
    [ "$key" = JAVA_VERSION ] || continue
    value=${value#\"}
    value=${value%%[!0-9]*}
    version=${value:-0}
    return 0
  done < "$1/release"
}

# The folder of the Java whose tool $tool is found by PATH into $on_path.
look_on_path() {
  on_path=''
  found=$(command -v "$tool") || return 0
  while [ -L "$found" ]; do
    link=$(readlink "$found")
    case $link in
      /*) found=$link ;;
      *) found=$(dirname "$found")/$link ;;
    esac
  done
  on_path=${found%/bin/"$tool"}
}

# Into $java_home, by its tool $1: javac of who builds, java of who only runs. JAVA_HOME is a choice, and wins when it
# is new enough. Among the others the newest is taken.
find_java() {
  tool=$1
  java_home=''
  seen=''
  if [ -n "${JAVA_HOME:-}" ]; then
    version_of "$JAVA_HOME"
    if [ "$version" -ge "$NEEDED_JAVA" ]; then
      java_home=$JAVA_HOME
      return 0
    fi
    seen="$version in JAVA_HOME"
  fi
  look_on_path
  best=0
  for home in "$on_path" /usr/lib/jvm/* /usr/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] || continue
    version_of "$home"
    [ "$version" -eq 0 ] || seen="${seen:+$seen, }$version in $home"
    if [ "$version" -gt "$best" ]; then
      best=$version
      java_home=$home
    fi
  done
  version=$best
  [ "$best" -ge "$NEEDED_JAVA" ] || die "needs a JDK $NEEDED_JAVA or newer, and found ${seen:-none}." \
    "Install one, for example from https://adoptium.net, or let JAVA_HOME point to it."
}

# Which archive of classes the command $1 uses: what serves as an agent or keeps documents loads other classes than the
# gateway does, and so does what asks a gateway.
archive_name() {
  case ${1:-} in
    agent | documents) archive_name=$1 ;;
    cache | webhooks) archive_name=cache ;;
    *) archive_name=daveloper ;;
  esac
}

# How classes are loaded, into $classes and $keeping: from an archive in the folder $1, which halves the start. What was
# made ahead for this very virtual machine (.aot, see bin/daveloper-prepare) is best; else an archive is written when a
# program that has served ends, where the folder can be written to. With $2 nothing is written.
choose_archive() {
  classes=''
  keeping=''
  [ -n "$1" ] || return 0
  if [ -r "$1/$archive_name.aot" ]; then
    classes="-XX:AOTCache=$1/$archive_name.aot"
    return 0
  fi
  keeping=-XX:+AutoCreateSharedArchive
  if [ -n "${2:-}" ] || [ ! -w "$1" ]; then
    keeping=-Xshare:auto
  elif [ "$archive_name" != cache ]; then
    # Newer virtual machines write one also when a start was refused or only the version was asked for. It holds next to
    # nothing, and would be good enough for ever.
    find "$1" -name "$archive_name.jsa" -size "-$LEAST_ARCHIVE_BLOCKS" -exec rm -f {} +
  fi
  classes="-XX:SharedArchiveFile=$1/$archive_name.jsa"
}

# Options of the flight recorder that writes into the file $1, into $recorder.
choose_recorder() {
  recorder=''
  [ -n "$1" ] || return 0
  recorder=-XX:StartFlightRecording=name=daveloper,settings=profile,maxsize=100m,maxage=1h,dumponexit=true
  # These would write down the command line and the environment, with the secrets in them, and what an exception says.
  for telling in InitialEnvironmentVariable InitialSystemProperty JVMInformation SystemProcess JavaExceptionThrow; do
    recorder=$recorder,jdk.$telling#enabled=false
  done
  recorder=$recorder,filename=$1
  say "recording the last hour, at most 100 MiB of it, into $1 when this ends." \
    "Earlier: jcmd $$ JFR.dump name=daveloper filename=now.jfr"
}

# Takes --jfr[=FILE] out of what is given, and starts the program $1 with the rest and the archives in the folder $2.
start() {
  jar=$1
  archives=$2
  shift 2
  recorded=''
  for arg do
    shift
    case $arg in
      --jfr | --jfr=) recorded=daveloper-$$.jfr ;;
      --jfr=*) recorded=${arg#--jfr=} ;;
      *) set -- "$@" "$arg" ;;
    esac
  done
  case $recorded in
    *[,\"\']*) die "--jfr takes the name of a file without commas and quotes." ;;
  esac
  choose_recorder "$recorded"
  archive_name "$@"
  # Classes that the recorder has changed belong in no archive.
  choose_archive "$archives" "$recorded"
  become "$jar" "$@"
}

# Becomes the program $1. The virtual machine's log is off for its remarks about archives, such as that another JDK
# needs another; naming only those remarks would name tags that not every version knows. Native access is granted in the
# jar's manifest: as an option here it would switch archives off.
become() {
  jar=$1
  shift
  collector=-XX:+UseSerialGC
  case ${DAVELOPER_JAVA_OPTS:-} in
    *-XX:+Use*GC*) collector='' ;;
  esac
  # By default a heap begins with a 64th of the machine's memory and is filled before it is tidied: this one grows when
  # it has to.
  # shellcheck disable=SC2086
  exec "$java_home/bin/java" \
    -XX:+IgnoreUnrecognizedVMOptions \
    $collector \
    -Xms24m \
    -XX:+ExitOnOutOfMemoryError \
    ${keeping:+"$keeping"} ${classes:+"$classes"} \
    ${recorder:+"$recorder"} \
    -Xlog:disable \
    -Djdk.console=java.base \
    ${DAVELOPER_JAVA_OPTS:-} \
    -jar "$jar" "$@"
}
