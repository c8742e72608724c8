// Owns the two scripts that a pasted line runs: they fetch the executable for the machine they run on, check it against the
// checksum that they carry, and have it install itself. The line carries the checksum of the script.
import type { AgentFile, Platform } from './agent-files.ts'

/** `uname -s`-`uname -m`, as POSIX and the systems' manuals have them. */
const KERNELS: Readonly<Partial<Record<Platform, string>>> = {
  'linux-x64': 'Linux-x86_64',
  'linux-arm64': 'Linux-aarch64',
  'darwin-x64': 'Darwin-x86_64',
  'darwin-arm64': 'Darwin-arm64',
}

/** For /bin/sh of Linux and macOS. Called with the hub's address and a token. */
export function shellScript(files: readonly AgentFile[]): string {
  const cases = files.flatMap(({ platform, name, sha256 }) => {
    const kernel = KERNELS[platform]
    return kernel === undefined ? [] : [`  ${kernel}) file=${name} sum=${sha256} ;;`]
  })
  return `#!/bin/sh
# Installs the Vigie agent: fetches it from the hub, checks it, and has it install itself as a service.
set -eu
script=$0 hub=$1 token=$2
die() {
  echo "vigie: $1" >&2
  exit 1
}
kernel="$(uname -s)-$(uname -m)"
case "$kernel" in
${cases.join('\n')}
  *) die "this hub has no agent for $kernel; make one on its machine: npm run package -- --target PLATFORM" ;;
esac
[ "$(id -u)" = 0 ] || die "only root can install a service; run it with sudo"
umask 022
mkdir -p /usr/local/bin
# Where it is to be: /tmp may not allow programs to run.
dir=$(mktemp -d /usr/local/bin/.vigie-XXXXXX)
trap 'rm -rf "$dir" "$script"' EXIT
trap 'exit 1' HUP INT TERM
echo "vigie: fetching the agent for $kernel"
if command -v curl >/dev/null; then
  curl -fsS -o "$dir/agent.gz" "$hub/agent/$file" || die "$hub/agent/$file could not be fetched"
else
  wget -q -O "$dir/agent.gz" "$hub/agent/$file" || die "$hub/agent/$file could not be fetched"
fi
if command -v sha256sum >/dev/null; then
  got=$(sha256sum "$dir/agent.gz")
else
  got=$(shasum -a 256 "$dir/agent.gz")
fi
[ "\${got%% *}" = "$sum" ] || die "what came is not what the hub promised: nothing was installed; make a new line"
gzip -dc "$dir/agent.gz" >"$dir/vigie-agent"
rm "$dir/agent.gz"
chmod 755 "$dir/vigie-agent"
[ "$(uname -s)" != Darwin ] || codesign --force --sign - "$dir/vigie-agent"
"$dir/vigie-agent" --version >/dev/null 2>&1 ||
  die "the agent does not run here: on Linux it needs glibc 2.28 or newer, which Alpine has not"
"$dir/vigie-agent" install "$hub" "$token"
`
}

/** Windows of 2016 offers TLS 1.0 alone, unless it is told. */
export const TLS_1_2 =
  '[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12'

/** For PowerShell 5.1 and newer. Called with the hub's address and a token. */
export function powerShellScript(files: readonly AgentFile[]): string {
  const file = files.find(({ platform }) => platform === 'win-x64')
  if (!file) return `throw 'vigie: this hub has no agent for Windows'\n`
  return `# Installs the Vigie agent: fetches it from the hub, checks it, and has it install itself as a service.
param([string]$Hub, [string]$Token)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
${TLS_1_2}
$dir = Join-Path $env:TEMP ([guid]::NewGuid())
New-Item -ItemType Directory $dir | Out-Null
try {
  Write-Host 'vigie: fetching the agent'
  $packed = Join-Path $dir 'agent.gz'
  Invoke-WebRequest -UseBasicParsing "$Hub/agent/${file.name}" -OutFile $packed
  if ((Get-FileHash $packed -Algorithm SHA256).Hash -ne '${file.sha256}') {
    throw 'vigie: what came is not what the hub promised: nothing was installed; make a new line'
  }
  $program = Join-Path $dir 'vigie-agent.exe'
  $from = [IO.File]::OpenRead($packed)
  $to = [IO.File]::Create($program)
  $gzip = New-Object IO.Compression.GZipStream($from, [IO.Compression.CompressionMode]::Decompress)
  $gzip.CopyTo($to)
  $gzip.Dispose(); $to.Dispose(); $from.Dispose()
  & $program install $Hub $Token
  exit $LASTEXITCODE
} finally {
  Remove-Item -Recurse -Force $dir
}
`
}
