#!/usr/bin/env bash
# Try this checkout on a bare Debian 12 with nothing but python3 and python3-venv.
#
#   tools/bare_machine.sh FOLDER COMMAND...
#
# Run as root, with debootstrap installed. FOLDER is made when it does not exist and kept, so a
# second call shows a second start; each COMMAND is one shell line, run in a fresh clone of the
# last commit (uncommitted work is not in it) and timed. The name server, certificates, apt and
# pip settings of this machine are lent to the bare one; no other variable enters it. Example:
#
#   tools/bare_machine.sh /tmp/bare "python3 run.py version" "python3 run.py test"
set -euo pipefail

if [ $# -lt 2 ]; then
    sed -n '2,12s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
folder=$1
shift
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [ ! -e "$folder/etc/debian_version" ]; then
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$folder"
fi
for file in /etc/resolv.conf /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    if [ -e "$file" ]; then
        install -D -m 644 "$file" "$folder$file"
    fi
done
mkdir -p "$folder/etc/apt"
cp -rT /etc/apt "$folder/etc/apt"
rm -f "$folder"/etc/apt/apt.conf.d/*appstream* "$folder"/etc/apt/apt.conf.d/*packagekit*

# The clone keeps its environment between calls, unless a commit changed the lock file.
if [ -e "$folder/srv/buurtdesk/.git" ]; then
    git -c safe.directory='*' -C "$folder/srv/buurtdesk" fetch -q "$checkout" HEAD
    git -c safe.directory='*' -C "$folder/srv/buurtdesk" checkout -q -f FETCH_HEAD
else
    git clone -q "$checkout" "$folder/srv/buurtdesk"
fi

mount -t proc proc "$folder/proc"
mount --rbind /dev "$folder/dev"
mount --make-rslave "$folder/dev"
trap 'umount -R -l "$folder/dev" "$folder/proc"' EXIT

worst=0
for command in "$@"; do
    echo "--- $command"
    started=$(date +%s.%N)
    status=0
    env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/root TERM=dumb \
        chroot "$folder" /bin/sh -c "cd /srv/buurtdesk && $command" || status=$?
    echo "--- $(echo "$(date +%s.%N) $started" | awk '{printf "%.1f", $1 - $2}') s, exit $status"
    worst=$((status > worst ? status : worst))
done
exit "$worst"
